"""Tables that set a region up, through the same door as the data about care."""

from datetime import date
from decimal import Decimal

import pytest

from core.errors import DomainError
from core.intake import api as intake
from finance.models import Budget
from procurement.models import Contract, Tariff
from providers.models import Provider
from regions.models import Region, YouthPopulation
from segments.models import ProductPlacement, Segment, SegmentScheme
from tests.care.tables import counts, region, take

__all__ = ["region"]

YOUTHS = {"gemeente": "0503", "peildatum": "2025-01-01", "aantal": "21500"}
PRODUCT = {
    "productcode": "45A49", "productcategorie": "45", "segment": "S5", "verblijf": "0",
    "richting": "ondersteuning", "geldig_van": "2025-01-01", "geldig_tot": "",
}  # fmt: skip


@pytest.fixture
def scheme(region: Region) -> SegmentScheme:
    scheme = SegmentScheme.objects.create(
        region=region, code="een", name="Een", valid_from=date(2025, 1, 1)
    )
    for code in ("S4", "S5"):
        Segment.objects.create(scheme=scheme, code=code, name=code)
    return scheme


def test_youths_are_counted_corrected_and_undone(region: Region) -> None:
    assert counts(take(region, "jeugdigen", YOUTHS)) == (1, 0, 0, 0, 0)
    assert counts(take(region, "jeugdigen", YOUTHS)) == (0, 0, 1, 0, 0)
    second = take(region, "jeugdigen", YOUTHS | {"aantal": "21600"})
    assert counts(second) == (0, 1, 0, 0, 0)
    assert intake.undo_run(run=second, by=None) == 1
    assert YouthPopulation.objects.get(region=region).count == 21_500


def test_earlier_run_is_not_undone_under_a_later_one(region: Region) -> None:
    first = take(region, "jeugdigen", YOUTHS)
    take(region, "jeugdigen", YOUTHS | {"aantal": "21600"})
    with pytest.raises(DomainError, match="Maak eerst"):
        intake.undo_run(run=first, by=None)


def test_municipality_outside_the_region_is_rejected(region: Region) -> None:
    run = take(region, "jeugdigen", YOUTHS | {"gemeente": "0363"}, YOUTHS)
    assert counts(run) == (1, 0, 0, 0, 1)
    assert run.rejections.get().rule == "gemeente-buiten-regio"


def test_new_place_of_a_product_ends_the_open_one(region: Region, scheme: SegmentScheme) -> None:
    take(region, "producten", PRODUCT)
    moved = PRODUCT | {"segment": "S4", "geldig_van": "2025-07-01"}
    assert counts(take(region, "producten", moved)) == (1, 0, 0, 0, 0)
    places = ProductPlacement.objects.order_by("valid_from")
    assert [(p.segment.code, p.valid_from, p.valid_to) for p in places] == [
        ("S5", date(2025, 1, 1), date(2025, 7, 1)),
        ("S4", date(2025, 7, 1), None),
    ]


def test_product_in_an_unknown_segment_is_rejected(region: Region, scheme: SegmentScheme) -> None:
    run = take(region, "producten", PRODUCT | {"segment": "S9"})
    assert run.rejections.get().rule == "segment-onbekend"


def test_provider_comes_with_its_contract(region: Region) -> None:
    row = {
        "agb": "65650011", "naam": "De Vlonder", "contractnummer": "2025-1",
        "soort_contract": "raamovereenkomst", "begindatum": "2025-01-01", "einddatum": "2027-12-31",
    }  # fmt: skip
    assert counts(take(region, "aanbieders", row)) == (1, 0, 0, 0, 0)
    contract = Contract.objects.get(region=region)
    assert (contract.provider.name, contract.end_date) == ("De Vlonder", date(2028, 1, 1))


def test_undo_takes_a_provider_away_with_its_organisation(region: Region) -> None:
    run = take(region, "aanbieders", {"agb": "65650011", "naam": "De Vlonder"})
    assert intake.undo_run(run=run, by=None) == 2
    assert not Provider.objects.filter(region=region).exists()


def test_tariff_in_cents_or_euros_but_not_both(region: Region) -> None:
    row = {
        "productcode": "45A48", "eenheid": "01", "geldig_van": "2025-01-01", "geldig_tot": "",
        "tarief": "", "tarief_cent": "120",
    }  # fmt: skip
    next_year = row | {"geldig_van": "2026-01-01", "tarief": "1,25", "tarief_cent": ""}
    run = take(region, "tarieven", row, next_year, next_year | {"tarief_cent": "125"})
    assert counts(run) == (2, 0, 0, 0, 1)
    tariffs = Tariff.objects.filter(region=region).order_by("valid_from")
    assert [(t.amount, t.valid_to) for t in tariffs] == [
        (Decimal("1.20"), date(2026, 1, 1)),
        (Decimal("1.25"), None),
    ]


def test_budget_with_another_amount_is_a_new_version(region: Region) -> None:
    row = {"gemeente": "0503", "segment": "S5", "jaar": "2025", "bedrag": "400000"}
    take(region, "begrotingen", row)
    take(region, "begrotingen", row | {"bedrag": "410000"})
    versions = Budget.objects.filter(region=region).order_by("version")
    assert [(b.amount, b.status) for b in versions] == [(400_000, "adopted"), (410_000, "amended")]


def test_demonstration_holds_fictitious_rows_unless_it_says_otherwise(region: Region) -> None:
    Region.objects.filter(pk=region.pk).update(is_demo=True)
    take(region, "jeugdigen", YOUTHS)
    take(region, "jeugdigen", YOUTHS | {"peildatum": "2025-07-01", "fictief": "nee"})
    counted = YouthPopulation.objects.filter(region=region).order_by("counted_on")
    assert [row.fictitious for row in counted] == [True, False]
