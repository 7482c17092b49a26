"""Doorbells of procurement."""

from typing import Any

from celery import shared_task

from core import clock
from core.jobs.api import RunningJob, job_handler
from regions.models import Region

from .domain import admission, changing, indexing
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


@job_handler(changing.JOB_KIND)
def run_changes(job: RunningJob) -> dict[str, Any]:
    return changing.work(job)


@shared_task(name="procurement.recheck_evidence")
def recheck_evidence() -> int:
    """Judge again what rests on evidence that has expired; how many admissions."""
    regions = Region.objects.values_list("pk", flat=True)
    return sum(admission.re_check(region_id=pk) for pk in regions)
