"""What the schedule asks of intake."""

from celery import shared_task

from . import expiring


@shared_task(name="intake.expire")
def expire() -> None:
    expiring.expire()
