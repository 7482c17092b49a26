"""Doorbells of reports."""

from celery import shared_task

from core.jobs.api import job_handler

from .domain.closing import close_half_years
from .domain.making import JOB_KIND, make_editions

job_handler(JOB_KIND)(make_editions)


@shared_task(name="reports.close_half_year")
def ring_close_half_years() -> int:
    return len(close_half_years())
