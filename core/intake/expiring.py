"""What is kept of a delivery that never succeeded does not stay for ever."""

from datetime import timedelta

import structlog
from django.conf import settings
from django.db import transaction

from core import clock

from . import spool
from .enums import RunState
from .models import IntakeRun

log = structlog.get_logger()
NEVER_BEGAN = "De verwerking is afgebroken. Er is niets verwerkt. Lever het bestand opnieuw aan."


def expire() -> int:
    """End abandoned runs and remove the rows on disk of those that ended long enough ago.

    Effects: a run whose job ended without it says so itself; spools of runs that failed or were
    cancelled more than INTAKE_SPOOL_DAYS days ago go, and so does what belongs to no run. How many
    runs lost their spool.
    """
    end_abandoned()
    before = clock.now() - timedelta(days=settings.INTAKE_SPOOL_DAYS)
    expired = [_expire(pk) for pk in IntakeRun.objects.expired(before).values_list("pk", flat=True)]
    in_use = IntakeRun.objects.exclude(spool="").values_list("spool", flat=True)
    leftovers = spool.remove_leftovers(in_use=set(in_use))
    log.info("intake_spools_expired", runs=sum(expired), leftovers=leftovers)
    return sum(expired)


def end_abandoned() -> None:
    """Give runs that nothing works on any more the end of their job."""
    for pk in IntakeRun.objects.abandoned().values_list("pk", flat=True):
        with transaction.atomic():
            locked = IntakeRun.objects.abandoned().select_for_update(of=("self",), skip_locked=True)
            run = locked.filter(pk=pk).first()
            if run is not None:
                _end(run)


def _end(run: IntakeRun) -> None:
    run.state = run.shown_state
    run.finished_at = (run.job and run.job.finished_at) or clock.now()
    run.error = run.error or ("" if run.state == RunState.CANCELLED else NEVER_BEGAN)
    run.save(update_fields=["state", "finished_at", "error"])


@transaction.atomic
def _expire(pk: int) -> bool:
    """Under a lock: its job may have been started again in the meantime."""
    run = IntakeRun.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
    again = run is None or (run.job is not None and run.job.state in RunState.OPEN)
    if run is None or again:
        return False
    spool.remove(run.spool)
    run.spool = ""
    run.save(update_fields=["spool"])
    return True
