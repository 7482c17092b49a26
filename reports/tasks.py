"""Doorbells of reports."""

from celery import shared_task

from core.jobs.api import job_handler

from .domain.adopting import ANNOUNCE_JOB, PRINT_JOB
from .domain.announcing import announce
from .domain.closing import close_half_years
from .domain.making import JOB_KIND, make_editions
from .domain.printing import print_edition

job_handler(JOB_KIND)(make_editions)
job_handler(PRINT_JOB)(print_edition)
job_handler(ANNOUNCE_JOB)(announce)


@shared_task(name="reports.close_half_year")
def ring_close_half_years() -> int:
    return len(close_half_years())
