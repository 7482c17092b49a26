"""Doorbells of procurement."""

from typing import Any

from celery import shared_task

from core import clock
from core.jobs.api import RunningJob, job_handler

from .domain import indexing
from .domain.extending import renew_tacitly
from .domain.lifecycle import close_ended


@shared_task(name="procurement.close")
def ring_close() -> dict[str, int]:
    """Every night: contracts that renew tacitly go on, contracts that ended are closed."""
    today = clock.today()
    return {"renewed": renew_tacitly(today=today), "closed": close_ended(today=today)}


@job_handler(indexing.JOB_KIND)
def run_indexation(job: RunningJob) -> dict[str, Any]:
    return indexing.work(job)
