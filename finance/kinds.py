"""Kinds of rows about money beside the budgets, with pages made by core.ui.kinds."""

from typing import Any

from core.errors import NotAllowed
from core.ui import Place
from core.ui.kinds import Kind, register_choices, register_kind
from procurement.models import Contract, Lot
from procurement.queries import contracts
from providers.models import Provider
from providers.queries import providers
from regions.models import Region
from regions.queries.access import access_of

from .domain import steering
from .models import (
    Budget,
    BudgetShift,
    ExpectedTurn,
    IncomeFromState,
    ProviderIndication,
    Settlement,
    ShiftRule,
    VolumeTarget,
)
from .queries import steering as seen
from .queries.visible import budgets_visible_to, turns_visible_to
from .rules import check_can_manage_budgets

SOURCE = {"source": "In welk document dit staat."}


def _check(user: Any, region: Region, row: Any) -> None:
    check_can_manage_budgets(user, region)
    if not steering.is_open(row):
        raise NotAllowed("Dit staat vast en verandert niet meer.")


def _back(place: Place, row: Any) -> str:
    year = getattr(row, "year", None) or (
        row.from_budget.year if isinstance(row, BudgetShift) and row.from_budget_id else None
    )
    return place.url("money") + (f"?jaar={year}" if year else "")


def _roles(user: Any, row: Any) -> frozenset[str]:
    return access_of(user).roles_in(row.region_id)


def _add(code: str, noun: str, model: Any, fields: str, visible: Any, **rest: Any) -> None:
    table = steering.TABLES.get(model)
    register_kind(
        Kind(
            code=code,
            noun=noun,
            model=model,
            fields=tuple(fields.split()),
            visible=visible,
            check=_check,
            keep=steering.keep,
            remove=steering.remove,
            table=table,
            take=_take if table else None,
            roles=_roles if table else None,
            **{"help": SOURCE, "back": _back, "above": "Geld en afspraken", **rest},
        )
    )


def _take(*, row: Any, move: str, by: Any, reason: str = "") -> Any:
    return steering.move(row=row, move=move, by=by, reason=reason)


_add(
    "rijksinkomst", "rijksinkomst", IncomeFromState,
    "year municipality circular dated amount indexation status circa note source fictitious",
    seen.incomes_visible_to,
)  # fmt: skip
_add(
    "budgetindicatie", "budgetindicatie", ProviderIndication,
    "provider segment year amount note source fictitious", seen.indications_visible_to,
    help={**SOURCE, "amount": "Geen garantie en geen plafond.",
          "segment": "Code van het segment; leeg: alle."},
)  # fmt: skip
_add(
    "volumeafspraak", "volumeafspraak", VolumeTarget,
    "municipality segment year most note source fictitious", seen.volumes_visible_to,
    help={**SOURCE, "segment": "Code van het segment; leeg: alle."},
)  # fmt: skip
_add(
    "verschuivingsregel", "verschuivingsregel", ShiftRule,
    "name first_year last_year from_lot to_lot most_percent decided_by source fictitious",
    seen.shift_rules_visible_to,
)  # fmt: skip
_add(
    "verschuiving", "verschuiving", BudgetShift,
    "rule from_budget to_budget amount reason fictitious", seen.shifts_visible_to,
)  # fmt: skip
_add(
    "afrekening", "afrekening", Settlement,
    "contract segment year agreed margin delivered note fictitious", seen.settlements_visible_to,
)  # fmt: skip
_add(
    "omslagverwachting", "verwacht omslagpunt", ExpectedTurn, "year note source fictitious",
    turns_visible_to, above="Besparing en indexering",
    back=lambda place, row: place.url("savings"),
    help={**SOURCE, "year": "Het eerste jaar waarin de kosten niet meer stijgen."},
)  # fmt: skip
register_choices(Budget, lambda user, region: budgets_visible_to(user).filter(region=region))
register_choices(Lot, lambda user, region: Lot.objects.filter(region=region))
register_choices(Contract, lambda user, region: contracts.visible_to(user).filter(region=region))
register_choices(Provider, lambda user, region: providers.visible_to(user).filter(region=region))
