"""One run: all cells of all indicators of a half-year, judged together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .discovery import combined, discoveries
from .panel import Floats, Panel
from .power import predictive, reach, size_needed, spent
from .spread import Spread, spread_of
from .surprise import WEIGHTS, Rule, Test, tests_of

# Of the patterns shown in one direction (higher, or lower), so many may be chance.
FALSE_DISCOVERY_RATE = 0.15
# By chance 1 in 20 of single cells lies out here: named 'noise' when the run as a whole says so.
NEAR = 0.05
SIGNS = (1, -1)


@dataclass(frozen=True)
class Judged:
    """One indicator of a run: per cell what was found.

    `p` is two-sided over all rules of the cell, `q` its false discovery rate among all cells of the
    run in that direction. `sign` is 1 for higher and -1 for lower than expected. `needed` is the
    size per half-year that it takes to find a shift of 1.5 x (inf: no size does). `tests` has the
    rules apart, `best` the one that says most.
    """

    panel: Panel
    spread: Spread
    tests: tuple[Test, ...]
    p: Floats
    q: Floats
    sign: Floats
    best: tuple[Rule | None, ...]
    needed: Floats

    @property
    def found(self) -> np.ndarray:
        return np.asarray(self.q <= FALSE_DISCOVERY_RATE)

    @property
    def noise(self) -> np.ndarray:
        """Beyond what is usual for one cell, but not more than so many cells give by chance."""
        return np.asarray((self.p <= NEAR) & ~self.found)

    @property
    def too_small(self) -> np.ndarray:
        return np.asarray(self.panel.denominators[:, -2:].mean(axis=1) < self.needed)


def judge(panels: Sequence[Panel], rate: float = FALSE_DISCOVERY_RATE) -> list[Judged]:
    """Judge all panels as one run of comparisons."""
    looked = [_Looked.at(panel) for panel in panels]
    sides = [_Side.over(looked, sign, rate) for sign in SIGNS]
    q = np.minimum(*(side.q for side in sides))
    edges = np.cumsum([len(panel.keys) for panel in panels])[:-1]
    edge = {side.sign: side.edge for side in sides}
    return [one.judged(part, edge) for one, part in zip(looked, np.split(q, edges), strict=True)]


@dataclass(frozen=True)
class _Side:
    """One direction over all cells of a run."""

    sign: int
    q: Floats
    edge: float

    @classmethod
    def over(cls, looked: Sequence[_Looked], sign: int, rate: float) -> _Side:
        done = _joined([one.done for one in looked]) > 0
        reached = _joined([one.reached(sign) for one in looked])
        p = _joined([one.high if sign > 0 else one.low for one in looked])
        weights, edge = spent(reached[done], rate)
        q = np.ones(len(p))
        q[done], _ = discoveries(p[done], weights, rate)
        return cls(sign, q, edge)


@dataclass(frozen=True)
class _Looked:
    panel: Panel
    spread: Spread
    tests: tuple[Test, ...]
    low: Floats
    high: Floats
    done: Floats

    @classmethod
    def at(cls, panel: Panel) -> _Looked:
        spread = spread_of(panel)
        tests = tuple(tests_of(panel, spread))
        weights = np.array([WEIGHTS[test.rule] for test in tests])
        low = np.column_stack([test.low for test in tests])
        high = np.column_stack([test.high for test in tests])
        done = (~np.isnan(low)).any(axis=1).astype(float)
        return cls(panel, spread, tests, combined(low, weights), combined(high, weights), done)

    @property
    def p(self) -> Floats:
        return np.minimum(1.0, 2 * np.minimum(self.low, self.high))

    @property
    def level(self) -> Floats:
        """What is usual in the segment of a cell: the centre of the last half-year."""
        return self.panel.centres()[:, -1]

    def reached(self, sign: int) -> Floats:
        """By what a cell of this size can show, never by what it shows."""
        cases = self.panel.denominators[:, -2:]
        spread = self.predicted(np.maximum(cases.mean(axis=1), 1))
        return reach(self.level, cases.sum(axis=1), spread, sign)

    def predicted(self, cases: Floats) -> Floats:
        earlier = max(self.panel.width - 2, 0)
        return predictive(cases, self.spread.between, self.spread.within, earlier)

    def judged(self, q: Floats, edge: dict[int, float]) -> Judged:
        sign = np.where(self.high <= self.low, 1.0, -1.0)
        worst = np.where(self.level <= 0.5, 1, -1)
        needed = np.where(
            worst > 0,
            size_needed(self.level, self.predicted, 1, edge[1]),
            size_needed(self.level, self.predicted, -1, edge[-1]),
        )
        return Judged(
            self.panel, self.spread, self.tests, self.p, q, sign, self._best(sign), needed
        )

    def _best(self, sign: Floats) -> tuple[Rule | None, ...]:
        sided = np.column_stack(
            [np.where(sign > 0, t.high, t.low) / WEIGHTS[t.rule] for t in self.tests]
        )
        filled = np.where(np.isnan(sided), np.inf, sided)
        first = filled.argmin(axis=1)
        return tuple(
            self.tests[column].rule if np.isfinite(filled[row, column]) else None
            for row, column in enumerate(first)
        )


def _joined(parts: Sequence[Floats]) -> Floats:
    return np.concatenate(parts) if parts else np.zeros(0)
