"""What measures do to the expected cost: each alone, and one after the other, to the cent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from finance.domain.measures import (
    POINTS,
    Cell,
    Floats,
    Group,
    Plan,
    central_effects,
    worked,
)

Cents = NDArray[np.int64]
Costs = dict[Cell, Cents]


def after(
    base: Mapping[Cell, Cents], made: Plan, effects: Floats, *, only: int | None = None
) -> Costs:
    """Cost per cell and month once the first `only` measures of the plan work (or all)."""
    found: dict[Cell, Floats] = {cell: np.zeros(len(cents)) for cell, cents in base.items()}
    for cell, cents in base.items():
        if not made.touched(cell):
            found[cell] += cents
            continue
        for group, share in made.groups[cell]:
            result = worked(group, cell[1], made, effects, only=only)
            found[cell] += cents * share * made.stays(cell, result)[:, 0]
            for place, moved in result.moved.items():
                for target, part in made.targets[cell, place]:
                    came, counts = cents * share * part * moved[:, 0], made.counts(target, place)
                    found[target] += came if counts is None else came * counts
    return {cell: np.rint(cents).astype(np.int64) for cell, cents in found.items()}


def one_after_another(base: Mapping[Cell, Cents], made: Plan) -> list[Costs]:
    """What each measure adds to those before it; the sum is exactly what all do together."""
    effects = central_effects(made.measures)
    before, found = dict(base), []
    for place in range(len(made.measures)):
        now = after(base, made, effects, only=place + 1)
        found.append({cell: now[cell] - before[cell] for cell in base})
        before = now
    return found


def fallen_on_agreed(base: Mapping[Cell, Cents], made: Plan, added: list[Costs]) -> list[Costs]:
    """What each measure would have added more, had no amount been agreed: it does not count.
    Nothing where no amount is."""
    if not made.agreed:
        return [{} for _ in added]
    freely = one_after_another(base, replace(made, agreed={}))
    return [
        {cell: more[cell] - own[cell] for cell in base}
        for more, own in zip(freely, added, strict=True)
    ]


def alone(base: Mapping[Cell, Cents], made: Plan, place: int, effect: int | None = None) -> Costs:
    """What one measure would do if it were the only one; at another effect than its centre where
    one is given (in hundredths of a percent)."""
    effects = central_effects(made.measures)
    if effect is not None:
        effects[place] = effect / POINTS
    groups = {
        cell: tuple((_only(group, place), share) for group, share in own)
        for cell, own in made.groups.items()
    }
    by_itself = replace(made, groups=groups)
    cost = after(base, by_itself, effects)
    return {cell: cost[cell] - base[cell] for cell in base}


def _only(group: Group, place: int) -> Group:
    return Group(
        tuple(one for one in group.factors if one == place),
        tuple(one for one in group.moves if one == place),
    )
