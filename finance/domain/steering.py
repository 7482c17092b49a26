"""Verbs of income, indications, volumes, shifts and settlements."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Model, ProtectedError, Sum

from core.errors import DomainError
from core.formats import euro
from core.money import euros
from core.states.api import take
from core.states.models import Step
from regions.queries.access import access_of

from ..enums import SETTLEMENT, SHIFT, SettlementState, ShiftState
from ..models import Budget, BudgetShift, Settlement
from ..rules import check_can_manage_budgets
from .budgeting import check_segment_known

TABLES = {BudgetShift: SHIFT, Settlement: SETTLEMENT}
OPEN_STATES = {BudgetShift: ShiftState.PROPOSED, Settlement: SettlementState.DRAFT}


@transaction.atomic
def keep(*, row: Any, by: Any) -> Any:
    """Record or change a row. Effects: the row, validated; what was agreed does not change."""
    check_can_manage_budgets(by, row.region)
    if getattr(row, "segment", ""):
        check_segment_known(row.region, row.segment)
    _check_open(row)
    if isinstance(row, BudgetShift):
        _check_pair(row)
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def remove(*, row: Any, by: Any) -> None:
    check_can_manage_budgets(by, row.region)
    _check_open(row)
    try:
        row.delete()
    except ProtectedError as error:
        raise DomainError(
            "Dit wordt elders gebruikt en kan daarom niet weg. Haal eerst weg wat ernaar verwijst.",
            code="in-gebruik",
        ) from error


def is_open(row: Model) -> bool:
    """Whether a row may still change: nothing was decided about it."""
    expected = OPEN_STATES.get(type(row))
    return expected is None or row.state == expected  # type: ignore[attr-defined]


def _check_open(row: Model) -> None:
    if not is_open(row):
        raise DomainError(
            f"Dit is {row.get_state_display()} en verandert niet meer.",  # type: ignore[attr-defined]
            code="staat-vast",
        )


def _check_pair(shift: BudgetShift) -> None:
    """Both budgets are of the region, the same year, the same municipality and kind of care."""
    here, there = shift.from_budget, shift.to_budget
    if {here.region_id, there.region_id, shift.rule.region_id} != {shift.region_id}:
        raise DomainError("Kies begrotingen en een regel van deze regio.", code="andere-regio")
    names = ("year", "half", "municipality_id", "kind")
    if any(getattr(here, name) != getattr(there, name) for name in names):
        raise DomainError(
            "Verschuiven kan tussen twee begrotingen van hetzelfde jaar, dezelfde gemeente en "
            "dezelfde soort.",
            code="verschuiving-ongelijk",
        )


@transaction.atomic
def move(*, row: Any, move: str, by: Any, reason: str = "") -> Step:
    """One move of the row's table. Effects: the state and its step. A shift is agreed only as far
    as its rule allows."""
    check_can_manage_budgets(by, row.region)
    roles = access_of(by).roles_in(row.region_id)
    TABLES[type(row)].check(row.state, move, roles, reason)
    if isinstance(row, BudgetShift) and move == "agree":
        check_rule_allows(row)
    return take(
        row,
        TABLES[type(row)],
        move,
        by=by,
        roles=roles,
        tenant_id=row.region_id,
        reason=reason,
    )


def check_rule_allows(shift: BudgetShift) -> None:
    """The rule of the shift: its years, its lots, and how much of the given amount in a year."""
    rule = shift.rule
    # Of two people who agree at once the second sees what the first did.
    source = Budget.objects.select_for_update().get(pk=shift.from_budget_id)
    if not rule.holds_in(source.year):
        raise DomainError(f"De regel '{rule}' geldt niet in {source.year}.", code="regel-jaar")
    if rule.from_lot_id not in (None, source.lot_id) or rule.to_lot_id not in (
        None,
        shift.to_budget.lot_id,
    ):
        raise DomainError(
            f"De regel '{rule}' geldt niet tussen deze percelen.", code="regel-percelen"
        )
    most = euros(source.amount * rule.most_percent / 100)
    already = shifted_out(source, rule_id=rule.pk)
    if already + shift.amount > most:
        raise DomainError(
            f"De regel '{rule}' laat {euro(most)} toe uit deze begroting; daarvan is "
            f"{euro(already)} al verschoven. Kies ten hoogste {euro(most - already)}.",
            code="regel-te-veel",
        )


def shifted_out(budget: Budget, *, rule_id: int) -> Decimal:
    agreed = BudgetShift.objects.filter(
        from_budget=budget, rule=rule_id, state=ShiftState.AGREED
    ).aggregate(total=Sum("amount"))
    return agreed["total"] or Decimal(0)
