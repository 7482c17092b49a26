"""What the system itself does with a deviation when its findings change: lapse, or come back."""

from decimal import Decimal
from typing import Any

from core import clock
from core.states.api import take

from ..deviation_enums import DEVIATION, DeviationState
from ..models import Deviation

NOTHING_LEFT = "De regels zijn gecorrigeerd of wijken niet meer af."
MORE_FOUND = "Er wijkt meer af dan bij het besluit."


def follow(rows: Any) -> None:
    """Move the deviations whose amount asks for it. Effects: at most one step each."""
    for row in rows.filter(state__in=DeviationState.OPEN, amount=0):
        _move(row, "lapse", NOTHING_LEFT, decided_amount=Decimal(0))
    for row in rows.filter(state__in=DeviationState.CLOSED).exclude(amount=0):
        if _is_more(row.amount, row.decided_amount or Decimal(0)):
            _move(row, "recur", MORE_FOUND)


def _is_more(amount: Decimal, decided: Decimal) -> bool:
    """Further from zero than what was decided about, or on the other side of it."""
    return amount > max(decided, Decimal(0)) if amount > 0 else amount < min(decided, Decimal(0))


def _move(row: Deviation, move: str, reason: str, **values: Any) -> None:
    take(row, DEVIATION, move, by=None, roles=None, tenant_id=row.region_id, reason=reason)
    Deviation.objects.filter(pk=row.pk).update(moved_on=clock.today(), **values)
