"""Which figures the API gives whom, and which it masks."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from django.db.models import OuterRef, Q, QuerySet, Subquery

from providers.models import Provider
from regions.queries.access import Access, access_of

from ..enums import Cell
from ..models import FigureSet, IndicatorValue
from ..queries.published import hidden_for_councils, said_to_councils

DIMENSIONS = ("municipality", "segment", "category", "provider")
A_DAY = 24 * 3600


def sets_visible_to(user: Any) -> QuerySet[FigureSet]:
    """Sets of figures of the user's regions; what of them is shown is another question."""
    return FigureSet.objects.filter(region__in=access_of(user).region_ids)


def newest(sets: QuerySet[FigureSet]) -> QuerySet[FigureSet]:
    """The last set computed of every half-year of a region, in the half-year's own scheme."""
    same = FigureSet.objects.filter(
        region=OuterRef("region"), half_year=OuterRef("half_year"), is_own_scheme=True
    )
    last = same.order_by("-created_at", "-pk").values("pk")[:1]
    return sets.filter(pk=Subquery(last))


def values_visible_to(user: Any) -> QuerySet[IndicatorValue]:
    """Staff see every value of the newest sets. Others see what councils are told, their own
    municipality, and providers their own cells; numbers that must stay hidden are masked by
    `hidden_from`."""
    access = access_of(user)
    sets = newest(sets_visible_to(user))
    seen = Q(figure_set__region__in=access.staff_region_ids)
    for region_id in access.region_ids - access.staff_region_ids:
        seen |= Q(figure_set__region=region_id) & _shown_in(access, region_id, sets)
    return IndicatorValue.objects.filter(seen, figure_set__in=sets)


def _shown_in(access: Access, region_id: int, sets: QuerySet[FigureSet]) -> Q:
    own = own_cells(access, region_id)
    schemes = sets.filter(region=region_id).order_by("scheme").distinct("scheme")
    for one in schemes.select_related("scheme"):
        for kind, codes in said_to_councils(one.scheme).items():
            own |= Q(_of_kind(kind), figure_set__scheme=one.scheme_id, code__in=codes)
    return own


def _of_kind(kind: Cell) -> Q:
    found = Q()
    for name in DIMENSIONS:
        empty = Q(**{name: ""})
        found &= ~empty if name in kind.value else empty
    return found


def own_cells(access: Access, region_id: int) -> Q:
    """Cells of the user's own municipality, and of the user's own organisation as provider."""
    codes = Provider.objects.filter(
        region=region_id, organisation__in=access.provider_organisations_in(region_id)
    ).values_list("agb_code", flat=True)
    return Q(municipality__in=access.municipalities_in(region_id), provider="") | Q(
        provider__in=list(codes)
    )


def hidden_from(user: Any, set_ids: Iterable[int]) -> frozenset[int]:
    """Keys of values whose numbers this user does not get; the user's own cells are not masked."""
    access, hidden = access_of(user), frozenset[int]()
    by_region: dict[int, list[FigureSet]] = defaultdict(list)
    for one in FigureSet.objects.filter(pk__in=set(set_ids)).select_related("region", "scheme"):
        if not access.is_staff_of(one.region_id):
            by_region[one.region_id].append(one)
    for region_id in by_region:
        masked = _masked_for_councils(region_id)
        own = IndicatorValue.objects.filter(own_cells(access, region_id), pk__in=masked)
        hidden |= masked - frozenset(own.values_list("pk", flat=True))
    return hidden


def _masked_for_councils(region_id: int) -> frozenset[int]:
    """Of all newest sets of a region together: laid side by side they may give nothing away."""
    sets = newest(FigureSet.objects.filter(region=region_id))
    published = list(sets.select_related("region", "scheme").order_by("half_year"))
    if not published:
        return frozenset()
    region = published[-1].region
    marks = "-".join(str(one.pk) for one in published)
    key = f"api.masked.{region_id}.{region.min_cases}.{region.min_providers}.{marks}"
    found: frozenset[int] | None = cache.get(key)
    if found is None:
        found = hidden_for_councils(published)
        cache.set(key, found, A_DAY)
    return found
