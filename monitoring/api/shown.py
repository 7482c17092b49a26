"""The newest figures of every half-year, as a reader may see them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from regions.queries.access import access_of

from ..models import FigureSet, IndicatorValue
from ..queries.figures import sets_visible_to
from ..queries.published import visible_values


def newest(sets: QuerySet[FigureSet]) -> QuerySet[FigureSet]:
    """The last set computed of every half-year of a region, in the half-year's own scheme."""
    same = FigureSet.objects.filter(
        region=OuterRef("region"), half_year=OuterRef("half_year"), is_own_scheme=True
    )
    last = same.order_by("-created_at", "-pk").values("pk")[:1]
    return sets.filter(pk=Subquery(last))


def values_visible_to(user: Any) -> QuerySet[IndicatorValue]:
    """Rows of the newest sets, `published.visible_values` of each; numbers that must stay hidden
    are masked by `hidden_from`."""
    staffed = access_of(user).staff_region_ids
    sets = newest(sets_visible_to(user))
    seen = Q(figure_set__in=sets.filter(region__in=staffed))
    for one in sets.exclude(region__in=staffed).select_related("region", "scheme"):
        seen |= Q(pk__in=visible_values(user, one).values("pk"))
    return IndicatorValue.objects.filter(seen)


def hidden_from(user: Any, set_ids: Iterable[int]) -> frozenset[int]:
    """Keys of values of these sets of which this user gets only the mark."""
    sets = FigureSet.objects.filter(pk__in=set(set_ids))
    others = sets.exclude(region__in=access_of(user).staff_region_ids)
    return frozenset(
        pk for one in others.select_related("region", "scheme") for pk in _marked(user, one)
    )


def _marked(user: Any, figure_set: FigureSet) -> Iterable[int]:
    values: Any = visible_values(user, figure_set)
    return values.filter(hidden=True).values_list("pk", flat=True)
