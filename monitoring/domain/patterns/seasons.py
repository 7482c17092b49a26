"""Slow trends and seasons in one series: what hides a shift, or looks like one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import stdtr

from .panel import Floats

SHORTEST = 5


@dataclass(frozen=True)
class Trend:
    """Kendall's S (rising minus falling pairs), its two-sided p, and Sen's slope per step."""

    score: int
    p: float
    slope: float


@dataclass(frozen=True)
class Season:
    """Half the difference between odd and even half-years, beside a straight trend, with its p."""

    effect: float
    p: float


def trend(values: Floats) -> Trend | None:
    """Mann (1945) and Kendall (1975), exact without ties; the slope after Sen (1968)."""
    if len(values) < SHORTEST:
        return None
    first, second = np.triu_indices(len(values), 1)
    steps = values[second] - values[first]
    score = int(np.sign(steps).sum())
    return Trend(
        score, _kendall_p(len(values), abs(score)), float(np.median(steps / (second - first)))
    )


@cache
def _kendall_p(count: int, score: int) -> float:
    """Two-sided: the share of all orders with so large a score."""
    ways = np.ones(1)
    for size in range(2, count + 1):
        ways = np.convolve(ways, np.ones(size) / size)
    # ways[i]: the probability of i falling pairs; the score is pairs - 2 i.
    pairs = count * (count - 1) // 2
    scores = pairs - 2 * np.arange(pairs + 1)
    return float(min(1.0, ways[np.abs(scores) >= score].sum()))


def season(values: Floats) -> Season | None:
    """A harmonic of two half-years (one year) beside a straight line, by least squares."""
    count = len(values)
    if count < SHORTEST + 1:
        return None
    steps = np.arange(count, dtype=float)
    design = np.column_stack([np.ones(count), steps - steps.mean(), np.where(steps % 2, 1.0, -1.0)])
    inverse = np.linalg.inv(design.T @ design)
    fitted = inverse @ design.T @ values
    left = float(((values - design @ fitted) ** 2).sum()) / (count - 3)
    if left <= 0:
        return Season(float(fitted[2]), 0.0 if fitted[2] else 1.0)
    score = abs(fitted[2]) / np.sqrt(left * inverse[2, 2])
    return Season(float(fitted[2]), float(2 * stdtr(count - 3, -score)))
