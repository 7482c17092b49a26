"""Verbs of budgets: record, adopt, amend. Given amounts are never written over."""

from typing import Any

from django.db import transaction

from core.errors import DomainError
from core.states.api import take
from regions.models import Region
from regions.queries.access import access_of

from ..enums import BUDGET, BudgetStatus
from ..models import Budget
from ..queries.extent import Extent
from ..rules import check_can_manage_budgets


@transaction.atomic
def record_budget(*, budget: Budget, region: Region, by: Any) -> Budget:
    """Record a budget as a document gives it.

    Effects: one row, validated with its constraints (ValidationError in Dutch).
    """
    check_can_manage_budgets(by, region)
    budget.region = region
    check_segment_known(region, budget.segment)
    budget.full_clean()
    _check_belongs(budget)
    budget.save()
    return budget


def _check_belongs(budget: Budget) -> None:
    town = budget.municipality
    if town and not Extent.of(budget.region_id).exists(budget.year, town.gm_code, ""):
        raise DomainError(
            f"{town.name} hoort in {budget.year} niet bij de regio. Kies een andere gemeente of "
            "een ander jaar.",
            code="gemeente-niet-in-regio",
        )


@transaction.atomic
def adopt_budget(*, budget: Budget, by: Any, reason: str = "") -> Budget:
    """A council adopts a proposal. Effects: the status; a later version becomes an amendment."""
    check_can_manage_budgets(by, budget.region)
    row = Budget.objects.select_for_update().get(pk=budget.pk)
    if row.is_decided:
        raise DomainError(
            f"Deze begroting is al {row.get_status_display()}. Leg een wijziging vast als nieuwe "
            "versie.",
            code="begroting-al-vastgesteld",
        )
    return _take(row, "amend" if row.version > 1 else "adopt", by, reason)


@transaction.atomic
def move_budget(*, budget: Budget, move: str, by: Any, reason: str = "") -> Budget:
    """One move of the table; adopting a later version than the first is amending."""
    check_can_manage_budgets(by, budget.region)
    if move in ("adopt", "amend"):
        return adopt_budget(budget=budget, by=by, reason=reason)
    return _take(budget, move, by, reason)


def _take(row: Budget, move: str, by: Any, reason: str) -> Budget:
    take(
        row,
        BUDGET,
        move,
        by=by,
        roles=access_of(by).roles_in(row.region_id),
        tenant_id=row.region_id,
        reason=reason,
        field="status",
    )
    return row


@transaction.atomic
def propose_change(*, budget: Budget, change: Budget, by: Any) -> Budget:
    """Record a change of a budget as the next version, a proposal until it is adopted.

    Effects: one row beside the old one; the old one keeps counting until the change is adopted.
    """
    check_can_manage_budgets(by, budget.region)
    versions = (
        Budget.objects.select_for_update()
        .order_by("version")
        .filter(
            region=budget.region,
            municipality=budget.municipality,
            segment=budget.segment,
            lot=budget.lot,
            subject=budget.subject,
            kind=budget.kind,
            year=budget.year,
            half=budget.half,
        )
    )
    newest = max(versions, key=lambda row: row.version)
    if newest.pk != budget.pk:
        raise DomainError(
            f"Van deze begroting is versie {newest.version} al vastgelegd. Ga van die versie uit.",
            code="begroting-niet-nieuwste",
        )
    for name in ("region", "municipality", "segment", "lot", "subject", "kind", "year", "half"):
        setattr(change, name, getattr(budget, name))
    change.version, change.status = newest.version + 1, BudgetStatus.PROPOSED
    change.fictitious = change.fictitious or budget.fictitious
    change.full_clean()
    change.save()
    return change


def check_segment_known(region: Region, segment: str) -> None:
    """A segment code must exist in one of the region's schemes."""
    known = set(region.schemes.values_list("segments__code", flat=True))
    if segment and segment not in known:
        raise DomainError(
            f"Segment '{segment}' staat in geen indeling van {region.name}. Kies een van: "
            f"{', '.join(sorted(code for code in known if code))}.",
            code="segment-onbekend",
        )
