"""What the registers already say of the time to come, as steps for a projection.

Agreed amounts, tariffs and rounds of indexation, contracts that begin and end, products that get
another place, municipalities that leave, and measures that were agreed. What was undone or still
has to be agreed is no decision.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from ..domain.known_steps import AgreedMeasures, KnownStep
from .known_agreements import Agreements
from .known_amounts import amount_steps
from .known_contracts import end_steps, start_steps
from .known_costs import Costs
from .known_measures import known_measures
from .known_places import known_placements, leaving_municipalities
from .known_prices import price_steps
from .movements import Outlook
from .registers import Registers


class KnownDecisions(NamedTuple):
    steps: tuple[KnownStep, ...]
    agreed: AgreedMeasures | None


def gather_known(
    look: Outlook, registers: Registers, *, paid: Collection[str] = ()
) -> KnownDecisions:
    """Everything known that starts after the as-of month and before the end of the projection;
    `paid` are the segments that are paid in instalments only."""
    measures, agreed = known_measures(look, registers)
    amounts = amount_steps(look, registers, paid)
    return KnownDecisions((*amounts, *_dated(look, registers), *measures), agreed)


def _dated(look: Outlook, registers: Registers) -> Iterator[KnownStep]:
    """Day by day, for each step works on what the one before it left."""
    costs = Costs.of(look)
    agreements = Agreements(look, registers, costs)
    places = known_placements(look, registers)
    leaving = leaving_municipalities(look, registers)
    for day in sorted({*agreements.known.days, *places, *leaving}):
        yield from _agreed(agreements, day)
        for take in (*places.get(day, ()), *leaving.get(day, ())):
            if step := take(costs):
                yield step


def _agreed(book: Agreements, day: date) -> list[KnownStep]:
    if day not in book.known.days:
        return []
    ends, prices = [], []
    for row in book.costs.rows:
        if not row.product:
            continue
        before, now = book.known.before(row.spot, day), book.known.on(row.spot, day)
        if before.held and not now.held:
            if not book.goes_on(before):
                ends.append(row)
        elif before.tariff and now.tariff and before.tariff != now.tariff:
            prices.append(row)
    return [*price_steps(book, day, prices), *end_steps(book, day, ends), *start_steps(book, day)]
