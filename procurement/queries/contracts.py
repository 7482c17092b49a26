"""Contracts, for who may see them, and what holds on a day."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from core import clock
from core.states.models import Step
from core.ui import matches
from providers.models import Provider
from regions.enums import Role
from regions.models import Region
from regions.queries.access import access_of
from segments.models import Segment

from ..enums.contracts import ContractStatus, RevisionState
from ..models import (
    Clause,
    Contract,
    ContractProduct,
    ContractRevision,
    PlanSection,
    holding_on,
)
from ..states import REVISION


def visible_to(user: Any) -> QuerySet[Contract]:
    """All contracts for staff and executives of a region; a provider sees its own, no draft."""
    access = access_of(user)
    seen = Q(region__in=readable_region_ids(user))
    for region in access.region_ids:
        own = access.provider_organisations_in(region)
        if own:
            mine = Q(region=region, provider__organisation__in=own)
            seen |= mine & ~Q(status=ContractStatus.DRAFT)
    return Contract.objects.filter(seen).select_related("provider")


def revisions_visible_to(user: Any) -> QuerySet[ContractRevision]:
    """Those of visible contracts; a provider sees one from the day on which it was offered."""
    offered = Step.objects.filter(
        table=REVISION.code, move="offer", subject=Cast(OuterRef("pk"), CharField())
    )
    inside = Q(contract__region__in=readable_region_ids(user))
    answered = Q(state__in=(RevisionState.OFFERED, RevisionState.ACCEPTED, RevisionState.REFUSED))
    rows = ContractRevision.objects.filter(contract__in=visible_to(user))
    return rows.filter(inside | answered | Exists(offered))


def readable_region_ids(user: Any) -> frozenset[int]:
    """Regions whose whole contract register the user may read."""
    access = access_of(user)
    executives = (g.region_id for g in access.grants if g.role == Role.EXECUTIVE)
    return access.staff_region_ids | {region for region in executives if region is not None}


FOUND_BY = ("number", "name", "provider__name", "provider__agb_code")


def matching(rows: QuerySet[Contract], words: str) -> QuerySet[Contract]:
    """Contracts by number, name or provider; accents do not matter."""
    return matches(rows, words, FOUND_BY)


def running_on(rows: QuerySet[Contract], day: date) -> QuerySet[Contract]:
    """Contracts in force on a day, whatever happened to them afterwards."""
    return rows.filter(
        Q(end_date__isnull=True) | Q(end_date__gt=day),
        start_date__lte=day,
        status__in=ContractStatus.LIVE,
    )


def ending_soon(rows: QuerySet[Contract], days: int = 365) -> QuerySet[Contract]:
    """Running contracts of which the last day is within so many days; the first to end first."""
    today = clock.today()
    return (
        running_on(rows, today)
        .filter(end_date__lte=today + timedelta(days=days))
        .order_by("end_date", "pk")
    )


def products_on(contract: Contract, day: date) -> QuerySet[ContractProduct]:
    """The products that a contract covers on a day."""
    return contract.products.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day
    ).select_related("product")


def live_contracts_of(region: Region) -> QuerySet[Contract]:
    return running_on(Contract.objects.filter(region=region), clock.today())


def still_in_force(provider: Provider, segment: Segment | None = None) -> QuerySet[Contract]:
    """Contracts that go on: in force, and neither given notice of nor ended. Of a segment also
    those that name no segment."""
    rows = running_on(Contract.objects.filter(provider=provider), clock.today())
    rows = rows.exclude(status=ContractStatus.NOTICE).order_by("number")
    if segment is None:
        return rows
    return rows.filter(Q(segments=segment) | Q(segments__isnull=True)).distinct()


def tied_clauses(user: Any, sections: Iterable[PlanSection]) -> list[Clause]:
    """Clauses in running contracts that the user sees, by which a text of the region is agreed."""
    rows = holding_on(Clause.objects.filter(section__in=list(sections)), clock.today())
    rows = rows.filter(
        contract__in=visible_to(user), contract__status__in=ContractStatus.LIVE
    ).select_related("contract__provider", "contract__region", "section")
    return list(rows.order_by("contract__provider__sort_name", "contract__number", "pk"))
