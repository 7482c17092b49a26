"""Figures know what came in since, and are computed again: one job for many deliveries."""

from datetime import timedelta

import pytest

from core import clock
from core.intake.models import IntakeRun
from core.jobs.api import Job, JobState, run
from core.periods import HalfYear
from monitoring.domain.figures import compute_figures
from monitoring.domain.protecting import protect_for_councils
from monitoring.domain.requesting import ask_by_schedule, refresh_figures
from monitoring.models import FigureSet
from monitoring.queries.freshness import newer_than
from regions.models import Region

HALF = HalfYear(2025, 1)


def delivered(region: Region, *, ago: int = 600, touches: str | None = None, **fields) -> IntakeRun:
    """A delivery that was merged so many seconds ago."""
    last = IntakeRun.objects.filter(tenant_id=region.pk).order_by("-number").first()
    moment = clock.now() - timedelta(seconds=ago)
    values = {
        "tenant_id": region.pk,
        "number": (last.number if last else 1) + 1,
        "form_code": "ijw",
        "state": "done",
        "offered": 1,
        "accepted": 1,
        "started_at": moment,
        "finished_at": moment,
        "notes": {"touches_from": touches} if touches else {},
    }
    return IntakeRun.objects.create(**values | fields)


@pytest.fixture
def one(region: Region) -> FigureSet:
    made = compute_figures(region=region, half_year=HALF)
    protect_for_councils([made])
    return made


def test_figures_without_later_deliveries_are_up_to_date(one: FigureSet) -> None:
    assert newer_than(one) is None
    assert refresh_figures() == []


def test_a_later_delivery_is_told_of(region: Region, one: FigureSet) -> None:
    first, last = delivered(region), delivered(region, ago=300)
    newer = newer_than(one)
    assert newer is not None
    assert (newer.runs, newer.changed_at) == (2, last.finished_at)
    assert first.finished_at < last.finished_at


@pytest.mark.parametrize(("touches", "told"), [("2025-06-01", True), ("2025-07-01", False)])
def test_a_delivery_touches_the_half_years_from_its_first_day(region, one, touches, told) -> None:
    delivered(region, touches=touches)
    assert bool(newer_than(one)) is told


def test_a_delivery_that_changed_nothing_touches_nothing(region: Region, one: FigureSet) -> None:
    delivered(region, accepted=0, unchanged=1)
    assert newer_than(one) is None


def test_a_delivery_that_was_undone_is_told_of(region: Region) -> None:
    gone = delivered(region)
    one = compute_figures(region=region, half_year=HALF)
    assert newer_than(one) is None
    gone.state, gone.undone_at = "undone", clock.now()
    gone.save()
    assert newer_than(one) is not None


def test_many_deliveries_are_one_job_once_it_is_quiet(region: Region, one: FigureSet) -> None:
    delivered(region)
    last = delivered(region, ago=30)
    assert refresh_figures() == []  # the last came in just now
    IntakeRun.objects.filter(pk=last.pk).update(finished_at=clock.now() - timedelta(seconds=200))
    waiting = delivered(region, state="queued", number=None, accepted=0, finished_at=None)
    assert refresh_figures() == []  # another is under way
    waiting.delete()
    (job,) = refresh_figures()
    assert job.params["half_year"] == HALF.label
    assert refresh_figures() == []
    run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.error
    newest = FigureSet.objects.filter(half_year=HALF.label).order_by("-created_at").first()
    assert newest is not None
    assert newest.cutoff_run == last.number
    assert newer_than(newest) is None
    assert refresh_figures() == []


def test_a_job_that_failed_is_not_asked_for_every_minute(region: Region, one: FigureSet) -> None:
    delivered(region)
    (job,) = refresh_figures()
    Job.objects.filter(pk=job.pk).update(
        state=JobState.FAILED, error="stuk", finished_at=clock.now()
    )
    assert refresh_figures() == []


def test_computed_again_with_the_same_answer_is_up_to_date(region: Region) -> None:
    gone, _ = delivered(region), delivered(region)
    one = compute_figures(region=region, half_year=HALF)
    gone.state, gone.undone_at = "undone", clock.now()
    gone.save()
    assert newer_than(one) is not None
    job = ask_by_schedule(region, HALF)
    run(job.pk)
    job.refresh_from_db()
    assert one.pk in job.result["figure_sets"]
    assert newer_than(one) is None


def test_other_thresholds_ask_for_another_protection(region: Region, one: FigureSet) -> None:
    region.min_cases = 15
    region.save()
    (job,) = refresh_figures()
    run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.error
    assert refresh_figures() == []
