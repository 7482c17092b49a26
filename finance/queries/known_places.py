"""Products that get another place, and municipalities that leave the region."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from core.formats import date_long
from regions.models import Municipality
from segments.models import Product, ProductPlacement

from ..domain.known_steps import MEMBERSHIP, PLACEMENT, WHOLE, KnownStep, Shift, StepLine
from .known_costs import Costs
from .movements import UNPLACED, Outlook, first_month
from .registers import Registers

Step = Callable[[Costs], KnownStep | None]
Steps = dict[date, list[Step]]


def known_placements(look: Outlook, registers: Registers) -> Steps:
    """Per day, for the products that stand elsewhere from then on, the step; products without
    costs change nothing."""
    rows = [row for row in registers.placements() if row.scheme_id == look.scheme_id]
    names = dict(Product.objects.filter(region=look.region_id).values_list("code", "name"))
    moves: dict[date, list[_Move]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.valid_from, row.product_code)):
        before = _segment_before(row, rows)
        if look.as_of < row.valid_from < look.until and (before != row.segment.code):
            code = row.product_code
            name = f"{code} {names.get(code, '')}".strip()
            moves[row.valid_from].append(_Move(code, name, before, row.segment.code))
    source = f"placements:{look.scheme_id}"
    return {day: [_placed(day, source, own)] for day, own in moves.items()}


class _Move(NamedTuple):
    product: str
    name: str
    before: str
    after: str


def _segment_before(row: ProductPlacement, rows: Sequence[ProductPlacement]) -> str:
    """Where the product stood until the day on which it gets this place."""
    for one in rows:
        ended = one.valid_to is not None and one.valid_to < row.valid_from
        if one.product_code == row.product_code and one.valid_from < row.valid_from and not ended:
            return one.segment.code
    return UNPLACED


def _placed(day: date, source: str, moves: list[_Move]) -> Step:
    def step(costs: Costs) -> KnownStep | None:
        lines: list[StepLine] = []
        shifts: tuple[Shift, ...] = ()
        for move in moves:
            cents = sum((o.cents for o in costs.rows if o.product == move.product), Fraction(0))
            moved = costs.carry(move.product, move.after, first_month(day))
            if moved:
                shifts += moved
                place = "geen segment" if move.before == UNPLACED else f"segment {move.before}"
                label = f"{move.name}: van {place} naar segment {move.after}"
                lines.append(StepLine(label, source, round(cents), 0))
        if not lines:
            return None
        first = f"{lines[0].label[0].upper()}{lines[0].label[1:]}"
        name = first if len(lines) == 1 else f"{len(lines)} producten veranderen van segment"
        return KnownStep(
            PLACEMENT, source, name, day.isoformat(), shifts=shifts, lines=tuple(lines)
        )

    return step


def leaving_municipalities(look: Outlook, registers: Registers) -> Steps:
    """Per day, for every municipality that is no longer in the region from then on, the step."""
    rows = registers.memberships()
    begins = {(row.municipality_id, row.valid_from) for row in rows}
    found: Steps = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.municipality.name):
        day = row.valid_to
        if day is None or not look.as_of < day < look.until:
            continue
        if (row.municipality_id, day) not in begins:
            found[day].append(_left(row.municipality, day))
    return found


def _left(municipality: Municipality, day: date) -> Step:
    def step(costs: Costs) -> KnownStep:
        own = [row for row in costs.rows if row.municipality == municipality.gm_code]
        cents = sum((row.cents for row in own), Fraction(0))
        last = date_long(day - timedelta(days=1))
        line = StepLine("alle zorg van deze gemeente", "", round(cents), -WHOLE)
        return KnownStep(
            MEMBERSHIP,
            "memberships:",
            f"{municipality.name} hoort tot en met {last} bij de regio",
            day.isoformat(),
            rates=costs.change([(row, Fraction(-1)) for row in own], first_month(day)),
            lines=(line,),
        )

    return step
