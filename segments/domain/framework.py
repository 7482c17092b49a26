"""Writing down what a region buys and wants."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from core.errors import DomainError
from regions.models import Region

from ..models import (
    CareCategory,
    DevelopmentTask,
    GoalIndicator,
    IndicatorDefinition,
    Movement,
    Product,
    ProductPlacement,
    Segment,
    SegmentGoal,
    SegmentParticipation,
    SegmentScheme,
    SegmentTrait,
    Target,
)
from ..rules import check_can_edit_framework

Row = (
    SegmentScheme
    | Segment
    | SegmentGoal
    | SegmentTrait
    | SegmentParticipation
    | DevelopmentTask
    | GoalIndicator
    | IndicatorDefinition
    | Product
    | ProductPlacement
    | CareCategory
    | Target
    | Movement
)


def region_of(row: Row) -> Region:
    """The region to which a row of the framework belongs."""
    match row:
        case SegmentScheme() | Product() | IndicatorDefinition():
            return row.region
        case (
            Segment() | SegmentTrait() | ProductPlacement() | CareCategory() | Target() | Movement()
        ):
            return row.scheme.region
        case SegmentGoal() | DevelopmentTask() | SegmentParticipation():
            return row.segment.scheme.region
        case GoalIndicator():
            return row.goal.segment.scheme.region


@transaction.atomic
def keep(*, row: Row, by: Any) -> Row:
    """Add or change a row of the framework. Raises ValidationError when a constraint refuses."""
    check_can_edit_framework(by, region_of(row))
    row.full_clean()
    row.save()
    return row


def remove(*, row: Row, by: Any) -> None:
    """Take a row away; one that figures or contracts rest on stays."""
    check_can_edit_framework(by, region_of(row))
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError as error:
        raise DomainError(
            f"‘{row}’ kan niet weg: er zijn contracten of cijfers die ernaar verwijzen. Geef "
            "liever een laatste dag op.",
            code="nog-in-gebruik",
        ) from error
