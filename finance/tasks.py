"""Doorbells: which job calls which verb."""

from typing import Any

from core.jobs.api import RunningJob, job_handler

from .domain import looking_back
from .domain.projecting import JOB_KIND, make_projection


@job_handler(JOB_KIND)
def run_projection(job: RunningJob) -> dict[str, Any]:
    return make_projection(job)


@job_handler(looking_back.JOB_KIND)
def run_look_back(job: RunningJob) -> dict[str, Any]:
    return looking_back.make_look_back(job)
