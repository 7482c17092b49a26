"""Doorbells of reports."""

from core.jobs.api import job_handler

from .domain.making import JOB_KIND, make_editions

job_handler(JOB_KIND)(make_editions)
