"""Rows of care as they were received, for who may see rows of single clients."""

from typing import Any

from django.db.models import QuerySet

from regions.queries.access import access_of

from ..models import (
    AllocationRecord,
    DeclarationLine,
    IndicatorDelivery,
    Instalment,
    Message,
    OutcomeMeasurement,
    StayPlacement,
    Trajectory,
)


def allocations_visible_to(user: Any) -> QuerySet[AllocationRecord]:
    """Staff of the regional organisation only; others work with aggregates."""
    return AllocationRecord.objects.filter(region_id__in=access_of(user).staff_region_ids)


def trajectories_visible_to(user: Any) -> QuerySet[Trajectory]:
    return Trajectory.objects.filter(region_id__in=access_of(user).staff_region_ids)


def lines_visible_to(user: Any) -> QuerySet[DeclarationLine]:
    return DeclarationLine.objects.filter(region_id__in=access_of(user).staff_region_ids)


def outcomes_visible_to(user: Any) -> QuerySet[OutcomeMeasurement]:
    return OutcomeMeasurement.objects.filter(region_id__in=access_of(user).staff_region_ids)


def stays_visible_to(user: Any) -> QuerySet[StayPlacement]:
    return StayPlacement.objects.filter(region_id__in=access_of(user).staff_region_ids)


def messages_visible_to(user: Any) -> QuerySet[Message]:
    """Headers of messages: they name no client."""
    return Message.objects.filter(region_id__in=access_of(user).staff_region_ids)


def instalments_visible_to(user: Any) -> QuerySet[Instalment]:
    return Instalment.objects.filter(region_id__in=access_of(user).staff_region_ids)


def deliveries_visible_to(user: Any) -> QuerySet[IndicatorDelivery]:
    """A provider's counts; they can be small, so others see them in figures only."""
    return IndicatorDelivery.objects.filter(region_id__in=access_of(user).staff_region_ids)
