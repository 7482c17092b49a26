"""Watching a job from a terminal."""

import time
from collections.abc import Callable
from uuid import UUID

from core.errors import DomainError
from core.jobs.api import Job, JobState

EVERY = 0.4
SILENT_FOR = 120.0


def wait_for(job_id: UUID, tell: Callable[[str], None]) -> Job:
    """Until the job has ended; raises DomainError when it failed or nobody takes it up."""
    asked = time.monotonic()
    while True:
        job = Job.objects.get(pk=job_id)
        if job.state == JobState.DONE:
            return job
        if not job.is_open:
            raise DomainError(f"{job.title}: {job.error or job.get_state_display()}")
        if job.state == JobState.QUEUED and time.monotonic() - asked > SILENT_FOR:
            raise DomainError(f"{job.title}: er is geen werker die deze taak oppakt.")
        tell(f"{job.title}: {job.progress_text or job.get_state_display()} ({job.percentage}%)")
        time.sleep(EVERY)
