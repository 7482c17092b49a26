"""Indexation, against the published examples and by hand."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.urls import get_resolver, reverse

from core.errors import DomainError
from core.jobs.api import Job
from core.jobs.api import run as run_job
from core.states.pages import MovePage
from finance.models import Settlement
from procurement.domain import indexing
from procurement.domain.indexation import Share, change_of, flat_rise, indexed, weighted_rise
from procurement.domain.yearly_amounts import yearly_amounts
from procurement.models import (
    AvailabilityFee,
    Contract,
    CostComponents,
    IndexationRule,
    IndexationRun,
    IndexFigure,
    Lot,
    SpendingCap,
    Tariff,
)
from procurement.queries.tariffs import tariffs_of, unequal, with_previous
from regions.enums import Role
from tests.factories import ContractFactory, Made, TariffFactory, a_region, user_with

D = Decimal
NINETY_TEN = (Share(D("0.90"), "OVA"), Share(D("0.10"), "PPC"))


def test_the_published_example_for_2025(shared_data) -> None:
    """0.9*4.18 + 0.1*1.82 = 3.944; 0.9*(6.00-4.94) + 0.1*(3.10-2.51) = 1.013; 4.957 -> 4.96."""
    golden = json.loads((shared_data / "indices" / "golden_test_indexation_2025.json").read_text())
    figures = {}
    for series, values in golden["inputs"].items():
        for name, value in values.items():
            year, stage = name.split("_")
            figures[series, int(year), stage] = D(str(value))
    rise = weighted_rise(year=2025, shares=NINETY_TEN, figures=figures)
    assert rise.exact == D(str(golden["expected_total_pct_unrounded"]))
    assert rise.percentage == D(str(golden["expected_total_pct_rounded_2"]))
    assert rise.working == "raming 2025: 3,944; correctie 2024: 1,013"


def test_utrecht_west_2023_with_a_correction_of_its_own() -> None:
    """0.9*4.42 = 3.978; 0.1*9.25 = 0.925; 0.10 on top: 5.003 -> 5.00."""
    figures = {("OVA", 2023, "forecast"): D("4.42"), ("PPC", 2023, "forecast"): D("9.25")}
    rise = weighted_rise(
        year=2023, shares=NINETY_TEN, figures=figures, corrects=False, extra_points=D("0.10")
    )
    assert (rise.exact, rise.percentage) == (D("5.003"), D("5.00"))


def test_an_older_rule_weighs_75_25_with_the_consumer_index() -> None:
    """0.75*4 + 0.25*2 = 3.5."""
    figures = {("OVA", 2021, "forecast"): D(4), ("CPI", 2021, "forecast"): D(2)}
    shares = (Share(D("0.75"), "OVA"), Share(D("0.25"), "CPI"))
    rise = weighted_rise(year=2021, shares=shares, figures=figures, corrects=False)
    assert rise.percentage == D("3.50")


def test_a_correction_may_be_downwards() -> None:
    """0.9*(3-4) + 0.1*(2-2) = -0.9; with 0.9*2 + 0.1*2 = 2: 1.1."""
    figures = {
        ("OVA", 2026, "forecast"): D(2), ("PPC", 2026, "forecast"): D(2),
        ("OVA", 2025, "forecast"): D(4), ("PPC", 2025, "forecast"): D(2),
        ("OVA", 2025, "definitive"): D(3), ("PPC", 2025, "definitive"): D(2),
    }  # fmt: skip
    assert weighted_rise(year=2026, shares=NINETY_TEN, figures=figures).percentage == D("1.10")


def test_a_missing_figure_is_named() -> None:
    with pytest.raises(DomainError, match="voorcalculatie van OVA over 2030"):
        weighted_rise(year=2030, shares=NINETY_TEN, figures={})


@pytest.mark.parametrize(
    ("old", "percentage", "new"),
    [
        ("92.40", "4.96", "96.98"),  # 96.98304
        ("100.00", "4.957", "104.96"),
        ("0.50", "1.00", "0.51"),  # 0.505 half up
        ("1.25", "2.00", "1.28"),  # 1.275 half up
        ("10.00", "-1.00", "9.90"),
        ("40.00", "0.00", "40.00"),
    ],
)
def test_a_new_tariff_is_rounded_half_up_to_the_cent(old: str, percentage: str, new: str) -> None:
    assert indexed(D(old), D(percentage)) == D(new)


def test_each_year_builds_on_the_rounded_tariff_of_the_year_before() -> None:
    """100.35 at 2%: 102.36 (102.357), 104.41 (104.4072), 106.50 (106.4982)."""
    amount, found = D("100.35"), []
    for _ in range(3):
        amount = indexed(amount, flat_rise(D(2)).percentage)
        found.append(str(amount))
    assert found == ["102.36", "104.41", "106.50"]
    assert change_of(D("92.40"), D("96.98")) == D("4.96")


# -- rounds


@pytest.fixture
def made(db, settings) -> Made:
    settings.CLOCK_TODAY = "2024-11-20"
    return a_region()


@pytest.fixture
def manager(made: Made):
    return user_with(Role.CONTRACT_MANAGER, made.region)


@pytest.fixture
def rule(made: Made) -> IndexationRule:
    for series, year, stage, value in (
        ("OVA", 2024, "forecast", "4.94"), ("OVA", 2024, "definitive", "6.00"),
        ("OVA", 2025, "forecast", "4.18"), ("PPC", 2024, "forecast", "2.51"),
        ("PPC", 2024, "definitive", "3.10"), ("PPC", 2025, "forecast", "1.82"),
    ):  # fmt: skip
        IndexFigure.objects.create(
            region=made.region, series=series, year=year, stage=stage, percentage=D(value)
        )
    return IndexationRule.objects.create(region=made.region, kind="weighted")


def prices(made: Made, day: date) -> list[str]:
    return [str(t.amount) for t in tariffs_of(made.contract, day).values()]


def test_a_round_changes_nothing_until_it_is_applied(made: Made, manager, rule) -> None:
    run = indexing.prepare_run(region=made.region, year=2025, by=manager)
    line = run.lines.get()
    assert (line.old_amount, line.percentage, line.new_amount) == (
        D("92.40"),
        D("4.96"),
        D("96.98"),
    )
    assert prices(made, date(2025, 1, 1)) == ["92.40"]


def test_applied_in_one_job_then_undone(made: Made, manager, rule) -> None:
    run = indexing.prepare_run(region=made.region, year=2025, by=manager)
    job = indexing.start_applying(run=run, by=manager)
    run_job(job.pk)
    run.refresh_from_db()
    assert run.state == "applied"
    assert prices(made, date(2024, 12, 31)) == ["92.40"]
    assert prices(made, date(2025, 1, 1)) == ["96.98"]
    indexing.undo_run(run=run, by=manager, reason="Verkeerd cijfer")
    assert prices(made, date(2025, 1, 1)) == ["92.40"]
    assert list(Tariff.objects.values_list("valid_to", flat=True)) == [None]


def test_a_tariff_for_a_year_is_followed_by_one_for_a_year(made: Made, manager, rule) -> None:
    Tariff.objects.update(valid_from=date(2024, 1, 1), valid_to=date(2025, 1, 1))
    TariffFactory(region=made.region, product_code="44A09", unit="14", amount=D("50.00"))
    followed = {"region": made.region, "product_code": "45A53", "unit": "14"}
    TariffFactory(**followed, valid_from=date(2024, 1, 1), valid_to=date(2025, 1, 1))
    TariffFactory(**followed, valid_from=date(2025, 1, 1))
    before = sorted(Tariff.objects.values_list("product_code", "valid_from", "valid_to"), key=str)
    run = indexing.prepare_run(region=made.region, year=2025, by=manager)
    told = {line.product_code: line.skipped for line in run.lines.all()}
    assert told["45A53"] == "er is al een tarief vanaf die dag"
    indexing.apply_run(run=run, by=manager)
    ends = {line.product_code: line.made.valid_to for line in run.lines.exclude(made=None)}
    assert ends == {"45A01": date(2026, 1, 1), "44A09": None}
    indexing.undo_run(run=run, by=manager, reason="Verkeerd cijfer")
    after = Tariff.objects.values_list("product_code", "valid_from", "valid_to")
    assert sorted(after, key=str) == before


def test_it_is_applied_undone_and_confirmed_on_the_site(client, made: Made, manager, rule) -> None:
    run = indexing.prepare_run(region=made.region, year=2025, by=manager)
    client.force_login(manager)

    def step(move: str) -> str:
        address = reverse("indexation-run-step", args=[made.region.slug, run.pk, move])
        assert client.post(address, {"reason": "Verkeerd cijfer"}).status_code == 302
        for job in Job.objects.filter(kind=indexing.JOB_KIND, state="queued"):
            run_job(job.pk)
        run.refresh_from_db()
        return run.state

    assert [step(move) for move in ("apply", "undo")] == ["applied", "undone"]
    run = indexing.prepare_run(region=made.region, year=2025, by=manager)
    assert [step(move) for move in ("apply", "confirm")] == ["applied", "confirmed"]
    assert prices(made, date(2025, 1, 1)) == ["96.98"]


def test_an_undone_round_is_begun_again_from_its_own_page(client, made, manager, rule) -> None:
    run = indexing.prepare_run(region=made.region, year=2025, by=manager, extra_points=D("0.10"))
    indexing.apply_run(run=run, by=manager)
    client.force_login(manager)
    address = reverse("indexation-run", args=[made.region.slug, run.pk])
    again = f"{reverse('indexation-run-add', args=[made.region.slug])}?na={run.pk}"
    assert again not in client.get(address).content.decode()
    indexing.undo_run(run=run, by=manager, reason="Verkeerd cijfer")
    assert again in client.get(address).content.decode()
    form = client.get(again).context["form"]
    given = {name: form[name].initial for name in ("year", "extra_points", "with_region")}
    assert given == {"year": 2025, "extra_points": D("0.100"), "with_region": True}


def test_every_page_of_a_step_takes_the_step() -> None:
    """A page that also inherits another way to keep would save the row instead."""

    def below(kind: type) -> set[type]:
        return {one for sub in kind.__subclasses__() for one in (sub, *below(sub))}

    assert get_resolver().url_patterns  # imports the views of all apps
    pages = below(MovePage)
    assert len(pages) > 15
    keepers = {page: next(c for c in page.__mro__ if "save" in vars(c)) for page in pages}
    assert [page for page, keeper in keepers.items() if not issubclass(keeper, MovePage)] == []


def test_a_confirmed_round_is_not_undone(made: Made, manager, rule) -> None:
    run = indexing.prepare_run(region=made.region, year=2025, by=manager)
    indexing.apply_run(run=run, by=manager)
    indexing.move(run=run, name="confirm", by=manager)
    with pytest.raises(DomainError) as refused, transaction.atomic():
        indexing.undo_run(run=run, by=manager, reason="Toch niet")
    assert refused.value.code == "stap-niet-mogelijk"


def test_own_rule_of_a_contract_exceptions_and_lots(made: Made, manager, rule) -> None:
    """The contract has 2% flat: 101.50 -> 103.53. Foster care is excepted. The lot rises too."""
    IndexationRule.objects.create(
        region=made.region, contract=made.contract, kind="flat", flat_percentage=D(2)
    )
    TariffFactory(region=made.region, contract=made.contract, amount=D("101.50"))
    made.region.products.create(code="44A09", category="44", care_form="11")
    TariffFactory(region=made.region, product_code="44A09", unit="14", amount=D("50.00"))
    rule.exempt_care_forms = ["11"]
    rule.save()
    lot = Lot.objects.create(region=made.region, code="F", name="Forensisch", kind="forensic")
    TariffFactory(region=made.region, lot=lot, amount=D("120.00"))
    run = indexing.prepare_run(region=made.region, year=2025, by=manager)
    found = {(ln.old_amount, ln.new_amount, ln.skipped) for ln in run.lines.all()}
    assert found == {
        (D("92.40"), D("96.98"), ""),
        (D("101.50"), D("103.53"), ""),
        (D("50.00"), D("50.00"), "deze hulpvorm wordt niet geïndexeerd"),
        (D("120.00"), D("125.95"), ""),  # 125.952
    }
    indexing.apply_run(run=run, by=manager)
    assert prices(made, date(2025, 1, 1)) == ["50.00", "103.53"]
    made.contract.tariffs.all().delete()
    made.contract.lots.add(lot)
    assert prices(made, date(2025, 1, 1)) == ["50.00", "125.95"], "the lot goes before the region"


def test_a_tariff_that_changed_meanwhile_refuses_the_round(made: Made, manager, rule) -> None:
    run = indexing.prepare_run(region=made.region, year=2025, by=manager)
    Tariff.objects.update(amount=D("93.00"))
    with pytest.raises(DomainError) as refused, transaction.atomic():
        indexing.apply_run(run=run, by=manager)
    assert refused.value.code == "tarief-veranderd"
    assert IndexationRun.objects.get().state == "prepared"


def test_the_list_shows_the_change_against_the_tariff_before(made: Made, manager, rule) -> None:
    run = indexing.prepare_run(region=made.region, year=2025, by=manager)
    indexing.apply_run(run=run, by=manager)
    rows = with_previous(Tariff.objects.order_by("valid_from"))
    assert [row.rise for row in rows] == ["–", "+4,96%"]


def test_an_own_tariff_needs_a_bespoke_agreement(made: Made) -> None:
    TariffFactory(region=made.region, contract=made.contract, amount=D("101.50"))
    assert unequal(made.region, date(2025, 1, 1)) == {"45A01"}
    made.contract.bespoke_agreements.create(
        subject="tariff", title="Hoger tarief", text="€ 101,50", reason="Enige aanbieder"
    )
    assert unequal(made.region, date(2025, 1, 1)) == set()


# -- amounts per year


@pytest.fixture
def yearly(made: Made) -> Contract:
    """Two contracts: one follows the region (4.96%), one has 2% flat of its own."""
    other = ContractFactory(region=made.region, provider=made.provider, number="VAST")
    IndexationRule.objects.create(
        region=made.region, contract=other, kind="flat", flat_percentage=D(2)
    )
    beds = {"title": "Crisisbedden", "places": 4}
    AvailabilityFee.objects.create(contract=made.contract, amount=D("120000"), **beds)
    AvailabilityFee.objects.create(
        contract=other, amount=D("60000.25"), valid_from=date(2024, 1, 1),
        valid_to=date(2025, 1, 1), **beds,
    )  # fmt: skip
    SpendingCap.objects.create(contract=made.contract, year=2024, amount=D("1500000"))
    SpendingCap.objects.create(contract=other, year=2024, amount=D("10"))
    SpendingCap.objects.create(contract=other, year=2025, amount=D("20"))
    Settlement.objects.create(
        region=made.region, contract=made.contract, segment="S1", year=2024,
        agreed=D("850000.55"), margin=D(5),
    )  # fmt: skip
    return other


def standing() -> dict[str, list[Any]]:
    return {
        "fees": list(
            AvailabilityFee.objects.order_by("contract", "amount").values_list(
                "amount", "valid_from", "valid_to"
            )
        ),
        "caps": list(SpendingCap.objects.order_by("pk").values_list("year", "amount")),
        "agreed": list(Settlement.objects.order_by("year").values_list("year", "agreed")),
    }


def test_fees_ceilings_and_yearly_amounts_follow_and_are_undone(
    made: Made, manager, rule, yearly: Contract
) -> None:
    """120.000,00 x 1,0496 = 125.952,00; 60.000,25 x 1,02 = 61.200,255 -> 61.200,26;
    1.500.000 x 1,0496 = 1.574.400; 850.000,55 x 1,0496 = 892.160,57728 -> 892.160,58."""
    before = standing()
    every = [kind.code for kind in yearly_amounts()]
    run = indexing.prepare_run(region=made.region, year=2025, by=manager, amounts=every)
    told = {(one.contract.number, one.kind): one for one in run.amounts.all()}
    assert {key: str(one.new_amount) for key, one in told.items() if not one.skipped} == {
        (made.contract.number, "vergoeding"): "125952.00",
        ("VAST", "vergoeding"): "61200.26",
        (made.contract.number, "plafond"): "1574400.00",
        (made.contract.number, "jaarbedrag"): "892160.58",
    }
    assert told["VAST", "plafond"].skipped == "er is al een plafond voor 2025"
    assert standing() == before, "nothing changes until it is applied"
    run_job(indexing.start_applying(run=run, by=manager).pk)
    day, later = date(2025, 1, 1), date(2026, 1, 1)
    assert standing()["fees"] == [
        (D("120000"), None, day), (D("125952"), day, None),
        (D("60000.25"), date(2024, 1, 1), day), (D("61200.26"), day, later),
    ]  # fmt: skip
    assert (2025, D("1574400")) in standing()["caps"]
    assert standing()["agreed"] == [(2024, D("850000.55")), (2025, D("892160.58"))]
    run.refresh_from_db()
    indexing.undo_run(run=run, by=manager, reason="Verkeerd cijfer")
    assert standing() == before


def test_amounts_that_are_worked_on_hold_a_round(made: Made, manager, rule, yearly) -> None:
    """Applied nor undone over what somebody changed; a round in July leaves what is of a year."""
    run = indexing.prepare_run(region=made.region, year=2025, by=manager)
    assert {one.kind for one in run.amounts.all()} == {"vergoeding", "jaarbedrag"}
    indexing.apply_run(run=run, by=manager)
    Settlement.objects.filter(year=2025).update(delivered=D(1))
    with pytest.raises(DomainError, match="verder gewerkt"), transaction.atomic():
        indexing.undo_run(run=run, by=manager, reason="Verkeerd cijfer")
    assert run.lines.get().made is not None, "nothing is half undone"
    every = [kind.code for kind in yearly_amounts()]
    july = indexing.prepare_run(
        region=made.region, year=2025, by=manager, effective_from=date(2025, 7, 1), amounts=every
    )
    assert {one.kind for one in july.amounts.all()} == {"vergoeding"}
    AvailabilityFee.objects.filter(amount=D("125952")).update(amount=D("1"))
    with pytest.raises(DomainError, match="sinds deze doorrekening"), transaction.atomic():
        indexing.apply_run(run=july, by=manager)


def test_hard_cases_of_percentages_worked_out_by_hand() -> None:
    figures = {
        ("OVA", 2027, "forecast"): D("3.00"), ("PPC", 2027, "forecast"): D("3.00"),
        ("OVA", 2026, "forecast"): D("4.60"), ("OVA", 2026, "definitive"): D("4.60"),
        ("PPC", 2026, "forecast"): D("2.00"), ("PPC", 2026, "definitive"): D("2.00"),
        ("OVA", 2028, "forecast"): D("-0.55"), ("PPC", 2028, "forecast"): D("-0.10"),
    }  # fmt: skip
    # A correction that is known two years later comes in as points: 0.9*(5.10-4.60) = 0.45.
    late = weighted_rise(year=2027, shares=NINETY_TEN, figures=figures, extra_points=D("0.45"))
    assert late.percentage == D("3.45")
    # 0.9*-0.55 + 0.1*-0.10 = -0.505, away from zero.
    fall = weighted_rise(year=2028, shares=NINETY_TEN, figures=figures, corrects=False)
    assert (fall.exact, fall.percentage) == (D("-0.505"), D("-0.51"))
    for old, percentage, new in (
        ("33.30", "5.00", "34.97"),  # 34.965
        ("0.33", "1.50", "0.33"),  # 0.33495
        ("61.50", "-0.51", "61.19"),  # 61.18635
        ("0.00", "4.96", "0.00"),
    ):
        assert indexed(D(old), D(percentage)) == D(new), old


def test_two_contracts_two_rules_a_tariff_of_july_and_a_corrected_figure(
    made: Made, manager, rule
) -> None:
    """Weighted 4.96%, and with 5.00 in the place of 6.00: 3.944 + 0.9*0.06 + 0.059 = 4.057, 4.06%.
    The other contract had 1% flat until the new year and has 3% from then on."""
    other = ContractFactory(region=made.region, provider=made.provider, number="VAST")
    new_year = date(2025, 1, 1)
    for percentage, since, until in ((D(1), None, new_year), (D(3), new_year, None)):
        IndexationRule.objects.create(
            region=made.region, contract=other, kind="flat", flat_percentage=percentage,
            valid_from=since, valid_to=until,
        )  # fmt: skip
    july = {"region": made.region, "amount": D("101.50"), "valid_from": date(2024, 7, 1)}
    TariffFactory(contract=made.contract, **july)
    TariffFactory(contract=other, **july)

    def new(run: IndexationRun) -> dict[str, str]:
        return {ln.contract.number: str(ln.new_amount) for ln in run.lines.exclude(contract=None)}

    first = indexing.prepare_run(region=made.region, year=2025, by=manager)
    mine = made.contract.number
    assert new(first) == {mine: "106.53", "VAST": "104.55"}  # 106.5344; 104.545 half up
    indexing.apply_run(run=first, by=manager)
    indexing.undo_run(run=first, by=manager, reason="Het definitieve cijfer klopt niet")
    wrong = IndexFigure.objects.filter(region=made.region, series="OVA", stage="definitive")
    wrong.update(percentage=D("5.00"))
    second = indexing.prepare_run(region=made.region, year=2025, by=manager)
    assert new(second) == {mine: "105.62", "VAST": "104.55"}  # 105.6209
    indexing.apply_run(run=second, by=manager)
    indexing.move(run=second, name="confirm", by=manager)
    half = indexing.prepare_run(
        region=made.region, year=2025, by=manager, effective_from=date(2025, 7, 1)
    )
    assert new(half)["VAST"] == "107.69"  # 104.55 x 1.03 = 107.6865: on the tariff in force


def test_what_a_tariff_is_made_of_is_written_on_the_site_and_held_against_it(
    client, made: Made, manager
) -> None:
    """40 + 15 + 8 + 12 + 20 = 95 beside a tariff of 92.40: 2.60 short."""
    client.force_login(manager)
    tariff = Tariff.objects.get()
    address = reverse("tariff-components", args=[made.region.slug, tariff.pk])
    parts = dict(zip(CostComponents.PARTS, ("40", "15", "8", "12", "20"), strict=True))
    assert client.post(address, parts).status_code == 302
    tariff.refresh_from_db()
    assert tariff.components.difference == D("-2.60")
    page = client.get(reverse("tariff", args=[made.region.slug, tariff.pk])).content.decode()
    assert "2,60" in page
