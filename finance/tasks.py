"""Doorbells: which job calls which verb."""

from typing import Any

from core.jobs.api import RunningJob, job_handler

from .domain.projecting import JOB_KIND, make_projection


@job_handler(JOB_KIND)
def run_projection(job: RunningJob) -> dict[str, Any]:
    return make_projection(job)
