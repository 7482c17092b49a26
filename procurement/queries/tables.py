"""Development tables, for who may see them.

The table, its issues, outcomes and promises are for everybody in the region but the providers that
do not sit at it. What is said at it (meetings, agenda, where each member stands) is for who sits
at it: the members, the region's own people, and the executives, who rule where consensus fails.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from regions.enums import Role
from regions.queries.access import access_of, regions_visible_to

from ..enums.policy import INSIDERS
from ..models import (
    Commitment,
    DevelopmentTable,
    TableIssue,
    TableMember,
    TablePosition,
)

AT_THE_TABLE = (*INSIDERS, Role.EXECUTIVE)


def outsider_region_ids(user: Any) -> frozenset[int]:
    """Regions in which the user is only a provider."""
    access = access_of(user)
    return frozenset(r for r in access.region_ids if access.is_only_provider_in(r))


def tables_visible_to(user: Any) -> QuerySet[DevelopmentTable]:
    """Who is only a provider sees the tables at which it sits."""
    outside = outsider_region_ids(user)
    seen = ~Q(region__in=outside) | _sits_at(user, outside)
    rows = DevelopmentTable.objects.filter(region__in=regions_visible_to(user))
    return rows.filter(seen).distinct()


def tables_attended_by(user: Any) -> QuerySet[DevelopmentTable]:
    """The tables of which the user may read what is said."""
    access = access_of(user)
    inside = {g.region_id for g in access.grants if g.role in AT_THE_TABLE and g.region_id}
    seen = Q(region__in=inside) | _sits_at(user, access.region_ids)
    return DevelopmentTable.objects.filter(seen).distinct()


def _sits_at(user: Any, region_ids: Iterable[int]) -> Q:
    """Tables of which an organisation of the user is a member."""
    access = access_of(user)
    found = Q(pk__in=())
    for region in region_ids:
        if own := access.provider_organisations_in(region):
            found |= Q(region=region, members__partner__organisation__in=own)
    return found


def members_visible_to(user: Any) -> QuerySet[TableMember]:
    return TableMember.objects.filter(table__in=tables_visible_to(user)).select_related("partner")


def issues_visible_to(user: Any) -> QuerySet[TableIssue]:
    return TableIssue.objects.filter(table__in=tables_visible_to(user))


def positions_visible_to(user: Any) -> QuerySet[TablePosition]:
    rows = TablePosition.objects.filter(issue__table__in=tables_attended_by(user))
    return rows.select_related("partner")


def commitments_visible_to(user: Any) -> QuerySet[Commitment]:
    return Commitment.objects.filter(table__in=tables_visible_to(user)).select_related("owner")
