"""The life of a job: asked for, claimed under a lease, run, finished or visibly failed."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import (
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
    transaction,
)
from django.db.models import Q

from core import clock
from core.errors import DomainError

from .enums import JobState
from .models import Job
from .registry import handler_for

log = structlog.get_logger()

MAX_ATTEMPTS = 3
RING_AGAIN_AFTER = timedelta(seconds=30)
# The database went away, or this connection to it: nothing was written, and it may be tried again.
INTERRUPTED = (OperationalError, InterfaceError)


class JobCancelled(Exception):
    """Somebody asked to stop this job."""


class LeaseLost(Exception):
    """Another worker has taken this job over; nothing of this run may be written any more."""


def enqueue(
    *,
    kind: str,
    title: str,
    params: dict[str, Any] | None = None,
    tenant_id: int | None = None,
    by: Any = None,
) -> Job:
    """Write a job in the caller's transaction and ring for it after the commit.

    Effects: one Job row; a Celery message on commit (lost messages are rung again by `sweep`).
    """
    job = Job.objects.create(
        kind=kind, title=title, params=params or {}, tenant_id=tenant_id, requested_by=by
    )
    transaction.on_commit(lambda: ring(job.pk))
    return job


def ring(job_id: UUID) -> None:
    """Tell a worker that there is work; when the broker is away the sweeper rings later."""
    from .tasks import ring_job  # noqa: PLC0415 -- tasks imports this module

    Job.objects.filter(pk=job_id).update(rung_at=clock.now())
    try:
        ring_job.delay(str(job_id))
    except (OSError, ring_job.OperationalError) as error:
        log.warning("job_bell_not_heard", job_id=str(job_id), error=type(error).__name__)


def cancel(*, job: Job, by: Any) -> None:
    """Stop a job: at once when it waits, at its next sign of progress when it runs."""
    with transaction.atomic():
        row = Job.objects.select_for_update().get(pk=job.pk)
        if not row.is_open:
            raise DomainError(
                f"Deze taak is al {row.get_state_display()}; annuleren kan niet meer.",
                code="taak-al-klaar",
            )
        row.cancel_requested = True
        if row.state == JobState.QUEUED:
            _end(row, JobState.CANCELLED)
        row.save()
    log.info("job_cancel_requested", job_id=str(job.pk), user_id=getattr(by, "pk", None))


def restart(*, job: Job, by: Any) -> Job:
    """Ask again for a job that failed or was cancelled, with the same inputs."""
    if job.state not in (JobState.FAILED, JobState.CANCELLED):
        raise DomainError(
            "Alleen een mislukte of geannuleerde taak kan opnieuw worden gestart.",
            code="taak-niet-opnieuw",
        )
    return enqueue(
        kind=job.kind, title=job.title, params=job.params, tenant_id=job.tenant_id, by=by
    )


def claim(job_id: UUID) -> "Lease | None":
    """Take a job that waits, or whose worker has gone silent; None when there is nothing to do."""
    moment = clock.now()
    free = Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, lease_until__lt=moment)
    with transaction.atomic():
        job = Job.objects.select_for_update(skip_locked=True).filter(free, pk=job_id).first()
        if job is None:
            return None
        if job.attempts >= MAX_ATTEMPTS:
            job.error = (
                f"De taak is {MAX_ATTEMPTS} keer onderbroken en wordt niet vanzelf hervat. "
                "Start de taak opnieuw, of meld het aan de beheerder."
            )
            _end(job, JobState.FAILED)
            job.save()
            return None
        job.state = JobState.RUNNING
        job.token += 1
        job.attempts += 1
        job.started_at = job.started_at or moment
        job.lease_until = moment + lease_time()
        job.save()
    return Lease(job)


def run(job_id: UUID) -> None:
    """Claim and do one job. Ringing twice does the work once."""
    lease = claim(job_id)
    if lease is None:
        return
    bound = log.bind(job_id=str(job_id), kind=lease.job.kind, attempt=lease.job.attempts)
    bound.info("job_started")
    try:
        with lease.heartbeat():
            result = handler_for(lease.job.kind)(lease)
            if not lease.finished:
                lease.finish_with(lambda: result)
        bound.info("job_done")
    except LeaseLost:
        bound.warning("job_lease_lost")
    except JobCancelled:
        lease.end(JobState.CANCELLED)
        bound.info("job_cancelled")
    except DomainError as refusal:
        lease.end(JobState.FAILED, error=refusal.message)
        bound.info("job_refused", code=refusal.code)
    except INTERRUPTED as error:
        connection.close()
        lease.give_back()
        bound.warning("job_interrupted", error=type(error).__name__)
    except Exception as error:
        lease.end(
            JobState.FAILED,
            error="Er ging iets mis dat niet aan uw invoer ligt. De beheerder vindt de oorzaak "
            f"in het logboek bij taak {job_id}.",
        )
        bound.exception("job_failed", error=type(error).__name__)
        raise


def sweep() -> int:
    """Ring again for jobs whose bell was not heard or whose worker has gone; how many."""
    moment = clock.now()
    silent = Q(state=JobState.RUNNING, lease_until__lt=moment) | (
        Q(state=JobState.QUEUED)
        & (Q(rung_at__isnull=True) | Q(rung_at__lt=moment - RING_AGAIN_AFTER))
    )
    ids = list(Job.objects.filter(silent).values_list("pk", flat=True)[:500])
    for job_id in ids:
        ring(job_id)
    return len(ids)


class Lease:
    """One run of a job: its sign of life, its progress, and the only hand that may finish it."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.finished = False

    @property
    def id(self) -> UUID:
        return self.job.pk

    @property
    def params(self) -> dict[str, Any]:
        return self.job.params

    @property
    def tenant_id(self) -> int | None:
        return self.job.tenant_id

    @property
    def requested_by_id(self) -> int | None:
        return self.job.requested_by_id

    def _mine(self) -> Any:
        return Job.objects.filter(pk=self.job.pk, token=self.job.token, state=JobState.RUNNING)

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Show how far it is; raises JobCancelled or LeaseLost when it should stop."""
        changed = self._mine().update(
            progress_done=done,
            progress_total=total,
            progress_text=text[:200],
            lease_until=clock.now() + lease_time(),
        )
        if not changed:
            raise LeaseLost
        if self._mine().filter(cancel_requested=True).exists():
            raise JobCancelled

    def finish_with(self, effect: Callable[[], dict[str, Any] | None]) -> dict[str, Any]:
        """Write the effect and the end of the job in one transaction, if the lease still holds."""
        with transaction.atomic():
            row = self._mine().select_for_update().first()
            if row is None:
                raise LeaseLost
            row.result = effect() or {}
            row.progress_done = row.progress_total
            _end(row, JobState.DONE)
            row.save()
        self.finished = True
        return row.result

    def end(self, state: str, error: str = "") -> None:
        with transaction.atomic():
            row = self._mine().select_for_update().first()
            if row is not None:
                row.error = error
                _end(row, state)
                row.save()

    def give_back(self) -> None:
        """Let the sweeper ring for it again; the attempt counts."""
        self._mine().update(state=JobState.QUEUED, lease_until=None, rung_at=None)

    def heartbeat(self) -> "_Heartbeat":
        return _Heartbeat(self)

    def prolong(self) -> None:
        self._mine().update(lease_until=clock.now() + lease_time())


class _Heartbeat:
    """Keeps the lease alive from a thread of its own while a long statement runs."""

    def __init__(self, lease: Lease) -> None:
        self.lease = lease
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.thread.join()

    def _beat(self) -> None:
        try:
            while not self.stop.wait(settings.JOB_HEARTBEAT_SECONDS):
                self._prolong()
        finally:
            connection.close()

    def _prolong(self) -> None:
        """A beat that fails is made up for by the next one: the lease lasts several."""
        try:
            close_old_connections()
            self.lease.prolong()
        except INTERRUPTED as error:
            connection.close()
            log.warning("job_beat_missed", job_id=str(self.lease.id), error=type(error).__name__)


def lease_time() -> timedelta:
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


def _end(job: Job, state: str) -> None:
    job.state = state
    job.finished_at = clock.now()
    job.lease_until = None
