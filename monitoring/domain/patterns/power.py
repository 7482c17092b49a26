"""What can be seen: where the budget of false alarms is spent, and the size that it takes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.special import ndtr, ndtri

from .panel import Floats

FACTOR = 1.5
WANTED = 0.8
# A cell asks for the limit at which its shift is found with this probability, a margin over WANTED.
AIMED = 0.93
# This part of the budget is shared evenly: what is larger than the shift shows everywhere.
EVENLY = 0.3
LARGEST = 1e6
# Two deviations or less is no edge: a run of few cells then has budget left, divided over all.
LOWEST_EDGE = 2.0


def shifted(centre: Floats, sign: int, factor: float = FACTOR) -> Floats:
    """The share that is looked for: the rarer of yes and no, times the factor or divided by it."""
    rarer_grows = (centre <= 0.5) == (sign > 0)
    rarer = np.minimum(centre, 1 - centre) * np.where(rarer_grows, factor, 1 / factor)
    return np.where(centre <= 0.5, rarer, 1 - rarer)


def reach(
    centre: Floats, cases: Floats, spread: Floats, sign: int, chance: float = AIMED
) -> Floats:
    """The score that a limit may have at most, to find the shift with this probability.

    By the normal approximation, in so many cases; -inf where there is nothing to see.
    """
    moved = shifted(centre, sign)
    size = np.maximum(cases, 1e-9)
    by_chance = np.sqrt(np.maximum(centre * (1 - centre), 1e-12) * (1 / size + spread))
    when_moved = np.sqrt(np.maximum(moved * (1 - moved), 0.0) * (1 / size + spread))
    score = (np.abs(moved - centre) - ndtri(chance) * when_moved) / by_chance
    return np.where((cases > 0) & (centre > 0) & (centre < 1), score, -np.inf)


def spent(scores: Floats, budget: float) -> tuple[Floats, float]:
    """Per cell the p below which it is seen, together `budget`; and the score that was the edge.

    `scores` is what each can reach. A cell that reaches further than the edge pays no more than its
    shift needs; one that falls short gets less, the further it falls short. All have their share of
    what is divided evenly.
    """
    if not len(scores):
        return np.zeros(0), np.inf
    least = EVENLY * budget / len(scores)
    low, high = LOWEST_EDGE, 8.0
    for _ in range(50):
        edge = (low + high) / 2
        total = np.maximum(ndtr(-limit(scores, edge)), least).sum()
        low, high = (edge, high) if total > budget else (low, edge)
    found = np.maximum(ndtr(-limit(scores, high)), least)
    return found * budget / found.sum(), high


def limit(scores: Floats, edge: float) -> Floats:
    return edge + np.abs(scores - edge)


def size_needed(
    centre: Floats, spread_at: Callable[[Floats], Floats], sign: int, edge: float
) -> Floats:
    """Cases per half-year at which the shift is found within two half-years; inf where it never is.

    `spread_at` gives the spread of two half-years of so many cases around what was expected.
    """

    def is_seen(size: Floats) -> np.ndarray:
        spread = spread_at(size)
        own = limit(reach(centre, 2 * size, spread, sign), edge)
        return np.asarray(reach(centre, 2 * size, spread, sign, WANTED) >= own)

    low, high = np.ones(len(centre)), np.full(len(centre), LARGEST)
    never = ~is_seen(high)
    for _ in range(40):
        middle = np.sqrt(low * high)
        enough = is_seen(middle)
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return np.where(never, np.inf, np.ceil(high))


def predictive(cases: Floats, between: float, within: float, earlier: int) -> Floats:
    """Spread of two half-years of so many cases around what was expected of the cell.

    With `earlier` half-years of the same size before them, by which the cell's own level is known.
    """
    known = 1 / (earlier * cases) + within / earlier if earlier else np.full(len(cases), np.inf)
    own = 1 / (1 / between + 1 / known) if between > 0 else np.zeros(len(cases))
    return own + within / 2
