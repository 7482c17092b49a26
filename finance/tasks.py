"""Doorbells: which job calls which verb."""

from typing import Any

import structlog
from celery import shared_task

from core.jobs.api import RunningJob, job_handler
from regions.models import Region

from .domain import checking, looking_back, scenarios
from .domain.projecting import JOB_KIND, make_projection
from .domain.signalling import signal_ceilings

log = structlog.get_logger()


@job_handler(JOB_KIND)
def run_projection(job: RunningJob) -> dict[str, Any]:
    return make_projection(job)


@job_handler(looking_back.JOB_KIND)
def run_look_back(job: RunningJob) -> dict[str, Any]:
    return looking_back.make_look_back(job)


@job_handler(checking.JOB_KIND)
def run_checks(job: RunningJob) -> dict[str, Any]:
    return checking.make_checks(job)


@shared_task(name="finance.check")
def ring_check() -> int:
    """Every night: what came in since is put to the checks. How many lines were looked at."""
    looked = 0
    for region_id in Region.objects.values_list("pk", flat=True):
        done = checking.check_waiting(region_id)
        looked += done.lines
        log.info("declarations_checked", region_id=region_id, lines=done.lines)
    return looked


@shared_task(name="finance.signal_ceilings")
def ring_ceilings() -> int:
    """Every night: ceilings of which the agreed share is used signal; how many did."""
    return sum(signal_ceilings(region_id=pk) for pk in Region.objects.values_list("pk", flat=True))


@job_handler(scenarios.JOB_KIND)
def run_scenario(job: RunningJob) -> dict[str, Any]:
    return scenarios.make_scenario(job)
