"""Products that get another place, and municipalities that leave the region."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from django.db.models import Q

from core.formats import date_long
from regions.models import Municipality, RegionMembership
from segments.models import Product, ProductPlacement

from ..domain.known_steps import MEMBERSHIP, PLACEMENT, WHOLE, KnownStep, Shift, StepLine
from ..models import ProjectionRun
from .known_costs import Costs
from .movements import UNPLACED, month_number

Step = Callable[[Costs], KnownStep | None]
Steps = dict[date, list[Step]]


def known_placements(run: ProjectionRun) -> Steps:
    """Per day, for the products that stand elsewhere from then on, the step; products without
    costs change nothing."""
    rows = ProductPlacement.objects.filter(
        scheme=run.scheme_id, valid_from__gt=run.as_of + timedelta(days=1), valid_from__lt=run.until
    ).select_related("segment")
    names = dict(Product.objects.filter(region=run.region_id).values_list("code", "name"))
    moves: dict[date, list[_Move]] = defaultdict(list)
    for row in rows.order_by("valid_from", "product_code"):
        before = _segment_before(row)
        if before != row.segment.code:
            code = row.product_code
            name = f"{code} {names.get(code, '')}".strip()
            moves[row.valid_from].append(_Move(code, name, before, row.segment.code))
    source = f"placements:{run.scheme_id}"
    return {day: [_placed(day, source, own)] for day, own in moves.items()}


class _Move(NamedTuple):
    product: str
    name: str
    before: str
    after: str


def _segment_before(row: ProductPlacement) -> str:
    day = row.valid_from - timedelta(days=1)
    held = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    rows = ProductPlacement.objects.filter(
        held, scheme=row.scheme_id, product_code=row.product_code, valid_from__lte=day
    )
    return rows.values_list("segment__code", flat=True).first() or UNPLACED


def _placed(day: date, source: str, moves: list[_Move]) -> Step:
    def step(costs: Costs) -> KnownStep | None:
        lines: list[StepLine] = []
        shifts: tuple[Shift, ...] = ()
        for move in moves:
            cents = sum((o.cents for o in costs.rows if o.product == move.product), Fraction(0))
            moved = costs.carry(move.product, move.after, _first(day))
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


def leaving_municipalities(run: ProjectionRun) -> Steps:
    """Per day, for every municipality that is no longer in the region from then on, the step."""
    rows = RegionMembership.objects.filter(
        region=run.region_id, valid_to__gt=run.as_of + timedelta(days=1), valid_to__lt=run.until
    ).select_related("municipality")
    found: Steps = defaultdict(list)
    for row in rows.order_by("valid_to", "municipality__name"):
        day = row.valid_to
        if day is None:
            continue
        goes_on = RegionMembership.objects.filter(
            region=run.region_id, municipality=row.municipality_id, valid_from=day
        )
        if not goes_on.exists():
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
            rates=costs.change([(row, Fraction(-1)) for row in own], _first(day)),
            lines=(line,),
        )

    return step


def _first(day: date) -> int:
    return month_number(day) + (day.day > 15)
