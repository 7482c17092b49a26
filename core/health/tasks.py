"""A sign of life that only a working worker can give, and a daily tidying."""

from celery import shared_task
from celery.signals import worker_ready
from django.core.management import call_command

from . import domain


@shared_task(name="health.canary")
def sing() -> None:
    domain.record_canary()


@worker_ready.connect
def sing_at_start(**_: object) -> None:
    """Do not let monitoring wait for the first tick of the schedule."""
    sing.delay()


@shared_task(name="health.tidy")
def tidy() -> None:
    """Remove sessions that have ended."""
    call_command("clearsessions")
