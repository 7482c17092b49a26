from datetime import date
from decimal import Decimal

import pytest

from care.models import ReceivedRun, SpendMovement
from core.errors import DomainError, NotAllowed
from core.jobs.api import JobState, LeaseLost
from core.jobs.api import run as do_job
from core.jobs.domain import claim
from finance.domain.projecting import (
    end_of_phase,
    make_projection,
    recompute_matches,
    start_projection,
)
from finance.models import IndexRule, ProjectionRun, SavingsSeries, SavingsYear
from finance.queries.gather import gather_inputs
from finance.queries.movements import Payment, last_full_month, view_of
from finance.queries.spend import Cut, spend_by
from finance.queries.visible import projections_visible_to
from procurement.enums.contracts import PhaseKind
from procurement.models import SchemePhase

from .conftest import AS_OF, instalment, movement

pytestmark = pytest.mark.django_db


def start(place, by, **options):
    return start_projection(
        region=place.region,
        scheme=place.scheme,
        by=by,
        **{"seed": 7, "paths": 200, "until": date(2028, 1, 1), **options},
    )


def years_of(run, **key):
    series = run.projection.find(**key)
    return dict(zip(run.projection.years, series.year_expected, strict=True))


def test_from_declarations_to_a_stored_projection(spend, controller):
    run = start(spend, controller)
    assert run.job.state == JobState.QUEUED
    do_job(run.job.pk)
    run = ProjectionRun.objects.get()
    assert run.job.state == JobState.DONE
    assert run.as_of == AS_OF
    # Four cells of 1000 euros a month; June is completed from 600 to 1000.
    assert run.projection.find().observed[29] == 240_000
    assert run.projection.find().expected[29] == pytest.approx(400_000, abs=5)
    assert years_of(run)[2024] == 4_800_000
    assert years_of(run, municipality="0503", segment="S2")[2026] == pytest.approx(
        1_200_000, abs=10
    )


def test_a_stored_projection_can_be_computed_again(spend, controller):
    run = start(spend, controller)
    do_job(run.job.pk)
    run = ProjectionRun.objects.get()
    assert recompute_matches(run)
    ProjectionRun.objects.update(result_checksum="0" * 64)
    assert not recompute_matches(ProjectionRun.objects.get())


def test_what_arrives_later_or_in_a_later_run_does_not_change_the_inputs(spend, controller):
    run = start(spend, controller)
    before = gather_inputs(run)
    care = date(2025, 6, 1)
    movement(spend.region, care, date(2025, 7, 1), 40_000).save()
    movement(spend.region, care, care, 99_999, run=2).save()
    assert gather_inputs(run) == before


def test_index_and_savings_come_along(spend, controller):
    IndexRule.objects.create(
        region=spend.region, year=2026, percentage=Decimal("4.96"), certainty="stated"
    )
    series = SavingsSeries.objects.create(region=spend.region, code="r", name="Reeks", unit="mln")
    SavingsYear.objects.create(series=series, year=2027, amount=Decimal("-0.012"))
    run = start(spend, controller, savings=series)
    do_job(run.job.pk)
    run = ProjectionRun.objects.get()
    assert years_of(run)[2026] == pytest.approx(4_800_000 * 1.0496, rel=1e-5)
    assert years_of(run)[2027] == pytest.approx(4_800_000 * 1.0496 - 1_200_000, rel=1e-5)
    assert run.projection.find().year_savings[-1] == -1_200_000


def test_instalments_are_spend_too_and_an_unpaid_month_is_expected(spend, controller):
    SpendMovement.objects.filter(product="45A02").delete()
    for quarter in range(9):  # until March 2025
        year, month = 2023 + quarter // 4, quarter % 4 * 3 + 1
        end = date(year + month // 10, (month + 2) % 12 + 1, 1)
        instalment(spend.region, date(year, month, 1), end, Decimal(6000))
    run = start(spend, controller)
    inputs = gather_inputs(run)
    assert [(one.segment, one.until - inputs.first) for one in inputs.paid] == [("S2", 26)]
    do_job(run.job.pk)
    run = ProjectionRun.objects.get()
    series = run.projection.find(municipality="0518", segment="S2")
    assert series.observed[26:30] == (200_000, 0, 0, 0)
    assert series.expected[27:30] == pytest.approx((200_000,) * 3, abs=5)


def test_an_instalment_is_spread_over_its_months_to_the_cent():
    payment = Payment("0518", "S2", "", "", date(2025, 1, 1), date(2025, 4, 1), 100)
    assert list(payment.months()) == [
        (date(2025, 1, 1), 34),
        (date(2025, 2, 1), 33),
        (date(2025, 3, 1), 33),
    ]


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2025, 6, 30), date(2025, 6, 30)),
        (date(2025, 6, 29), date(2025, 5, 31)),
        (date(2024, 2, 29), date(2024, 2, 29)),
        (date(2025, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_month_counts_once_it_is_over(day, last):
    assert last_full_month(day) == last


def test_a_projection_runs_to_the_end_of_the_contract_phase(place):
    for number, (kind, start_date, end_date) in enumerate(
        [
            (PhaseKind.PREPARATION, date(2022, 1, 1), date(2023, 1, 1)),
            (PhaseKind.TERM, date(2023, 1, 1), date(2026, 1, 1)),
            (PhaseKind.TERM, date(2026, 1, 1), date(2031, 1, 1)),
        ],
        1,
    ):
        SchemePhase.objects.create(
            scheme=place.scheme,
            number=number,
            name=f"fase {number}",
            kind=kind,
            start_date=start_date,
            end_date=end_date,
        )
    assert end_of_phase(place.scheme, date(2025, 6, 30)) == date(2026, 1, 1)
    assert end_of_phase(place.scheme, date(2025, 12, 31)) == date(2031, 1, 1)


def test_without_messages_there_is_nothing_to_project(place, controller):
    with pytest.raises(DomainError, match="nog geen berichten"):
        start(place, controller)


def test_a_region_that_received_no_money_gets_a_reason(place, controller):
    ReceivedRun.objects.create(
        region_id=place.region.pk,
        run=1,
        form="ijw",
        first_dagtekening=AS_OF,
        last_dagtekening=AS_OF,
    )
    run = start(place, controller)
    do_job(run.job.pk)
    run.job.refresh_from_db()
    assert run.job.state == JobState.FAILED
    assert "geen declaraties" in run.job.error


@pytest.mark.parametrize("until", [date(2025, 7, 15), date(2025, 1, 1), date(2060, 1, 1)])
def test_an_impossible_end_is_refused(spend, controller, until):
    with pytest.raises(DomainError, match="prognose"):
        start(spend, controller, until=until)


def test_only_staff_ask_for_projections(spend, councillor):
    with pytest.raises(NotAllowed, match="medewerkers"):
        start(spend, councillor)


def test_another_region_does_not_see_it(spend, controller, councillor, outsider):
    start(spend, controller)
    assert projections_visible_to(controller).count() == 1
    assert projections_visible_to(councillor).count() == 1
    assert projections_visible_to(outsider).count() == 0


def test_a_job_that_lost_its_lease_writes_nothing(spend, controller):
    run = start(spend, controller)
    stale = claim(run.job.pk)
    type(run.job).objects.filter(pk=run.job.pk).update(token=99)
    with pytest.raises(LeaseLost):
        make_projection(stale)
    assert not ProjectionRun.objects.get().is_done


def test_what_a_projection_knows_is_what_the_spend_pages_say_of_the_same_months(spend, controller):
    instalment(spend.region, date(2024, 11, 1), date(2025, 2, 1), Decimal("100.01"), segment="S1")
    movement(spend.region, date(2024, 3, 1), date(2024, 4, 1), -1_234, product="99X99").save()
    run = start(spend, controller)
    do_job(run.job.pk)
    run = ProjectionRun.objects.get()
    view, years = view_of(run), run.projection.years
    for cuts in ((), (Cut.MUNICIPALITY,), (Cut.SEGMENT,), (Cut.MUNICIPALITY, Cut.SEGMENT)):
        for place, year in enumerate(years[:3]):
            told = {
                one.keys: one.declared + one.instalments
                for one in spend_by(
                    view, cuts, care_from=date(year, 1, 1),
                    care_to=min(date(year + 1, 1, 1), date(2025, 7, 1)),
                )
            }  # fmt: skip
            for keys, cents in told.items():
                cell = {str(cut.label).lower(): key for cut, key in zip(cuts, keys, strict=True)}
                series = run.projection.find(
                    municipality=cell.get("gemeente"), segment=cell.get("segment")
                )
                assert series.year_observed[place] == cents, (cuts, keys, year)
