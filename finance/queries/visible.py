"""Which rows of finance a user may see."""

from typing import Any

from django.db.models import Q, QuerySet

from regions.queries.access import access_of

from ..models import (
    AllocationKey,
    Budget,
    ExpectedTurn,
    IndexRule,
    Measure,
    ProjectionRun,
    SavingsSeries,
    Scenario,
)


def visible_region_ids(user: Any) -> list[int]:
    """Regions in which the user is more than a provider."""
    access = access_of(user)
    return [pk for pk in access.region_ids if not access.is_only_provider_in(pk)]


def staffed_region_ids(user: Any) -> frozenset[int]:
    """Regions of whose organisation the user is staff."""
    return access_of(user).staff_region_ids


def budgets_visible_to(user: Any) -> QuerySet[Budget]:
    """Budgets are public to councils: all of the regions where the user is more than provider."""
    rows = Budget.objects.filter(region__in=visible_region_ids(user))
    return rows.select_related("municipality", "region", "lot")


def savings_visible_to(user: Any) -> QuerySet[SavingsSeries]:
    rows = SavingsSeries.objects.filter(region__in=visible_region_ids(user))
    return rows.select_related("municipality", "region").prefetch_related("years")


def turns_visible_to(user: Any) -> QuerySet[ExpectedTurn]:
    """What a public document expects is for who sees budgets."""
    return ExpectedTurn.objects.filter(region__in=visible_region_ids(user))


def index_rules_visible_to(user: Any) -> QuerySet[IndexRule]:
    return IndexRule.objects.filter(region__in=visible_region_ids(user))


def projections_visible_to(user: Any) -> QuerySet[ProjectionRun]:
    """Projections of those regions; what of one may be shown says `visible_series`. The stored
    documents are large and come only when asked for."""
    rows = ProjectionRun.objects.filter(region__in=visible_region_ids(user))
    return rows.select_related("region", "scheme", "savings", "job", "created_by").defer(
        "inputs", "result"
    )


def keys_visible_to(user: Any) -> QuerySet[AllocationKey]:
    """Allocation keys are public to councils, as budgets are."""
    rows = AllocationKey.objects.filter(region__in=visible_region_ids(user))
    return rows.select_related("region").prefetch_related("fixed_shares__municipality")


def measures_visible_to(user: Any) -> QuerySet[Measure]:
    rows = Measure.objects.filter(region__in=visible_region_ids(user))
    return rows.select_related("region", "municipality")


def scenarios_visible_to(user: Any) -> QuerySet[Scenario]:
    """Drafts are for staff of the regional organisation; what was computed, for all of those
    regions; what of it may be shown says `visible_series`."""
    staff = [pk for pk in visible_region_ids(user) if access_of(user).is_staff_of(pk)]
    rows = Scenario.objects.filter(
        Q(region__in=staff) | Q(region__in=visible_region_ids(user), result__isnull=False)
    )
    return rows.select_related("region", "projection", "job", "created_by", "copied_from").defer(
        "inputs", "result", "projection__inputs", "projection__result"
    )
