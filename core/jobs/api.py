"""The front door of jobs; anything else is private to this shelf."""

from .access import register_staff, visible_to
from .domain import INTERRUPTED, JobCancelled, LeaseLost, cancel, enqueue, restart, run, sweep
from .enums import JobState
from .models import Job
from .registry import RunningJob, job_handler

__all__ = [
    "INTERRUPTED",
    "Job",
    "JobCancelled",
    "JobState",
    "LeaseLost",
    "RunningJob",
    "cancel",
    "enqueue",
    "job_handler",
    "register_staff",
    "restart",
    "run",
    "sweep",
    "visible_to",
]
