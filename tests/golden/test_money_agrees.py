"""The euros of an edition are those of the spend pages and the API, cut by cut, and the hand-worked
ones of the golden region."""

import csv
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from rest_framework.test import APIClient

from care.models import Instalment
from core.periods import HalfYear
from finance.queries.movements import View
from finance.queries.spend import Cut, spend_by, spend_now, view_of_now
from monitoring.domain.figures import compute_figures
from regions.enums import Role
from segments.models import SegmentScheme
from tests.factories import user_with
from tests.golden_region import Golden

pytestmark = pytest.mark.django_db

KNOWN_ON = date(2026, 9, 30)
# The cuts of a cell of figures: which columns, and where they stand in it.
CUTS: dict[tuple[str, ...], tuple[int, ...]] = {
    (): (),
    (Cut.MUNICIPALITY,): (0,),
    (Cut.SEGMENT,): (1,),
    (Cut.CATEGORY,): (2,),
    (Cut.PROVIDER,): (3,),
    (Cut.MUNICIPALITY, Cut.SEGMENT): (0, 1),
    (Cut.SEGMENT, Cut.PROVIDER): (1, 3),
}
HALVES = [HalfYear(2024, 1), HalfYear(2024, 2), HalfYear(2025, 1), HalfYear(2025, 2)]


def figures(golden: Golden, half: HalfYear) -> dict[tuple[str, ...], Decimal]:
    made = compute_figures(
        region=golden.region, half_year=half, known_on=KNOWN_ON, cutoff_run=golden.runs[2]
    )
    rows = made.values.filter(code="spend", value__isnull=False)
    return {
        (row.municipality, row.segment, row.category, row.provider): Decimal(row.numerator or 0)
        for row in rows
    }


def view(golden: Golden, half: HalfYear) -> View:
    """As a report looks: the scheme and the placements of the last day of the half-year."""
    schemes = SegmentScheme.objects.filter(region=golden.region, valid_from__lt=half.end)
    scheme = schemes.order_by("-valid_from")[0]
    last = date.fromordinal(half.end.toordinal() - 1)
    return View(golden.region.pk, scheme.pk, last, KNOWN_ON, golden.runs[2])


def expected(golden: Golden, half: HalfYear) -> dict[tuple[str, ...], Decimal]:
    with (golden.folder / "expected.csv").open(encoding="utf-8") as file:
        return {
            tuple(
                row[name].replace("*", "")
                for name in ("municipality", "segment", "category", "provider")
            ): Decimal(Fraction(row["value"]).numerator)
            for row in csv.DictReader(file, delimiter=";")
            if row["code"] == "spend"
            and row["half_year"] == half.label
            and row["known_on"] == str(KNOWN_ON)
        }


def test_every_cut_of_every_half_year_is_the_same_in_figures_spend_and_api(golden, settings):
    settings.MFA_REQUIRED = False
    settings.CLOCK_TODAY = str(KNOWN_ON)
    for start, end, category in (
        (date(2025, 1, 1), date(2025, 4, 1), "herstel-verblijf"),
        (date(2025, 7, 1), date(2026, 1, 1), ""),
    ):
        Instalment.objects.create(
            region_id=golden.region.pk, run=golden.runs[2], municipality="0503",
            provider="65650055", segment="S3", category=category, period_from=start,
            period_to=end, amount=Decimal("1000.01"),
        )  # fmt: skip
    wrong = []
    together: dict[tuple[str, ...], Decimal] = {}
    for half in HALVES:
        found, seen = figures(golden, half), view(golden, half)
        for cuts, places in CUTS.items():
            for one in spend_by(seen, cuts, care_from=half.start, care_to=half.end):
                cell = ["", "", "", ""]
                for place, key in zip(places, one.keys, strict=True):
                    cell[place] = key
                told = found.pop(tuple(cell), Decimal(0))
                # Care that has no direction belongs to no category: no figure is made of it.
                if told != one.euros and (cuts != (Cut.CATEGORY,) or one.keys != ("",)):
                    wrong.append((half.label, cuts, one.keys, told, one.euros))
                if half.year == 2025 and cuts in ((), (Cut.MUNICIPALITY,), (Cut.PROVIDER,)):
                    together[cuts, one.keys] = together.get((cuts, one.keys), Decimal(0)) + told
        wrong += [
            (half.label, "no part of a cut", cell, told) for cell, told in found.items() if told
        ]
    assert wrong == []
    assert together

    client = APIClient()
    client.force_authenticate(user_with(Role.CONTROLLER, golden.region))
    for cuts in ((), (Cut.MUNICIPALITY,), (Cut.PROVIDER,)):
        query = {"regio": golden.region.slug, "jaar": 2025}
        query |= {"naar": str(cuts[0].value)} if cuts else {}
        rows = client.get("/api/v1/uitgaven", query).json()
        told = {(cuts, (row["naar"],) if cuts else ()): Decimal(row["samen"]) for row in rows}
        assert {key: amount for key, amount in told.items() if amount} == {
            key: amount for key, amount in together.items() if key[0] == cuts and amount
        }


def test_the_hand_worked_amounts_of_the_golden_region_come_out_of_the_spend_pages(golden):
    checked = 0
    for half in HALVES:
        seen = view(golden, half)
        for cell, amount in expected(golden, half).items():
            places = tuple(place for place, key in enumerate(cell) if key)
            cuts = next(cuts for cuts, at in CUTS.items() if at == places)
            parts = {
                one.keys: one.euros
                for one in spend_by(seen, cuts, care_from=half.start, care_to=half.end)
            }
            keys = tuple(cell[place] for place in places)
            assert parts.get(keys, Decimal(0)) == amount, (half.label, cell)
            checked += 1
    assert checked == 11
    now = view_of_now(golden.region)
    for cuts in CUTS:
        period = {"care_from": date(2024, 1, 1), "care_to": date(2026, 1, 1)}
        kept = {one.keys: one.euros for one in spend_now(now, cuts, **period) if one.euros}
        moved = {one.keys: one.euros for one in spend_by(now, cuts, **period) if one.euros}
        assert kept == moved, cuts
