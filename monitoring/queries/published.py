"""Which values a reader may see: the one door to figures for pages, editions, files and API."""

from collections.abc import Sequence
from typing import Any

from django.db.models import BigIntegerField, BooleanField, Case, F, Func, Q, QuerySet, Value, When

from providers.models import Provider
from regions.enums import Role
from regions.queries.access import Access, access_of

from ..domain.protecting import protect_for_councils, said_to_councils
from ..models import FigureSet, IndicatorValue, SuppressionResult

OF_COUNCILS = (Role.COUNCIL_MEMBER, Role.COUNCIL_CLERK)
DIMENSIONS = ("municipality", "segment", "category", "provider")

__all__ = [
    "hidden_for_councils",
    "own_cells",
    "said_to_councils",
    "shown_to_councils",
    "told_to_councils",
    "visible_values",
]


def hidden_for_councils(sets: Sequence[FigureSet]) -> frozenset[int]:
    """Ids of values of cells without provider that councils do not get.

    All editions for councils of the region and all pages say the same values of `sets`, one set
    per half-year, next to each other: they are protected as one publication. Worked out once (a
    few seconds to half a minute: in a job) and kept.
    """
    if not sets:
        return frozenset()
    shown = set(protect_for_councils(sets).shown)
    rows = IndicatorValue.objects.filter(figure_set__in=sets, provider="")
    return frozenset(pk for pk in rows.values_list("pk", flat=True) if pk not in shown)


def visible_values(user: Any, figure_set: FigureSet) -> QuerySet[IndicatorValue]:
    """The values of a set, each with `hidden`: whether only the mark may be shown of it.

    Staff of the regional organisation see everything; a municipality its own cells and a provider
    its own; of the rest they, and everyone else with a role in the region, see what councils see.
    What councils are not told at all is left out, cells of other providers among it. Never sort
    or filter on the numbers of hidden values.
    """
    region_id = figure_set.region_id
    values = IndicatorValue.objects.filter(figure_set=figure_set)
    access = access_of(user)
    if access.is_staff_of(region_id):
        return _marked(values, shown=Q())
    if not (access.is_application_admin or region_id in access.region_ids):
        return _marked(values.none(), shown=Q())
    own = own_cells(access, region_id)
    council = Q(pk__in=_ids_shown_to_councils(figure_set))
    return _marked(values.filter(own | _said(figure_set)), shown=council | own)


def told_to_councils(figure_set: FigureSet) -> QuerySet[IndicatorValue]:
    """The values that councils get with their numbers: what everybody may read."""
    values = IndicatorValue.objects.filter(figure_set=figure_set)
    return values.filter(_said(figure_set), pk__in=_ids_shown_to_councils(figure_set))


def _said(figure_set: FigureSet) -> Q:
    """The figures that councils get, or get the mark for."""
    said = Q(pk__in=())
    for cell, codes in said_to_councils(figure_set.scheme).items():
        empty = {name: "" for name in DIMENSIONS if name not in cell.value}
        filled = Q(*(~Q(**{name: ""}) for name in cell.value))
        said |= Q(filled, code__in=codes, **empty)
    return said


def own_cells(access: Access, region_id: int) -> Q:
    """The cells that are a municipality's or a provider's own.

    A council is told what its edition says, of its own municipality too: what it gets is public.
    """
    organisations = access.provider_organisations_in(region_id)
    codes = Provider.objects.filter(region_id=region_id, organisation_id__in=organisations)
    municipalities = {
        grant.gm_code
        for grant in access.grants
        if grant.region_id == region_id and grant.gm_code and grant.role not in OF_COUNCILS
    }
    return Q(municipality__in=municipalities, provider="") | Q(
        provider__in=codes.values("agb_code")
    )


def _marked(values: QuerySet[IndicatorValue], *, shown: Q) -> QuerySet[IndicatorValue]:
    """Every value is hidden that `shown` does not name; an empty Q names all."""
    mark = Case(When(shown, then=False), default=True) if shown else Value(False)
    return values.annotate(hidden=_boolean(mark))


def _boolean(mark: Case | Value) -> Case | Value:
    mark.output_field = BooleanField()
    return mark


def shown_to_councils(figure_set: FigureSet) -> list[int]:
    """By the newest answer under the thresholds of today; nothing while there is none.

    The job that computes figures works it out; it is asked for again after a change of thresholds.
    """
    return [row["shown_id"] for row in _ids_shown_to_councils(figure_set)]


def _ids_shown_to_councils(figure_set: FigureSet) -> QuerySet[SuppressionResult, Any]:
    """The same as a subquery: thousands of ids that need not leave the database."""
    region = figure_set.region
    results = SuppressionResult.objects.filter(
        figure_sets=figure_set, min_cases=region.min_cases, min_providers=region.min_providers
    )
    newest = results.order_by("-created_at", "-pk").values("pk")[:1]
    one_by_one = Func(F("shown"), function="unnest", output_field=BigIntegerField())
    return SuppressionResult.objects.filter(pk__in=newest).order_by().values(shown_id=one_by_one)
