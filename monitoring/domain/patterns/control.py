"""Control charts: the course of one figure with limits of its own, and which run rule fires.

Shewhart (1931); run rules after the Western Electric handbook (1956), as Nelson (1984) numbers
them; the XmR chart after Wheeler (1993). With half-years the rules of many points rarely fire: they
help to look, and a pattern comes from the run over all cells (run.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .panel import Floats

# Mean moving range to standard deviation, for two points: d2.
D2 = 1.128
SAME_SIDE, RISING = 8, 6


class RunRule(StrEnum):
    BEYOND = "beyond"
    TWO_OF_THREE = "two_of_three"
    SAME_SIDE = "same_side"
    COURSE = "course"


@dataclass(frozen=True)
class Fired:
    """A rule with the points (places in the series) that make it fire."""

    rule: RunRule
    points: tuple[int, ...]


@dataclass(frozen=True)
class ControlChart:
    """Limits are three standard deviations from the centre, one per point."""

    values: Floats
    centre: float
    deviations: Floats

    @property
    def low(self) -> Floats:
        return np.asarray(self.centre - 3 * self.deviations)

    @property
    def high(self) -> Floats:
        return np.asarray(self.centre + 3 * self.deviations)

    @property
    def fired(self) -> tuple[Fired, ...]:
        safe = np.where(self.deviations > 0, self.deviations, 1.0)
        z = np.where(self.deviations > 0, (self.values - self.centre) / safe, 0.0)
        return tuple(run_rules(z, self.values))


def xmr(values: Floats) -> ControlChart:
    """Single values: the deviation comes from the mean distance between neighbours."""
    deviation = float(np.abs(np.diff(values)).mean()) / D2 if len(values) > 1 else 0.0
    return ControlChart(values, float(values.mean()), np.full(len(values), deviation))


def p_chart(counts: Floats, cases: Floats, within: float = 0.0) -> ControlChart:
    """Shares. `within` widens the limits by what half-years differ beyond chance (p')."""
    centre = float(counts.sum() / cases.sum())
    unit = centre * (1 - centre)
    return ControlChart(counts / cases, centre, np.sqrt(unit * (1 / cases + within)))


def u_chart(counts: Floats, exposure: Floats) -> ControlChart:
    """Counts per unit of exposure (per youth, per place), by Poisson chance."""
    centre = float(counts.sum() / exposure.sum())
    return ControlChart(counts / exposure, centre, np.sqrt(centre / exposure))


def run_rules(z: Floats, values: Floats) -> list[Fired]:
    """The rules that fire on scores (distances in standard deviations), each with its points."""
    found = [
        Fired(RunRule.BEYOND, tuple(int(i) for i in np.nonzero(np.abs(z) > 3)[0])),
        Fired(RunRule.TWO_OF_THREE, _two_of_three(z)),
        Fired(RunRule.SAME_SIDE, _streak(np.sign(z), SAME_SIDE)),
        Fired(RunRule.COURSE, _streak(np.sign(np.diff(values)), RISING - 1, extra=1)),
    ]
    return [one for one in found if one.points]


def _two_of_three(z: Floats) -> tuple[int, ...]:
    points: set[int] = set()
    for side in (1, -1):
        far = side * z > 2
        for start in range(len(z) - 2):
            if far[start : start + 3].sum() >= 2:
                points |= {start + int(i) for i in np.nonzero(far[start : start + 3])[0]}
    return tuple(sorted(points))


def _streak(signs: Floats, length: int, extra: int = 0) -> tuple[int, ...]:
    """The last streak of so many equal signs; a streak of differences has one point more."""
    for end in range(len(signs), length - 1, -1):
        part = signs[end - length : end]
        if part[0] != 0 and (part == part[0]).all():
            return tuple(range(end - length, end + extra))
    return ()
