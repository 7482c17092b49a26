"""What a half-year will have cost once all declarations are in, per cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from finance.domain.completion import Development, Floats, Ints, complete

Z80 = 1.2815515655446004
LEAST_DEVIATION = 0.05
HISTORY = 12


@dataclass(frozen=True)
class Growth:
    """How the months of one segment develop. Months run from HISTORY months before the half-year
    to its end; `ages` says how old each is (below 0: not begun), `pattern` its price index x
    season."""

    development: Development
    ages: Ints
    pattern: Floats


@dataclass(frozen=True)
class Completed:
    """Amounts in euros: what is known, what is expected in the end, and its standard error."""

    known: float
    expected: float
    variance: float

    def __add__(self, other: Completed) -> Completed:
        return Completed(
            self.known + other.known,
            self.expected + other.expected,
            self.variance + other.variance,
        )

    @property
    def low80(self) -> float:
        return self.expected - Z80 * float(np.sqrt(self.variance))

    @property
    def high80(self) -> float:
        return self.expected + Z80 * float(np.sqrt(self.variance))


NOTHING = Completed(0.0, 0.0, 0.0)


def complete_cell(amounts: Mapping[str, Floats], growths: Mapping[str, Growth]) -> Completed:
    """A cell over all its segments; errors of different segments are taken as independent."""
    return _add(complete_segment(amounts[code], growths[code]) for code in sorted(amounts))


def _add(parts: Iterable[Completed]) -> Completed:
    total = NOTHING
    for part in parts:
        total = total + part
    return total


def complete_segment(known: Floats, growth: Growth) -> Completed:
    """One segment of a cell; `known` has the months of `growth`, history first.

    Months of which too little is known take the cell's own last year as expectation.
    """
    development, wanted = growth.development, slice(HISTORY, len(known))
    ages = np.maximum(growth.ages, 0)
    developed = np.where(growth.ages < 0, 0.0, development.developed[ages])
    level, deviation = _usual(known, developed, growth.pattern)
    begun = growth.ages[wanted] >= 0
    expected = level * growth.pattern[wanted]
    done = complete(
        latest=known[wanted][begun],
        ages=ages[wanted][begun],
        development=development,
        expected=expected[begun],
        expected_error=deviation * expected[begun],
    )
    still = expected[~begun]
    return Completed(
        known=float(known[wanted].sum()),
        expected=float(done.ultimate.sum() + still.sum()),
        variance=done.error.total + float((deviation * still).sum()) ** 2,
    )


def _usual(known: Floats, developed: Floats, pattern: Floats) -> tuple[float, float]:
    """An ordinary month at index and season 1, and the relative deviation of single months."""
    old = developed >= 0.5
    if not old.any():
        weight = float((developed * pattern).sum())
        return (max(float(known.sum()) / weight, 0.0) if weight > 0 else 0.0), 1.0
    months = (known[old] / developed[old] / pattern[old])[-HISTORY:]
    level = max(float(months.mean()), 0.0)
    if level <= 0 or len(months) < 2:
        return level, 1.0
    return level, max(float(months.std(ddof=1)) / level, LEAST_DEVIATION)
