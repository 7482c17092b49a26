"""Measures as effects on what drives cost: clients x duration x intensity x price, and mix.

A measure multiplies one driver by 1 + effect x reach. Reach runs from 0 to 1: nothing before the
first month plus delay, then in equal steps over the ramp. Effects on inflow, duration and mix reach
cost only as fast as children in care are followed by others (`settled`). What had worked through
by the as-of month is in the declarations: later months are held against what it left. Factors
multiply, so the whole does not depend on the order; what each adds does, and that order is
declared: `DRIVERS`, within it the measure's own number, moves between kinds of care last.

An amount that is agreed stays as it is, whatever happens to the care under it: neither what works
there nor what moves in changes it. What moves out is paid where it goes. Only a measure that is
about the agreement itself (`changes_agreed`) changes the amount.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from finance.domain.months import Month

Floats = NDArray[np.float64]

INFLOW, DURATION, INTENSITY, PRICE, MIX = "inflow", "duration", "intensity", "price", "mix"
DRIVERS = (INFLOW, DURATION, INTENSITY, PRICE, MIX)
SLOW = (INFLOW, DURATION, MIX)
USUAL_MONTHS = 12.0
POINTS = 10_000
# Where all had gone by the as-of month, nothing is left to divide by (nor to change).
LEAST_LEFT = 1e-6


@dataclass(frozen=True)
class Scope:
    """Where a measure works; '' is everywhere. `category` is a whole category or only its form of
    care ('verblijf', 'ambulant')."""

    municipality: str = ""
    segment: str = ""
    category: str = ""
    product: str = ""

    def holds(self, slot: Slot) -> bool:
        return (
            self.municipality in ("", slot.municipality)
            and self.segment in ("", slot.segment)
            and self.category in ("", slot.category, slot.category.rpartition("-")[2])
            and self.product in ("", slot.product)
        )


@dataclass(frozen=True)
class Slot:
    """A kind of care of one municipality with its cost in the last year, in cents."""

    municipality: str
    segment: str
    category: str
    product: str
    cents: int

    @property
    def cell(self) -> Cell:
        return self.municipality, self.segment


Cell = tuple[str, str]


@dataclass(frozen=True)
class MeasureInput:
    """Effects in hundredths of a percent of the driver at full reach; `low` and `high` are the
    limits of 80 %. Of a mix they say which part of the clients moves (never below nothing), and
    `ratio` what the new care costs of what comes free. `steps` of a phased introduction take the
    place of the ramp: from a month on so much of the effect, in hundredths of a percent."""

    code: str
    name: str
    driver: str
    scope: Scope
    first: Month
    delay: int
    ramp: int
    low: int
    central: int
    high: int
    order: int = 0
    target: Scope = Scope()
    ratio: int = 0
    steps: tuple[tuple[Month, int], ...] = ()
    changes_agreed: bool = False

    @property
    def is_mix(self) -> bool:
        return self.driver == MIX


def in_order(measures: Iterable[MeasureInput]) -> list[MeasureInput]:
    return sorted(measures, key=lambda one: (DRIVERS.index(one.driver), one.order, one.code))


def reach(measure: MeasureInput, months: Sequence[Month], as_of: Month) -> Floats:
    """How much further the measure works in each month than it did in `as_of`."""
    reached = np.array([_reached(measure, month) for month in (as_of, *months)])
    found: Floats = reached[1:] - reached[0]
    return found


def _reached(measure: MeasureInput, month: Month) -> float:
    """The part of the effect that is there in a month, delay and all."""
    if measure.steps:
        begun = [part for first, part in measure.steps if month >= first + measure.delay]
        return max(begun, default=0) / POINTS
    months = month - measure.first - measure.delay + 1
    return min(max(months / max(measure.ramp, 1), 0.0), 1.0)


def settled(reached: Floats, months_in_care: float) -> Floats:
    """The reach as it works through a group of which every month one in `months_in_care` is
    followed by another; at once where care lasts a month or less."""
    turnover = 1.0 / max(months_in_care, 1.0)
    level, found = 0.0, np.empty_like(reached)
    for place, wanted in enumerate(reached):
        level += (wanted - level) * turnover
        found[place] = level
    return found


class Group(NamedTuple):
    """Part of a cell on which the same measures work: places of the multiplying measures and of
    the moves, in the declared order."""

    factors: tuple[int, ...]
    moves: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """Which measures work where. `groups` of a cell with their shares (adding up to 1); `targets`
    of a move out of a cell, with what part goes where; `works` how much further than at the as-of
    month a measure has worked through in a segment, month by month; `begun` how far it had by
    then; `agreed` which part of what a cell costs is an agreed amount, of cells that have any."""

    measures: tuple[MeasureInput, ...]
    groups: dict[Cell, tuple[tuple[Group, float], ...]]
    targets: dict[tuple[Cell, int], tuple[tuple[Cell, float], ...]]
    works: dict[tuple[int, str], Floats]
    begun: dict[tuple[int, str], float]
    agreed: Mapping[Cell, Floats] = field(default_factory=dict)

    def touched(self, cell: Cell) -> bool:
        return any(group != Group((), ()) for group, _ in self.groups[cell])

    def stays(self, cell: Cell, result: Worked) -> NDArray[np.floating]:
        """What a group of a cell goes on costing, of 1."""
        if cell not in self.agreed:
            return result.stays
        agreed = self.agreed[cell][:, None].astype(result.stays.dtype)
        return agreed * result.agreed + (1 - agreed) * result.stays

    def counts(self, cell: Cell, place: int) -> Floats | None:
        """Which part of what a move brings into a cell it has to pay for, month by month; None
        where that is all of it."""
        if cell not in self.agreed or self.measures[place].changes_agreed:
            return None
        return 1 - self.agreed[cell]


def plan(
    measures: Sequence[MeasureInput],
    *,
    cells: Sequence[Cell],
    slots: Sequence[Slot],
    months: Sequence[Month],
    as_of: Month,
    months_in_care: dict[str, float],
    agreed: Mapping[Cell, Floats] | None = None,
) -> Plan:
    """Lay measures over cells. A cell without slots is one slot without category or product."""
    ordered = tuple(in_order(measures))
    by_cell: dict[Cell, list[Slot]] = defaultdict(list)
    for slot in slots:
        if slot.cents > 0:
            by_cell[slot.cell].append(slot)
    filled = {cell: by_cell[cell] or [Slot(*cell, "", "", 1)] for cell in cells}
    works, begun = {}, {}
    for place, one in enumerate(ordered):
        for segment in {segment for _, segment in cells}:
            lasts = months_in_care.get(segment, USUAL_MONTHS)
            works[place, segment], begun[place, segment] = _course(one, months, as_of, lasts)
    return Plan(
        measures=ordered,
        groups={cell: _groups(ordered, own) for cell, own in filled.items()},
        targets={
            (cell, place): _targets(one, cell, filled)
            for cell in cells
            for place, one in enumerate(ordered)
            if one.is_mix
        },
        works=works,
        begun=begun,
        agreed=agreed or {},
    )


def _course(
    one: MeasureInput, months: Sequence[Month], as_of: Month, months_in_care: float
) -> tuple[Floats, float]:
    """How much further it has worked through in each month than by `as_of`, and how far then."""
    start = min(as_of, one.first, *(first for first, _ in one.steps))
    reached = np.array([_reached(one, month) for month in (*range(start, as_of + 1), *months)])
    level = settled(reached, months_in_care) if one.driver in SLOW else reached
    begun = float(level[as_of - start])
    return level[as_of - start + 1 :] - begun, begun


def _groups(
    measures: Sequence[MeasureInput], slots: Sequence[Slot]
) -> tuple[tuple[Group, float], ...]:
    weights: dict[Group, int] = defaultdict(int)
    for slot in slots:
        here = [place for place, one in enumerate(measures) if one.scope.holds(slot)]
        group = Group(
            tuple(place for place in here if not measures[place].is_mix),
            tuple(place for place in here if measures[place].is_mix),
        )
        weights[group] += slot.cents
    total = sum(weights.values())
    return tuple((group, cents / total) for group, cents in sorted(weights.items()))


def _targets(
    measure: MeasureInput, cell: Cell, slots: dict[Cell, list[Slot]]
) -> tuple[tuple[Cell, float], ...]:
    """Cells of the same municipality that hold the target, by cost; else the cell itself."""
    weights: dict[Cell, int] = defaultdict(int)
    for other, own in slots.items():
        if other[0] == cell[0]:
            for slot in own:
                if measure.target.holds(slot) and not measure.scope.holds(slot):
                    weights[other] += slot.cents
    total = sum(weights.values())
    if not total:
        return ((cell, 1.0),)
    return tuple((other, cents / total) for other, cents in sorted(weights.items()))


class Worked(NamedTuple):
    """What stays in a group and what each of its moves takes elsewhere, of 1 before measures;
    shape (months, paths). `agreed` is what stays of an agreed amount."""

    stays: NDArray[np.floating]
    moved: dict[int, NDArray[np.floating]]
    agreed: NDArray[np.floating]


def worked(
    group: Group,
    segment: str,
    made: Plan,
    effects: NDArray[np.floating],
    *,
    only: int | None = None,
) -> Worked:
    """A group under its measures; `effects` has a row per measure and a column per path. With
    `only` just that many of the first measures work."""
    upto = len(made.measures) if only is None else only
    kind = effects.dtype
    stays = agreed = np.ones((1, 1), dtype=kind)
    moved = {}
    for place in (*group.factors, *group.moves):
        if place >= upto:
            continue
        measure = made.measures[place]
        if measure.is_mix:
            works = _outer(made, place, segment, -effects)
            moved[place] = stays * -works * kind.type(measure.ratio / POINTS)
        else:
            works = _outer(made, place, segment, effects)
        stays = stays * (1 + works)
        if measure.changes_agreed:
            agreed = agreed * (1 + works)
    return Worked(stays, moved, agreed)


def _outer(
    made: Plan, place: int, segment: str, effects: NDArray[np.floating]
) -> NDArray[np.floating]:
    """The change of each month's amount, which holds what had worked through by the as-of month:
    of 1 + effect x begun, the rest of the effect is a larger part."""
    works = made.works[place, segment].astype(effects.dtype)
    effect, begun = effects[place], effects.dtype.type(made.begun[place, segment])
    if begun:
        effect = effect / np.maximum(1 + effect * begun, effects.dtype.type(LEAST_LEFT))
    return works[:, None] * effect[None, :]


def central_effects(measures: Sequence[MeasureInput]) -> Floats:
    """One path with every effect at its centre."""
    return np.array([[one.central / POINTS] for one in measures]).reshape(-1, 1)


def drawn_effects(
    measures: Sequence[MeasureInput], normals: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Effects per path: a normal with another width below than above its centre, so that the
    limits of 80 % are those given. A saving of a driver stops at all of it; a move too."""
    found = np.empty_like(normals)
    for place, one in enumerate(measures):
        below, above = (one.central - one.low) / POINTS, (one.high - one.central) / POINTS
        width = np.where(normals[place] < 0, below, above) / Z80
        effect = one.central / POINTS + width * normals[place]
        found[place] = np.clip(effect, 0.0, 1.0) if one.is_mix else np.maximum(effect, -1.0)
    return found


Z80 = 1.2815515655446004
"""How many standard deviations from the middle the limits of 80 % lie."""
