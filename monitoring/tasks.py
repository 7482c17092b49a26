"""Doorbells of monitoring."""

from celery import shared_task

from core.jobs.api import job_handler

from .domain.patterns.asking import PATTERNS_JOB, make_patterns
from .domain.requesting import make_figures, refresh_figures
from .queries.freshness import JOB_KIND

job_handler(JOB_KIND)(make_figures)
job_handler(PATTERNS_JOB)(make_patterns)


@shared_task(name="monitoring.refresh")
def ring_refresh() -> int:
    return len(refresh_figures())
