"""Doorbells of reports."""

from celery import shared_task

from core.jobs.api import job_handler

from .domain.adopting import ANNOUNCE_JOB, PRINT_JOB
from .domain.announcing import announce
from .domain.closing import close_half_years
from .domain.making import make_editions
from .domain.printing import print_edition
from .domain.repeat import JOB_KIND as REPEAT_JOB
from .domain.repeat import carry_out_repeat
from .domain.requesting import JOB_KIND
from .domain.retention import JOB_KIND as RETENTION_JOB
from .domain.retention import ask_for_retention, carry_out

job_handler(JOB_KIND, leads_to=("editions", "Naar de rapportages"))(make_editions)
job_handler(PRINT_JOB)(print_edition)
job_handler(ANNOUNCE_JOB)(announce)
job_handler(RETENTION_JOB)(carry_out)
job_handler(REPEAT_JOB)(carry_out_repeat)


@shared_task(name="reports.close_half_year")
def ring_close_half_years() -> int:
    return len(close_half_years())


@shared_task(name="reports.retention")
def ring_retention() -> int:
    return len(ask_for_retention())
