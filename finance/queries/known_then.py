"""What the registers said at the end of an earlier month, for a look back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from ..domain.backtest import KnownThen
from ..domain.known_steps import PLACEMENT
from ..domain.months import Month
from .known import gather_known
from .movements import Outlook, first_day
from .registers import Registers


def known_at(look: Outlook, origin: Month, last: Month, *, paid: Collection[str]) -> KnownThen:
    """As known at the end of `origin`, of the months up to and including `last`. Products stand
    where they stand in the look of now: what it became is told by that division too."""
    then = look.from_past(first_day(origin + 1) - timedelta(days=1), first_day(last + 1))
    registers = Registers(look.region_id, then.registers_on)
    known = gather_known(then, registers, paid=paid)
    return KnownThen(
        indexation=registers.index_years(),
        steps=tuple(step for step in known.steps if step.kind != PLACEMENT),
        agreed=known.agreed,
    )
