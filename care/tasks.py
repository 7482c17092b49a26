"""Doorbells of care."""

import structlog
from celery import shared_task

from regions.models import Region

from .domain.proof import check_rollups

log = structlog.get_logger()


@shared_task(name="care.prove")
def ring_prove() -> int:
    """Every night: what is kept run by run equals what the records say anew.

    How many regions differ; the log says in what.
    """
    wrong = 0
    for region_id in Region.objects.values_list("pk", flat=True):
        differences = check_rollups(region_id=region_id)
        if any(differences.values()):
            wrong += 1
            log.error("care_rollups_differ", region_id=region_id, **differences)
    return wrong
