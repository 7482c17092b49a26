"""What the registers say of the time to come; every cell of `spend` costs 1000 euros a month."""

import io
from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.urls import reverse
from django.utils.timezone import get_default_timezone

from care.models import SpendMovement
from core.jobs.api import run as do_job
from core.periods import add_months
from finance.domain.projecting import start_by_schedule
from finance.domain.projection import project
from finance.models import (
    AllocationKey,
    FixedShare,
    IndexRule,
    Measure,
    ProviderIndication,
    SavingsSeries,
    Settlement,
)
from finance.queries.gather import gather_inputs
from finance.queries.known_then import known_at
from finance.queries.movements import view_of
from procurement.models import (
    AvailabilityFee,
    Contract,
    IndexationLine,
    IndexationRun,
    Tariff,
    TransitionCount,
    TransitionCountLine,
    TransitionOffer,
    TransitionPlan,
)
from regions.models import RegionMembership
from segments.models import ProductPlacement, Segment

from .conftest import DE, DH, MONTHS, START, instalment, movement
from .lines import contract, provider, tariff
from .test_api import get

pytestmark = pytest.mark.django_db

A, B, C = "65650011", "65650033", "65650044"
NEW_YEAR, SUMMER = date(2026, 1, 1), date(2026, 7, 1)


def known(place, **options):
    run = start_by_schedule(
        region=place.region, scheme=place.scheme,
        **{"seed": 7, "paths": 100, "until": date(2028, 1, 1), **options},
    )  # fmt: skip
    inputs = gather_inputs(run)
    return inputs, project(inputs)


def cost(projection, year, municipality=DH, segment="S1"):
    series = projection.find(municipality=municipality, segment=segment)
    return round(series.year_expected[list(projection.years).index(year)] / 100)


def indexed(place, old, amount, start):
    """A round of 2026 that was confirmed, with one tariff."""
    made_by = IndexationRun.objects.create(
        region=place.region, year=2026, effective_from=start, state="confirmed"
    )
    old.valid_to = start
    old.save()
    made = tariff(place.region, old.product_code, amount, start)
    IndexationLine.objects.create(
        run=made_by, tariff=old, made=made, product_code=old.product_code, unit="01",
        percentage=5, working="vast", old_amount=old.amount, new_amount=made.amount,
    )  # fmt: skip
    return made_by


@pytest.mark.parametrize(
    ("start", "months"),
    [
        # The index of 4 % is what everything costs more; these tariffs rise 5 % in its place.
        (NEW_YEAR, 12 * 1_050),
        # Not before July: half a year at the old price.
        (SUMMER, 6 * 1_000 + 6 * 1_050),
    ],
)
def test_a_round_of_indexation_takes_the_place_of_the_index(spend, start, months):
    IndexRule.objects.create(
        region=spend.region, year=2026, percentage=Decimal(4), certainty="stated"
    )
    made_by = indexed(spend, tariff(spend.region, "45A01", "100"), "105", start)
    inputs, found = known(spend)
    (step,) = inputs.steps
    assert (step.source, step.name) == (f"indexation:{made_by.pk}", "Indexering 2026 (bevestigd)")
    (line,) = step.lines
    assert (line.label, line.cents) == ("45A01 (minuut): 100,00 wordt 105,00 euro", 2_400_000)
    assert cost(found, 2026) == pytest.approx(months, abs=1)
    assert cost(found, 2026, segment="S2") == 12_480
    added = found.steps[0].added(list(found.years).index(2026), municipality=DH) / 100
    assert added == pytest.approx(months - 12_480, abs=1)


def test_the_care_of_a_provider_that_stops_goes_on_elsewhere_at_their_price(spend):
    going, staying = provider(spend.region, A), provider(spend.region, B)
    SpendMovement.objects.bulk_create(
        movement(spend.region, month, known_in, cents, provider=B)
        for month in (add_months(START, number) for number in range(MONTHS))
        for known_in, cents in ((month, 60_000), (add_months(month, 1), 40_000))
    )
    ends = contract(going, end=NEW_YEAR)
    contract(staying, end=date(2030, 1, 1))
    tariff(spend.region, "45A01", "100")
    tariff(spend.region, "45A01", "120", contract=ends)
    inputs, found = known(spend)
    (step,) = inputs.steps
    assert step.source == f"contract:{ends.pk}"
    assert "stopt" in step.name
    notes = {line.label: (line.cents, line.parts, line.note) for line in step.lines}
    # Of both municipalities 12.000 euro; 100 instead of 120 is a sixth less.
    assert notes["45A01 (minuut)"][:2] == (2_400_000, -166_666_667)
    assert "gaat naar wie dit ook levert: 120,00 wordt 100,00 euro" in notes["45A01 (minuut)"][2]
    assert "niemand anders" in notes["45A02 (minuut)"][2]
    assert cost(found, 2026) == pytest.approx(12 * (1_000 + 1_000 / 1.2), abs=1)
    assert cost(found, 2026, segment="S2") == 12_000
    # A transition plan says who takes how many youths, and from when: 4 of 10 in November.
    plan = TransitionPlan.objects.create(
        region=spend.region, provider=going, contract=ends, reason="ends", state="running",
        approach="Naar De Hulp.", starts_on=date(2025, 10, 1), ends_on=date(2025, 12, 31),
    )  # fmt: skip
    assert cost(known(spend)[1], 2025) == pytest.approx(
        12 * 2_000 - 1_000 / 6 * (1 + 2 + 3) / 4, abs=1  # a quarter in each of four months
    )  # fmt: skip
    count = TransitionCount.objects.create(plan=plan, day=date(2025, 6, 30), clients=10)
    TransitionCountLine.objects.create(count=count, product_code="45A01", gm_code=DH, clients=10)
    TransitionOffer.objects.create(
        plan=plan, provider=staying, product_code="45A01", clients=4,
        from_day=date(2025, 11, 1), agreed_on=date(2025, 6, 1),
    )  # fmt: skip
    inputs, found = known(spend)
    assert any("40% naar De Hulp vanaf 1 november" in one.note for one in inputs.steps[0].lines)
    assert cost(found, 2025) == pytest.approx(12 * 2_000 - 2 * 0.4 * 1_000 / 6, abs=1)
    assert cost(found, 2026) == pytest.approx(12 * (1_000 + 1_000 / 1.2), abs=1)
    plan.delete()
    # Renewed by itself, nothing is decided; under notice it is.
    ends.renews_tacitly, ends.extension_months = True, 12
    ends.save()
    assert known(spend)[0].steps == ()
    ends.status = "notice"
    ends.save()
    assert len(known(spend)[0].steps) == 1


def test_a_provider_that_begins_takes_over_what_its_indication_names(spend):
    contract(provider(spend.region, A), end=date(2030, 1, 1))
    new = contract(provider(spend.region, C), ["45A01"], start=NEW_YEAR, end=date(2030, 1, 1))
    tariff(spend.region, "45A01", "100")
    tariff(spend.region, "45A01", "90", NEW_YEAR, contract=new)
    inputs, found = known(spend)
    (step,) = inputs.steps
    assert [line.parts for line in step.lines] == [None]
    assert "geen indicatie" in step.lines[0].note
    assert cost(found, 2026) == 12_000
    ProviderIndication.objects.create(
        region=spend.region, provider=new.provider, year=2026, amount=6_000
    )
    inputs, found = known(spend)
    # 6.000 of the 24.000 euro that both municipalities spend on it becomes a tenth cheaper.
    assert [(line.cents, line.parts) for line in inputs.steps[0].lines] == [(600_000, -100_000_000)]
    assert cost(found, 2026) == cost(found, 2026, municipality=DE) == 12 * 975
    new.status = "offered"
    new.save()
    assert known(spend)[0].steps == ()


def test_a_product_moves_and_a_municipality_leaves(spend):
    ProductPlacement.objects.filter(product_code="45A01").update(valid_to=SUMMER)
    ProductPlacement.objects.create(
        scheme=spend.scheme, product_code="45A01", valid_from=SUMMER,
        segment=Segment.objects.get(scheme=spend.scheme, code="S2"),
    )  # fmt: skip
    RegionMembership.objects.filter(municipality=spend.delft).update(valid_to=date(2027, 1, 1))
    inputs, found = known(spend)
    assert [step.kind for step in inputs.steps] == ["placement", "membership"]
    assert cost(found, 2026) == 6_000
    assert cost(found, 2026, segment="S2") == 12_000 + 6_000
    assert cost(found, 2026, DE, "S2") == 18_000
    assert [cost(found, 2027, DE, code) for code in ("S1", "S2")] == [0, 0]
    assert cost(found, 2027, segment="S2") == 24_000


def test_agreed_measures_count_unless_a_planned_saving_already_asks_for_them(spend):
    def measure(code, **more):
        given = {
            "region": spend.region, "code": code, "name": code, "driver": "price",
            "direction": "cheaper", "segment": "S1", "starts_on": NEW_YEAR, "sureness": "agreed",
            "effect_low": -10, "effect_central": -10, "effect_high": -10, **more,
        }  # fmt: skip
        return Measure.objects.create(**given)

    agreed = measure("korting")
    measure("geschat", sureness="estimated")
    measure("voorbij", starts_on=date(2025, 1, 1))
    measure("onbekend", effect_low=None, effect_central=None, effect_high=None)
    inputs, found = known(spend)
    assert [one.code for one in inputs.agreed.measures] == [f"measure:{agreed.pk}"]
    assert [step.name for step in inputs.steps] == ["onbekend"]
    assert cost(found, 2026) == 12 * 900
    assert [step.name for step in found.steps] == ["onbekend", "korting"]
    series = SavingsSeries.objects.create(region=spend.region, code="rijk", name="Reeks")
    inputs, found = known(spend, savings=series)
    assert inputs.agreed is None
    assert cost(found, 2026) == 12_000
    assert any("geplande besparing" in step.lines[0].note for step in inputs.steps)


def test_pages_files_and_api_show_each_step_with_its_source(
    client, spend, controller, councillor, settings
):
    settings.MFA_REQUIRED = False
    ends = contract(provider(spend.region, A, "Stichting De Stopper"), end=NEW_YEAR)
    indexed(spend, tariff(spend.region, "45A01", "100"), "110", SUMMER)
    run = start_by_schedule(
        region=spend.region, scheme=spend.scheme, seed=7, paths=100, until=date(2028, 1, 1)
    )
    do_job(run.job.pk)
    address = reverse("projection", args=["haaglanden", run.pk])
    client.force_login(controller)
    html = client.get(address).content.decode()
    assert "Stichting De Stopper stopt" in html
    assert reverse("contract", args=["haaglanden", ends.pk]) in html
    # Four cells of 12.000; two of them half a year 10 % dearer, from tariff to amount.
    card = html[html.index('id="bekend"') :]
    assert "100,00 wordt 110,00 euro" in card
    assert all(f">{amount}<" in card for amount in ("48.000", "1.200", "49.200"))
    rows = get(controller, f"prognoses/{run.pk}/bekend").json()
    assert {
        (row["besluit"], row["vanaf"], row["gemeente"], row["segment"], round(float(row["erbij"])))
        for row in rows
        if row["jaar"] == 2026
    } >= {
        ("Indexering 2026 (bevestigd)", "2026-07-01", "*", "*", 1_200),
        ("Indexering 2026 (bevestigd)", "2026-07-01", DH, "S1", 600),
    }
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(f"{address}prognose.xlsx").getvalue()), read_only=True
    )
    assert {"Wat we al weten", "Waarop dat rust"} <= set(book.sheetnames)
    # A councillor sees what it does, and nothing about one provider.
    client.force_login(councillor)
    html = client.get(address).content.decode()
    assert "Stopper" not in html
    assert "Tarieven en indexering" in html
    named = get(councillor, f"prognoses/{run.pk}/bekend").json()
    assert {row["besluit"] for row in named} == {"Tarieven en indexering"}


def test_an_earlier_month_knows_no_later_decisions(spend, controller):
    """From December 2024; everything is recorded today, so only what had begun by then counts,
    unless the trail says that it was recorded by then."""
    going, staying = provider(spend.region, A), provider(spend.region, B)
    ends = contract(going, end=date(2025, 4, 1))
    contract(staying, end=date(2030, 1, 1))
    old = tariff(spend.region, "45A01", "100")
    new = indexed(spend, old, "110", date(2025, 1, 1))
    for year, rise in ((2024, 3), (2025, 5)):
        IndexRule.objects.create(
            region=spend.region, year=year, percentage=Decimal(rise), certainty="stated"
        )
    Measure.objects.create(
        region=spend.region, code="korting", name="korting", driver="price", direction="cheaper",
        starts_on=date(2025, 2, 1), sureness="agreed", effect_low=-9, effect_central=-9,
        effect_high=-9,
    )  # fmt: skip
    december = date(2024, 12, 31)

    def then():
        inputs, _ = known(spend, as_of=december)
        return [(step.kind, step.day) for step in inputs.steps], [
            (one.year, one.basis_points) for one in inputs.indexation
        ], inputs.agreed  # fmt: skip

    # The term of a contract was agreed when it was made; the index of 2025 is that of 2024.
    assert then() == ([("contract", "2025-04-01")], [(2024, 300), (2025, 300)], None)
    recorded_on(Tariff, new.lines.get().made_id, december)
    recorded_on(IndexRule, IndexRule.objects.get(year=2025).pk, december)
    recorded_on(Measure, Measure.objects.get().pk, date(2025, 1, 1))
    steps, indexation, agreed = then()
    assert steps == [("price", "2025-01-01"), ("contract", "2025-04-01")]
    assert (indexation[-1], agreed) == ((2025, 500), None)
    recorded_on(Measure, Measure.objects.get().pk, december)
    assert then()[2] is not None
    # What was removed or changed later stands as it was: a tariff, and a contract under notice.
    Tariff.objects.filter(pk=new.lines.get().made_id).delete()
    assert ("price", "2025-01-01") in then()[0]
    recorded_on(Contract, ends.pk, december)
    ends.end_date, ends.status = date(2025, 2, 1), "notice"
    ends.save()
    assert ("contract", "2025-04-01") in then()[0]
    assert ("contract", "2025-02-01") not in then()[0]
    # Who looks from the newest month reads the registers as they stand.
    newest = start_by_schedule(region=spend.region, scheme=spend.scheme, seed=7, paths=100)
    assert newest.registers_on is None


def recorded_on(model, pk, day):
    """The trail of a row, as if all of it was written down on a day."""
    moment = datetime.combine(day, time(12), get_default_timezone())
    table = model.pgh_event_model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET pgh_created_at = %s WHERE pgh_obj_id = %s", [moment, pk]
        )


def test_a_task_based_contract_costs_what_was_agreed_and_no_more(spend):
    """Instalments of 1000 a month; 2026 is settled at 18.000 with 600 for availability."""
    Segment.objects.create(scheme=spend.scheme, code="S3", name="Buurtteams", order=3)
    for number in range(MONTHS):
        month = add_months(START, number)
        instalment(spend.region, month, add_months(month, 1), 1_000, segment="S3")
    for year, rise in ((2026, 4), (2027, 5)):
        IndexRule.objects.create(
            region=spend.region, year=year, percentage=Decimal(rise), certainty="stated"
        )
    task = contract(
        provider(spend.region, "65650022"), end=date(2027, 7, 1), funding_form="task_based"
    )
    Settlement.objects.create(
        region=spend.region, contract=task, segment="S3", year=2026, agreed=18_000
    )
    AvailabilityFee.objects.create(
        contract=task, title="Bedden", amount=600, valid_from=NEW_YEAR, valid_to=date(2027, 1, 1)
    )
    inputs, found = known(spend)
    (step,) = inputs.steps
    assert (step.kind, step.day, step.lines[0].cents) == ("amount", "2025-07-01", 1_200_000)
    # Half a year 1.550 a month with the index of 2027; then nothing is agreed and the trend counts.
    assert step.amounts[0].cents == (100_000,) * 6 + (155_000,) * 12 + (162_750,) * 6
    series = found.find(municipality=DH, segment="S3")
    years = list(found.years)
    assert series.year_expected[years.index(2026)] == 1_860_000
    assert series.years.low80[years.index(2026)] == series.years.high80[years.index(2026)]
    assert series.years.low80[years.index(2027)] < series.years.high80[years.index(2027)]
    assert found.steps[0].added(years.index(2026)) == pytest.approx(1_860_000 - 1_248_000, abs=100)
    # An instalment of later that is there already counts as it is.
    instalment(spend.region, date(2026, 1, 1), date(2026, 7, 1), 6_000, segment="S3")
    assert known(spend)[0].steps[0].amounts[0].cents[6:18] == (100_000,) * 6 + (210_000,) * 6


def test_a_segment_that_becomes_task_based_follows_the_trend_until_that_day(spend, controller):
    """S1 costs 1000 a month per municipality; from 2026 on 30.000 a year is agreed for all of it,
    of which Delft pays a third by the key that was adopted for 2026."""
    Segment.objects.filter(code="S1").update(funding_form="task_based")
    IndexRule.objects.create(
        region=spend.region, year=2027, percentage=Decimal(5), certainty="stated"
    )
    settled = contract(
        provider(spend.region, A), start=NEW_YEAR, end=date(2028, 1, 1), funding_form="task_based"
    )
    Settlement.objects.create(
        region=spend.region, contract=settled, segment="S1", year=2026, agreed=30_000
    )
    # A tariff of later changes nothing about an amount that is agreed.
    indexed(spend, tariff(spend.region, "45A01", "100"), "110", SUMMER)
    inputs, found = known(spend)
    (amounts, *_) = inputs.steps
    assert (amounts.kind, amounts.day) == ("amount", "2026-01-01")
    assert [one.municipality for one in amounts.amounts] == [DE, DH]
    assert {one.later for one in amounts.amounts} == {6}
    assert {one.cents for one in amounts.amounts} == {(125_000,) * 12 + (131_250,) * 12}
    own, others = amounts.lines
    assert (own.cents, own.parts) == (2_400_000, 250_000_000)
    assert (others.label, others.cents) == ("Andere aanbieders, segment S1", 0)
    assert cost(found, 2025) == 12_000
    assert (cost(found, 2026), cost(found, 2027)) == (15_000, 15_750)
    series = found.find(municipality=DH, segment="S1").years
    assert series.low80[found.years.index(2026)] == series.high80[found.years.index(2026)]
    key = AllocationKey.objects.create(
        region=spend.region, name="Vast", segment="S1", first_year=2026, last_year=2026,
        state="adopted", weight_fixed=100,
    )  # fmt: skip
    for place, share in ((spend.delft, 1), (spend.hague, 2)):
        FixedShare.objects.create(key=key, municipality=place, share=share)
    found = known(spend)[1]
    assert cost(found, 2026) == 20_000
    assert cost(found, 2026, DE) == 10_000
    assert cost(found, 2027) == 15_750
    # As it was known in an earlier month, nothing was agreed yet.
    run = start_by_schedule(
        region=spend.region, scheme=spend.scheme, seed=7, paths=100, until=date(2028, 1, 1)
    )
    then = known_at(view_of(run), 2025 * 12 + 2, 2027 * 12 + 11, paid=())
    assert not [step for step in then.steps if step.kind == "amount"]
