"""Doorbells of monitoring."""

from celery import shared_task

from core.jobs.api import job_handler

from .domain.requesting import JOB_KIND, close_half_year, make_figures

job_handler(JOB_KIND)(make_figures)


@shared_task(name="monitoring.close_half_year")
def ring_close_half_year() -> int:
    return len(close_half_year())
