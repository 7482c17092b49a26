"""What a region buys and wants, for who may see it: everyone with a role in the region."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from core import clock
from regions.models import Region
from regions.queries.access import regions_visible_to

from ..models import (
    CareCategory,
    GoalIndicator,
    Movement,
    Product,
    ProductPlacement,
    Segment,
    SegmentGoal,
    SegmentParticipation,
    SegmentScheme,
)

Cell = tuple[Segment, SegmentParticipation | None]


def schemes_visible_to(user: Any) -> QuerySet[SegmentScheme]:
    return SegmentScheme.objects.filter(region__in=regions_visible_to(user))


def segments_visible_to(user: Any) -> QuerySet[Segment]:
    return Segment.objects.filter(scheme__region__in=regions_visible_to(user))


def products_visible_to(user: Any) -> QuerySet[Product]:
    return Product.objects.filter(region__in=regions_visible_to(user))


def movements_visible_to(user: Any) -> QuerySet[Movement]:
    return Movement.objects.filter(scheme__region__in=regions_visible_to(user))


def categories_visible_to(user: Any) -> QuerySet[CareCategory]:
    return CareCategory.objects.filter(scheme__region__in=regions_visible_to(user))


def scheme_to_show(region: Region, day: date | None = None) -> SegmentScheme | None:
    """The scheme in force on a day (today); else the first that is coming; else the last."""
    today = day or clock.today()
    schemes = list(SegmentScheme.objects.filter(region=region).order_by("valid_from"))
    in_force = (
        s for s in schemes if s.valid_from <= today and (not s.valid_to or s.valid_to > today)
    )
    coming = (s for s in schemes if s.valid_from > today)
    return next(in_force, None) or next(coming, None) or (schemes[-1] if schemes else None)


def segments_with_counts(scheme: SegmentScheme) -> QuerySet[Segment]:
    """The segments of a scheme with `goal_count`, sub-goals left out."""
    goals = Count("goals", filter=Q(goals__parent__isnull=True), distinct=True)
    return scheme.segments.annotate(goal_count=goals)


def goals_of(segment: Segment) -> QuerySet[SegmentGoal]:
    """The main goals of a segment with their sub-goals and indicators."""
    links = GoalIndicator.objects.select_related("indicator").order_by("order", "pk")
    sub_goals = SegmentGoal.objects.prefetch_related(Prefetch("indicators", queryset=links))
    return segment.goals.filter(parent__isnull=True).prefetch_related(
        Prefetch("indicators", queryset=links), Prefetch("sub_goals", queryset=sub_goals)
    )


def goals_in(scheme: SegmentScheme) -> QuerySet[SegmentGoal]:
    """All goals of a scheme, sub-goals too, with what they are followed by."""
    links = GoalIndicator.objects.select_related("indicator").order_by("order", "pk")
    goals = SegmentGoal.objects.filter(segment__scheme=scheme).select_related("segment", "parent")
    return goals.prefetch_related(Prefetch("indicators", queryset=links))


def placements_on(scheme: SegmentScheme, day: date) -> QuerySet[ProductPlacement]:
    """Where products stand on a day."""
    return (
        scheme.placements.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
        .filter(valid_from__lte=max(day, scheme.valid_from))
        .select_related("segment")
    )


def participation_matrix(
    scheme: SegmentScheme, municipalities: Iterable[Any]
) -> tuple[list[Segment], list[tuple[Any, list[Cell]]]]:
    """Segments as columns, municipalities as rows; None in a cell means taking part fully."""
    segments = list(scheme.segments.all())
    rows = SegmentParticipation.objects.filter(segment__scheme=scheme).select_related(
        "municipality"
    )
    cells = {(row.municipality_id, row.segment_id): row for row in rows}
    table = [
        (municipality, [(s, cells.get((municipality.pk, s.pk))) for s in segments])
        for municipality in municipalities
    ]
    return segments, table
