"""Rows on disk of deliveries that never succeeded go after a while; the run says how it ended."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core import clock
from core.intake import api as intake
from core.intake import expiring
from core.jobs import api as jobs

from .conftest import Deliver


def spooled(settings: Any) -> list[str]:
    root = Path(settings.INTAKE_SPOOL_DIR)
    return [folder.name for folder in root.iterdir()] if root.exists() else []


def failed(deliver: Deliver, form: intake.IntakeForm, *, days_ago: float) -> intake.IntakeRun:
    whole = form.merge
    object.__setattr__(form, "merge", lambda cursor, merge: intake.Outcome())
    run = deliver(a_txt=b"een;1\n")
    object.__setattr__(form, "merge", whole)
    ended = clock.now() - timedelta(days=days_ago)
    intake.IntakeRun.objects.filter(pk=run.pk).update(finished_at=ended)
    return run


def test_a_failed_run_keeps_its_rows_for_a_week(
    deliver: Deliver, thing_form: intake.IntakeForm, settings: Any
) -> None:
    old = failed(deliver, thing_form, days_ago=7.1)
    young = failed(deliver, thing_form, days_ago=6.9)
    assert expiring.expire() == 1
    assert spooled(settings) == [young.spool]
    old.refresh_from_db()
    assert (old.state, old.spool) == ("failed", "")


def test_started_again_after_that_it_says_to_deliver_again(
    deliver: Deliver, thing_form: intake.IntakeForm, user: Any
) -> None:
    run = failed(deliver, thing_form, days_ago=8)
    expiring.expire()
    again = jobs.restart(job=jobs.Job.objects.get(pk=run.job_id), by=user)
    jobs.run(again.pk)
    again.refresh_from_db()
    assert "Lever het bestand opnieuw aan" in again.error


def test_rows_of_a_run_that_waits_stay(deliver: Deliver, settings: Any) -> None:
    run = deliver(merge=False, a_txt=b"een;1\n")
    assert expiring.expire() == 0
    run.refresh_from_db()
    assert run.state == "queued"
    assert spooled(settings) == [run.spool]


@pytest.mark.parametrize("row_is_gone", [True, False])
def test_a_run_that_nothing_works_on_is_no_longer_busy(deliver: Deliver, row_is_gone: bool) -> None:
    run = deliver(merge=False, a_txt=b"een;1\n")
    intake.IntakeRun.objects.filter(pk=run.pk).update(state="running", started_at=clock.now())
    jobs.Job.objects.filter(pk=run.job_id).update(
        state="failed", error="worker weg", finished_at=clock.now()
    )
    if row_is_gone:
        jobs.Job.objects.filter(pk=run.job_id).delete()
    run = intake.IntakeRun.objects.get(pk=run.pk)
    assert not run.is_open
    assert run.shown_state.label == "mislukt"
    expiring.expire()
    run.refresh_from_db()
    assert run.state == "failed"
    assert run.error == expiring.NEVER_BEGAN
    assert run.finished_at
