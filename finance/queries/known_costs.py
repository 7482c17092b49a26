"""What care cost in twelve months, row by row, as far as decisions to come work on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.periods import add_months, first_of_month

from ..domain.known_steps import WHOLE, Rate, Shift
from ..domain.measures import Cell
from ..domain.months import Month
from .known_terms import Spot
from .movements import PLACED, SEEN, UNPLACED, View, payments, rows_of

COSTS = f"""
{PLACED}
SELECT m.municipality, coalesce(place.segment, '{UNPLACED}'), m.product, m.unit, m.provider,
    sum(m.amount_cents)::bigint
{SEEN}
    AND m.care_month >= %(care_from)s AND m.care_month < %(care_to)s
GROUP BY 1, 2, 3, 4, 5
HAVING sum(m.amount_cents) > 0
ORDER BY 1, 2, 3, 4, 5
"""

YOUNG = 2
"""So many of the last months are left out: of who declares late they say too little."""


@dataclass
class Cost:
    """Cents of twelve months; they follow the steps, so that a later step works on what
    an earlier one left. Instalments have no product."""

    municipality: str
    segment: str
    product: str
    unit: str
    provider: str
    cents: Fraction

    @property
    def cell(self) -> Cell:
        return self.municipality, self.segment

    @property
    def spot(self) -> Spot:
        return self.provider, self.municipality, self.product, self.unit


class Costs:
    """All rows of a region, as a projection knew them."""

    def __init__(self, rows: Iterable[Cost]) -> None:
        self.rows = list(rows)

    @classmethod
    def of(cls, view: View) -> Costs:
        end = add_months(first_of_month(view.as_of), 1 - YOUNG)
        start = add_months(end, -12)
        params = {**view.params, "care_from": start, "care_to": end}
        rows: list[tuple[str, str, str, str, str, int]] = rows_of(COSTS, params)
        found = [
            Cost(place, segment, product, unit, provider, Fraction(cents))
            for place, segment, product, unit, provider, cents in rows
        ]
        paid: dict[tuple[str, str, str], int] = defaultdict(int)
        for payment in payments(view):
            for month, cents in payment.months():
                if start <= month < end:
                    paid[payment.municipality, payment.segment, payment.provider] += cents
        found += [
            Cost(place, segment, "", "", provider, Fraction(cents))
            for (place, segment, provider), cents in sorted(paid.items())
            if cents > 0
        ]
        return cls(found)

    def change(self, factors: Sequence[tuple[Cost, Fraction]], first: Month) -> tuple[Rate, ...]:
        """Each row so much dearer, as parts of the cells. Effects: the rows are."""
        totals, parts = self._totals(), defaultdict[Cell, Fraction](Fraction)
        for row, factor in factors:
            parts[row.cell] += row.cents * factor
            row.cents *= 1 + factor
        return tuple(
            Rate(*cell, first, round(WHOLE * part / totals[cell]))
            for cell, part in sorted(parts.items())
            if part and totals[cell]
        )

    def carry(self, product: str, target: str, first: Month) -> tuple[Shift, ...]:
        """A product to another segment, as parts of the cells. Effects: the rows move."""
        totals, parts = self._totals(), defaultdict[Cell, Fraction](Fraction)
        for row in self.rows:
            if row.product == product and row.segment != target:
                parts[row.cell] += row.cents
                row.segment = target
        return tuple(
            Shift(*cell, target, first, round(WHOLE * part / totals[cell]))
            for cell, part in sorted(parts.items())
            if part
        )

    def _totals(self) -> dict[Cell, Fraction]:
        totals: dict[Cell, Fraction] = defaultdict(Fraction)
        for row in self.rows:
            totals[row.cell] += row.cents
        return totals
