"""Doorbells: the rows in `Job` say what there is to do."""

from uuid import UUID

from celery import shared_task

from . import domain


@shared_task(name="jobs.ring", acks_late=True, reject_on_worker_lost=True)
def ring_job(job_id: str) -> None:
    domain.run(UUID(job_id))


@shared_task(name="jobs.sweep")
def sweep_jobs() -> int:
    return domain.sweep()
