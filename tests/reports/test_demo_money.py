"""What the demonstration says of money to come: by the verbs, once, all fictitious."""

from datetime import date

import pytest

from care.models import Instalment, ReceivedRun, SpendMovement
from core.jobs.api import run as do_job
from finance.domain.projecting import start_projection
from finance.models import AllocationKey, Measure, SavingsSeries, Settlement
from finance.queries.gather import gather_inputs
from procurement.models import AvailabilityFee, Contract
from regions.models import YouthPopulation
from reports.demo.scenarios import make_agreed_measure
from reports.demo.task_based import make_coming, make_places
from tests.factories import a_region, with_users
from tests.finance.conftest import add_totals, movement

pytestmark = pytest.mark.django_db


def test_an_agreed_measure_in_steps_that_counts_beside_a_savings_series():
    made = with_users(a_region())
    by = made.users["controller"]
    assert make_agreed_measure(made.region, by=by).direction == "cheaper"
    assert make_agreed_measure(made.region, by=by) is None
    measure = Measure.objects.get(region=made.region)
    assert [int(step.share) for step in measure.steps.all()] == [25, 60, 100]
    assert measure.fictitious
    measure.delete()
    SavingsSeries.objects.create(region=made.region, code="rijk", name="Reeks")
    assert make_agreed_measure(made.region, by=by).direction == "dearer"


def test_task_based_contracts_with_instalments_fees_and_a_settled_year(settings):
    settings.CLOCK_TODAY = "2026-11-22"
    made = with_users(a_region())
    by, region = made.users["controller"], made.region
    first, second = (place.gm_code for place in made.municipalities)
    rows = [
        movement(region, date(year, month, 1), date(year, month, 1), cents, municipality=code,
                 provider=made.provider.agb_code)
        for year in (2025, 2026)
        for month in range(1, 11)
        for code, cents in ((first, 30_000_00), (second, 70_000_00))
    ]  # fmt: skip
    SpendMovement.objects.bulk_create(rows)
    add_totals(rows)
    ReceivedRun.objects.create(
        region_id=region.pk, run=1, form="ijw", first_dagtekening=date(2025, 1, 1),
        last_dagtekening=date(2026, 10, 31),
    )  # fmt: skip
    made.scheme.placements.update(is_stay=True)
    # Of a million of 2025 a fifth is for places kept ready, in four quarters a year, 30 to 70.
    do_job(make_places(made.scheme, by).job_id)
    assert make_places(made.scheme, by) is None
    settled, running = Settlement.objects.order_by("year")
    assert (settled.agreed, settled.delivered, settled.state) == (200_000, 216_000, "fixed")
    assert (running.agreed, running.state) == (206_000, "draft")
    paid = Instalment.objects.filter(period_from__year=2026, municipality=first)
    assert [one.amount for one in paid] == [15_450] * 4
    assert AvailabilityFee.objects.get().amount > 0
    # The coming scheme: what the segment cost with the index of two years, and its key in force.
    made.scheme.segments.filter(code="S1").update(funding_form="task_based")
    made.scheme.valid_from = date(2027, 1, 1)
    made.scheme.save()
    for code, count in ((first, 100), (second, 300)):
        YouthPopulation.objects.create(
            region=region, municipality=code, counted_on=date(2025, 1, 1), count=count
        )
    assert (make_coming(made.scheme, by), make_coming(made.scheme, by)) == (1, 0)
    assert Settlement.objects.get(year=2027).agreed == 1_273_000  # 1.200.000 x 1.03 x 1.03
    assert AllocationKey.objects.get(region=region, segment="S1").state == "adopted"
    assert not Contract.objects.filter(funding_form="task_based", fictitious=False).exists()
    steps = gather_inputs(start_projection(region=region, scheme=made.scheme, by=by)).steps
    assert [step.day for step in steps if step.kind == "amount"] == ["2027-01-01"]
