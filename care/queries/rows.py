"""Rows of care as they were received, for who may see rows of single clients."""

from typing import Any

from django.db.models import QuerySet

from regions.queries.access import access_of

from ..models import AllocationRecord, DeclarationLine, Trajectory


def allocations_visible_to(user: Any) -> QuerySet[AllocationRecord]:
    """Staff of the regional organisation only; others work with aggregates."""
    return AllocationRecord.objects.filter(region_id__in=access_of(user).staff_region_ids)


def trajectories_visible_to(user: Any) -> QuerySet[Trajectory]:
    return Trajectory.objects.filter(region_id__in=access_of(user).staff_region_ids)


def lines_visible_to(user: Any) -> QuerySet[DeclarationLine]:
    return DeclarationLine.objects.filter(region_id__in=access_of(user).staff_region_ids)
