"""Jobs are rows: asked for in a transaction, claimed under a lease, finished by one hand."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from core import clock
from core.errors import DomainError
from core.jobs import domain
from core.jobs.api import Job, JobState, enqueue, job_handler, run, sweep
from core.jobs.domain import JobCancelled, LeaseLost, cancel, claim, restart
from regions.enums import Role
from tests.factories import RegionFactory, user_with

pytestmark = pytest.mark.django_db(transaction=True)
calls = []


@job_handler("test.note")
def note(job):
    calls.append(job.params["word"])
    return {"said": job.params["word"]}


@job_handler("test.refuse")
def refuse(job):
    raise DomainError("Dit bestand is leeg; kies een ander.", code="leeg")


@job_handler("test.break")
def break_down(job):
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def _quiet(settings):
    """Nobody answers the bell here: every test claims and runs by hand."""
    calls.clear()
    settings.CELERY_TASK_ALWAYS_EAGER = True


@pytest.fixture
def silent(monkeypatch):
    monkeypatch.setattr(domain, "ring", lambda job_id: None)


def asked(kind="test.note", **fields):
    return enqueue(kind=kind, title="Proef", params={"word": "hallo"}, **fields)


def test_a_job_is_not_there_when_its_transaction_fails(silent):
    def asking_goes_wrong():
        with transaction.atomic():
            asked()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        asking_goes_wrong()
    assert not Job.objects.exists()


def test_a_job_keeps_its_result_and_ends_at_one_hundred_percent(silent):
    job = asked()
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result, job.percentage) == (JobState.DONE, {"said": "hallo"}, 100)


def test_ringing_twice_does_the_work_once(silent):
    job = asked()
    run(job.pk)
    run(job.pk)
    assert calls == ["hallo"]


def test_a_claimed_job_is_not_claimed_again_while_its_lease_runs(silent):
    job = asked()
    assert claim(job.pk) is not None
    assert claim(job.pk) is None


def test_who_lost_the_lease_can_write_nothing(silent):
    job = asked()
    slow = claim(job.pk)
    Job.objects.filter(pk=job.pk).update(lease_until=clock.now() - timedelta(seconds=1))
    fast = claim(job.pk)
    with pytest.raises(LeaseLost):
        slow.finish_with(lambda: calls.append("slow"))
    with pytest.raises(LeaseLost):
        slow.progress(1, 2)
    fast.finish_with(lambda: {"by": "fast"})
    job.refresh_from_db()
    assert (job.result, calls) == ({"by": "fast"}, [])


def test_an_effect_that_fails_leaves_the_job_unfinished(silent):
    lease = claim(asked().pk)
    with pytest.raises(ZeroDivisionError):
        lease.finish_with(lambda: 1 / 0)
    lease.job.refresh_from_db()
    assert lease.job.state == JobState.RUNNING


def test_a_job_that_is_interrupted_three_times_fails_where_people_see_it(silent):
    job = asked()
    for _ in range(3):
        assert claim(job.pk) is not None
        Job.objects.filter(pk=job.pk).update(lease_until=clock.now() - timedelta(seconds=1))
    assert claim(job.pk) is None
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "3 keer onderbroken" in job.error


def test_a_refusal_is_shown_as_it_was_said(silent):
    job = asked(kind="test.refuse")
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "Dit bestand is leeg; kies een ander.")


def test_a_fault_of_ours_says_so_without_its_details(silent):
    job = asked(kind="test.break")
    with pytest.raises(ZeroDivisionError):
        run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "ZeroDivision" not in job.error


def test_a_waiting_job_is_cancelled_at_once(silent):
    job = asked()
    cancel(job=job, by=None)
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    run(job.pk)
    assert calls == []


def test_a_running_job_stops_at_its_next_sign_of_progress(silent):
    lease = claim(asked().pk)
    cancel(job=lease.job, by=None)
    with pytest.raises(JobCancelled):
        lease.progress(1, 2)


def test_a_job_that_is_over_cannot_be_cancelled(silent):
    job = asked()
    run(job.pk)
    with pytest.raises(DomainError, match="al klaar"):
        cancel(job=job, by=None)


def test_a_failed_job_can_be_asked_again_with_the_same_inputs(silent):
    job = asked(kind="test.refuse")
    run(job.pk)
    job.refresh_from_db()
    again = restart(job=job, by=None)
    assert (again.kind, again.params, again.state) == (job.kind, job.params, JobState.QUEUED)


def test_the_sweeper_rings_for_a_job_that_nobody_heard(monkeypatch, silent):
    job = asked()
    rung = []
    monkeypatch.setattr(domain, "ring", rung.append)
    assert sweep() == 1
    assert rung == [job.pk]


def test_the_sweeper_leaves_running_jobs_alone(silent):
    claim(asked().pk)
    assert sweep() == 0


def test_who_made_reports_is_led_to_them_when_they_are_done(client, settings):
    settings.MFA_REQUIRED = False
    region = RegionFactory(slug="noord")
    client.force_login(user_with(Role.REGIONAL_ADMIN, region))
    made = Job.objects.create(
        kind="reports.editions", title="Rapportages", tenant_id=region.pk, state=JobState.DONE,
        finished_at=clock.now(),
    )  # fmt: skip
    asked = Job.objects.create(kind="reports.editions", title="Rapportages", tenant_id=region.pk)
    done, waits = (
        client.get(reverse("job", args=["noord", job.pk])).content.decode() for job in (made, asked)
    )
    link = f'<a href="{reverse("editions", args=["noord"])}">Naar de rapportages</a>'
    assert link in done
    assert link not in waits
