"""How much cells differ by nature: between each other, and from half-year to half-year.

A beta-binomial model with two spreads, estimated per indicator by moments, as DerSimonian and
Laird (1986) and Paule and Mandel (1982) do for a mean: the spread is that under which squared
scores are on average what chance makes them. Scores are drawn in at 2 (Huber), so that the
outliers that are looked for do not hide themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from .panel import Floats, Ints, Panel, ratio

DRAWN_IN = 2.0
_BEYOND = 2 * NormalDist().cdf(-DRAWN_IN)
_AT = 2 * NormalDist().pdf(DRAWN_IN)
# The mean square of a standard normal score that was drawn in at that value: E min(z, d)^2.
EXPECTED = 1 - _BEYOND - DRAWN_IN * _AT + DRAWN_IN**2 * _BEYOND
# E min(z, d)^4, and with it the variance of the square, divided by its mean.
_FOURTH = 3 * (1 - _BEYOND) - (DRAWN_IN**3 + 3 * DRAWN_IN) * _AT + DRAWN_IN**4 * _BEYOND
VARIANCE = _FOURTH / EXPECTED**2 - 1
# Scores of fewer expected cases (or expected others) say nothing about a spread.
LEAST_EXPECTED = 2.0
LEAST_SCORES = 4
CLEARLY = 1.0
# Tails far out depend on the spread: it is taken so many standard errors above its estimate.
ON_THE_SAFE_SIDE = 0.7


# Where a spread is looked for: nothing, and even steps on a log scale.
STEPS = np.concatenate(([0.0], np.geomspace(1e-5, 0.5, 90)))


@dataclass(frozen=True)
class Spread:
    """Intra-class correlations: 0 where chance alone explains the differences.

    `between` is 1 / (phi + 1) of the beta distribution of the cells' own levels; `within` that of
    their half-years around their own level. `for_cell` has both as the other cells give them, so
    that a cell that stands out does not widen its own limits.
    """

    between: float
    within: float
    for_cell: tuple[Floats, Floats]

    @property
    def precision(self) -> float:
        """phi of the beta distribution between cells; infinite without spread."""
        return 1 / self.between - 1 if self.between > 0 else float("inf")


def spread_of(panel: Panel) -> Spread:
    within, within_for = _within(panel)
    between, between_for = _between(panel, within)
    return Spread(between, within, (between_for, within_for))


def _within(panel: Panel) -> tuple[float, Floats]:
    """From half-years around the cell's own distance to its segment."""
    x, n, centres = panel.numerators, panel.denominators, panel.centres()
    total = n.sum(axis=1, keepdims=True)
    away = ratio((x - n * centres).sum(axis=1, keepdims=True), total)
    level = np.clip(centres + away, 0.005, 0.995)
    free = 1 - ratio(n, total)
    used = (n > 1) & (free > 0.05) & (n * np.minimum(level, 1 - level) >= LEAST_EXPECTED)
    distance = (x - n * (centres + away))[used] ** 2
    chance = (n * level * (1 - level) * free)[used]
    pairs = n[used] - 1
    return _solved(
        lambda spread: distance / (chance * (1 + pairs * spread)),
        pairs,
        np.nonzero(used)[0],
        len(n),
    )


def _between(panel: Panel, within: float) -> tuple[float, Floats]:
    """From the totals of cells over all half-years, around what their segment would give."""
    x, n, centres = panel.numerators, panel.denominators, panel.centres()
    total = n.sum(axis=1)
    expected = (n * centres).sum(axis=1)
    level = ratio(expected, total)
    free = 1 - ratio(total, panel.group_sums(n).sum(axis=1))
    used = (total > 1) & (free > 0.02)
    used &= total * np.minimum(level, 1 - level) >= LEAST_EXPECTED
    distance = ((x.sum(axis=1) - expected) ** 2)[used]
    cases, unit = total[used], (level * (1 - level) * free)[used]
    own = cases + within * (n * (n - 1)).sum(axis=1)[used]
    pairs = cases * (cases - 1)
    return _solved(
        lambda spread: distance / (unit * (own + spread * pairs)),
        cases - 1,
        np.nonzero(used)[0],
        len(n),
    )


def _solved(
    squares: Callable[[Floats], Floats], weights: Floats, rows: Ints, cells: int
) -> tuple[float, Floats]:
    """The spread under which drawn-in squares have their expected mean: of all, and without a cell.

    0 unless they are a standard error over it: an estimate that chance alone gives would
    hide what is there.
    """
    if len(weights) < LEAST_SCORES:
        return 0.0, np.zeros(cells)
    drawn_in = np.minimum(squares(STEPS[:, None]), DRAWN_IN**2)
    over = weights * (drawn_in / EXPECTED - 1)
    own = np.zeros((cells, len(STEPS)))
    np.add.at(own, rows, over.T)
    chance = np.zeros(cells)
    np.add.at(chance, rows, VARIANCE * weights**2)
    whole = over.sum(axis=1)
    of_all = _crossing(whole[None, :], np.array([chance.sum()]))
    return float(of_all[0]), _crossing(whole - own, chance.sum() - chance)


def _crossing(over: Floats, variance: Floats) -> Floats:
    """Per row the step at which `over` falls to what was asked, straight between two steps."""
    is_clear = over[:, 0] > CLEARLY * np.sqrt(variance)
    over = over + ON_THE_SAFE_SIDE * np.sqrt(variance)[:, None]
    first = np.maximum((over > 0).cumprod(axis=1).sum(axis=1), 1)
    last = len(STEPS) - 1
    right = np.minimum(first, last)
    row = np.arange(len(over))
    high, low = over[row, right - 1], over[row, right]
    part = np.where(high > low, ratio(high, np.where(high > low, high - low, 1.0)), 1.0)
    found = STEPS[right - 1] + np.clip(part, 0, 1) * (STEPS[right] - STEPS[right - 1])
    return np.where(is_clear, found, 0.0)
