"""Money and market: what the golden region does not reach."""

from datetime import date
from decimal import Decimal

import pytest

from care.models import Instalment
from procurement.enums.contracts import ContractKind
from procurement.models import Contract, Lot, Tariff
from providers.models import Provider
from regions.enums import OrganisationKind
from regions.models import Region

from .build import figures, line, organisation, parts, trajectory, value


def instalment(region: Region, euros: str, **rest: object) -> None:
    row = {
        "municipality": "0503",
        "provider": "65650011",
        "segment": "A",
        "category": "",
        "period_from": date(2025, 4, 1),
        "period_to": date(2025, 7, 1),
        **rest,
    }
    Instalment.objects.create(region_id=region.pk, run=1, amount=Decimal(euros), **row)


def test_instalments_are_spend_of_the_half_year_in_which_their_period_begins(
    region: Region,
) -> None:
    instalment(region, "1000.50")
    instalment(region, "500", period_from=date(2025, 7, 1), period_to=date(2025, 10, 1))
    figure_set = figures(region)
    assert value(figure_set, "spend") == 1000.5
    assert value(figure_set, "spend", municipality="0503", segment="A") == 1000.5
    assert value(figure_set, "spend", segment="A", provider="65650011") == 1000.5
    assert value(figure_set, "spend_submitted") == 1000.5
    assert not figure_set.values.filter(code="spend", value__gt=0).exclude(category="").exists()


def test_an_instalment_that_names_a_category_counts_there_and_as_stay(region: Region) -> None:
    instalment(region, "300", category="herstel-verblijf")
    instalment(region, "100", segment="B", category="herstel-ambulant")
    figure_set = figures(region)
    assert parts(figure_set, "spend_share", category="herstel-verblijf") == (300, 400)
    assert parts(figure_set, "stay_share") == (300, 400)


def test_a_replaced_instalment_no_longer_counts(region: Region) -> None:
    instalment(region, "300", replaced_in=1)
    assert value(figures(region), "spend") == 0


def test_credits_make_spend_negative_and_shares_of_it_no_value(region: Region) -> None:
    stay = trajectory(region, 1, "2025-01-01", product="43A07", provider="65650022")
    light = trajectory(region, 1, "2025-01-01", provider="65650011")
    line(stay, "2025-02-01", -200)
    line(light, "2025-02-01", 500)
    figure_set = figures(region)
    assert value(figure_set, "spend", segment="A") == -200
    assert value(figure_set, "spend") == 300
    assert value(figure_set, "stay_share") is None
    assert value(figure_set, "hhi", segment="A") is None
    assert value(figure_set, "top_share_3", segment="A") is None
    assert value(figure_set, "spend_share", category="herstel-verblijf") is None


def test_concentration_of_eight_providers(region: Region) -> None:
    # 8 x 10, 20, ..., 80: together 360; the seven largest 350, the three largest 210.
    # Squares: 100 x (1 + 4 + ... + 64) = 20,400; x 10,000 / 129,600 = 1574.07...
    for number in range(1, 9):
        care = trajectory(region, number, "2025-01-01", provider=f"6565000{number}")
        line(care, "2025-02-01", number * 10)
    figure_set = figures(region)
    assert parts(figure_set, "top_share_3", segment="B") == (210, 360)
    assert parts(figure_set, "top_share_7", segment="B") == (350, 360)
    assert value(figure_set, "hhi", segment="B") == pytest.approx(204_000_000 / 129_600)
    assert value(figure_set, "hhi:clients", segment="B") == pytest.approx(1250)
    assert parts(figure_set, "top_share_7:clients", segment="B") == (7, 8)
    assert value(figure_set, "top_share_3") is None


def tariff(region: Region, euros: str, **rest: object) -> None:
    Tariff.objects.create(
        region=region,
        product_code="45A48",
        unit="14",
        valid_from=date(2025, 1, 1),
        valid_to=date(2026, 1, 1),
        amount=Decimal(euros),
        **rest,
    )


def contract(region: Region, agb: str, **rest: object) -> Contract:
    provider = Provider.objects.create(
        region=region, agb_code=agb, name=agb,
        organisation=organisation(agb, OrganisationKind.PROVIDER),
    )  # fmt: skip
    row = {"kind": ContractKind.values[0], "start_date": date(2025, 1, 1), **rest}
    return Contract.objects.create(region=region, provider=provider, number=agb, **row)


def test_a_contract_tariff_goes_before_that_of_the_region(region: Region) -> None:
    tariff(region, "100.00")
    tariff(region, "110.00", contract=contract(region, "65650022"))
    bespoke = trajectory(region, 1, "2025-01-01", provider="65650022")
    common = trajectory(region, 2, "2025-01-01", provider="65650011")
    line(bespoke, "2025-02-01", 110, tariff_cents=11000)
    line(common, "2025-02-01", 110, tariff_cents=11000)
    line(common, "2025-03-01", 40, tariff_cents=None)
    figure_set = figures(region)
    assert parts(figure_set, "tariff_deviation") == (110, 220)
    assert parts(figure_set, "tariff_deviation", provider="65650022") == (0, 110)


def test_a_tariff_of_a_lot_holds_in_its_lot_and_one_of_a_contract_in_its_term(region) -> None:
    lot = Lot.objects.create(region=region, code="1", name="Crisis")
    tariff(region, "100.00")
    tariff(region, "120.00", lot=lot)
    contract(region, "65650033").lots.add(lot)
    ended = contract(region, "65650044", end_date=date(2025, 2, 1))
    tariff(region, "130.00", contract=ended)
    for number, (agb, begin, euros) in enumerate(
        (
            ("65650033", "2025-02-01", 120),
            ("65650033", "2025-03-01", 100),
            ("65650011", "2025-02-01", 120),
            ("65650044", "2025-01-31", 130),
            ("65650044", "2025-02-01", 130),
        )
    ):
        care = trajectory(region, number, "2025-01-01", provider=agb)
        line(care, begin, euros, days=1, tariff_cents=euros * 100)
    figure_set = figures(region)
    found = {
        agb: parts(figure_set, "tariff_deviation", provider=agb)
        for agb in ("65650011", "65650033", "65650044")
    }
    assert found == {"65650011": (120, 120), "65650033": (100, 220), "65650044": (130, 260)}


def test_lag_is_interpolated_between_the_two_middle_lines(region: Region) -> None:
    care = trajectory(region, 1, "2025-01-01")
    # The period 1-1 to 30-1; sent after 1, 2, 5 and 40 days: the median is 3.5.
    for day in ("2025-01-31", "2025-02-01", "2025-02-04", "2025-03-11"):
        line(care, "2025-01-01", 10, dagtekening=date.fromisoformat(day))
    figure_set = figures(region)
    assert value(figure_set, "declaration_lag_p50") == 3.5
    assert value(figure_set, "declaration_lag_p50", segment="B", provider="65650011") == 3.5
    assert value(figure_set, "declaration_lag_p50", segment="A") is None


def test_price_leaves_refused_lines_out_with_their_volume(region: Region) -> None:
    care = trajectory(region, 1, "2025-01-01")
    line(care, "2025-02-01", 300, volume=3)
    line(care, "2025-03-01", -100, volume=-1)
    line(care, "2025-04-01", 900, volume=1, refused=True, revised=True)
    figure_set = figures(region)
    assert parts(figure_set, "unit_price:45A48:14") == (200, 2)
    assert parts(figure_set, "unit_price:45A48:14", provider="65650011") == (200, 2)
    assert parts(figure_set, "refused_share") == (900, 1100)
    assert value(figure_set, "spend") == 200
