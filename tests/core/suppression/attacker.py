"""An attacker who shares no code with what it attacks: all that is shown, and linear programmes."""

import numpy as np
from scipy.optimize import linprog

from core.suppression import Publication, Suppression


def feasible_ranges(publication: Publication, result: Suppression, keys) -> dict:
    """For each key the least and most it can be, given every shown cell, share and sum."""
    names = [c.key for c in publication.counts] + [a.key for a in publication.amounts]
    place = {key: i for i, key in enumerate(names)}
    truth = {c.key: float(c.value) for c in publication.counts}
    truth |= {a.key: float(a.value) for a in publication.amounts}
    silent = {c.key for c in publication.counts if not c.shown}
    seen = (set(names) - result.hidden - silent) | (
        (publication.published | publication.own) & set(names)
    )
    equations, constants = [], []
    for total in publication.sums:
        row = np.zeros(len(names))
        row[place[total.total]] = 1
        for part in total.parts:
            row[place[part]] -= 1
        equations.append(row)
        constants.append(0.0)
    for share in publication.shares:
        if share.key not in result.hidden and truth[share.denominator]:
            row = np.zeros(len(names))
            row[place[share.numerator]] = 1
            row[place[share.denominator]] = -truth[share.numerator] / truth[share.denominator]
            equations.append(row)
            constants.append(0.0)
    bounds = [(truth[k], truth[k]) if k in seen else (min(0, 2 * truth[k]), None) for k in names]
    return {
        key: _ends(place[key], len(names), equations, constants, bounds, truth[key]) for key in keys
    }


def _ends(target, size, equations, constants, bounds, truth):
    ends = []
    for sign in (1, -1):
        aim = np.zeros(size)
        aim[target] = sign
        answer = linprog(
            aim, A_eq=np.array(equations) if equations else None,
            b_eq=constants or None, bounds=bounds, method="highs",
        )  # fmt: skip
        assert answer.status in (0, 3), answer.message
        ends.append(answer.x[target] if answer.status == 0 else sign * -np.inf)
    assert ends[0] - 1e-6 <= truth <= ends[1] + 1e-6
    return tuple(ends)
