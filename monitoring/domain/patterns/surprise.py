"""The tests of a run: each cell beside its segment, its own past, and its course over time.

Per test the probabilities of so low and of so high a share. The model: a cell has a level of its
own around the centre of its segment (beta distribution with spread `between`); its half-years lie
around that level (`within`); counts are binomial. Known things move the expectation, unknown
things widen it, and the tail of the beta-binomial distribution says how surprising the count is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import ndtr

from .panel import Floats, Panel, ratio
from .spread import Spread
from .tails import tails

# A course needs so many half-years with enough expected cases.
SHORTEST_COURSE = 5
LEAST_EXPECTED = 5.0


class Rule(StrEnum):
    """Which comparison makes a cell stand out."""

    FUNNEL = "funnel"
    FUNNEL_YEAR = "funnel_year"
    EARLIER = "earlier"
    EARLIER_YEAR = "earlier_year"
    COURSE = "course"


# Two half-years together see most; the single ones are there for what is large and sudden, the
# course for what is slow. Beside the segment comes last: without a spread between cells `earlier`
# sees the same, and with one a level of its own says little.
WEIGHTS = {
    Rule.FUNNEL: 0.02,
    Rule.FUNNEL_YEAR: 0.08,
    Rule.EARLIER: 0.25,
    Rule.EARLIER_YEAR: 0.40,
    Rule.COURSE: 0.25,
}


@dataclass(frozen=True)
class Test:
    """One rule over all cells: probabilities of so low and so high, and what was expected.

    `spread` widens the expectation beyond chance (intra-class correlation). nan where the rule
    cannot be applied.
    """

    rule: Rule
    low: Floats
    high: Floats
    expected: Floats
    spread: Floats


def tests_of(panel: Panel, spread: Spread) -> list[Test]:
    others = panel.others()
    # What is not known of the centre itself: by chance and by half-year; the spread between the
    # other cells counts as well where a cell's level is compared, not where its course is.
    between, within = spread.for_cell
    moves = others.unsure + within[:, None] * others.unevenness
    of_level = between[:, None] * others.unevenness
    look = _Look(panel, between, within, others.share, moves, of_level)
    return [
        look.funnel(Rule.FUNNEL, 1),
        look.funnel(Rule.FUNNEL_YEAR, 2),
        look.earlier(Rule.EARLIER, 1),
        look.earlier(Rule.EARLIER_YEAR, 2),
        look.course(),
    ]


@dataclass(frozen=True)
class _Window:
    """Some half-years taken together."""

    counts: Floats
    cases: Floats
    # Sum of squares of the sizes over the square of the sum: 1/2 for two half-years alike.
    unevenness: Floats
    centre: Floats
    unsure: Floats
    of_level: Floats


@dataclass(frozen=True)
class _Look:
    panel: Panel
    between: Floats
    within: Floats
    centre: Floats
    unsure: Floats
    of_level: Floats

    def window(self, part: slice) -> _Window:
        x, n = self.panel.numerators[:, part], self.panel.denominators[:, part]
        cases = n.sum(axis=1)
        share = ratio(n, cases[:, None])
        centre = np.where(n > 0, self.centre[:, part], 0.0)
        return _Window(
            x.sum(axis=1),
            cases,
            (share**2).sum(axis=1),
            (share * centre).sum(axis=1),
            (share**2 * np.where(n > 0, self.unsure[:, part], 0.0)).sum(axis=1),
            (share * np.where(n > 0, self.of_level[:, part], 0.0)).sum(axis=1),
        )

    def funnel(self, rule: Rule, halves: int) -> Test:
        """Beside the other cells of the segment, in the last half-year or the last two."""
        now = self.window(slice(-halves, None))
        around = self.between + self.within * now.unevenness
        around += now.unsure + now.of_level
        usable = self._is_whole(halves) & (now.cases > 0) & (now.centre > 0) & (now.centre < 1)
        return _test(rule, now, now.centre, around, usable)

    def earlier(self, rule: Rule, halves: int) -> Test:
        """Beside the cell's own earlier half-years, as far as these bear it; the rest of the
        expectation comes from the segment. What moved in the whole segment is taken out."""
        now, past = self.window(slice(-halves, None)), self.window(slice(None, -halves))
        compared = ~np.isnan(now.centre + past.centre)
        known = ratio(1.0, past.cases) + self.within * past.unevenness
        known += np.where(compared, past.unsure, 0.0)
        own = ratio(past.counts, past.cases)
        prior = np.where(compared, self.between + now.unsure + now.of_level, np.inf)
        alone = np.isinf(prior)
        trust = np.where(alone, 1.0, ratio(np.where(alone, 0.0, prior), prior + known))
        away = np.where(compared, own - past.centre, 0.0)
        start = np.where(compared, now.centre, (past.counts + 0.5) / (past.cases + 1))
        expected = np.clip(start + trust * away, 0.001, 0.999)
        left = np.where(alone, known, trust * known)
        around = left + self.within * now.unevenness
        usable = self._is_whole(halves) & (now.cases > 0) & (past.cases > 0)
        return _test(rule, now, expected, around, usable)

    def course(self) -> Test:
        """A slow course: the weighted slope of the distance to the segment over all half-years."""
        n, centre = self.panel.denominators, self.centre
        level = np.clip(centre + self._away()[:, None], 0.005, 0.995)
        seen = n * np.minimum(level, 1 - level) >= LEAST_EXPECTED
        variance = level * (1 - level) * (ratio(1.0, n) + self.within[:, None] + self.unsure)
        weight = np.where(seen, ratio(1.0, np.where(seen, variance, 1.0)), 0.0)
        steps = np.arange(self.panel.width, dtype=float)
        middle = ratio((weight * steps).sum(axis=1), weight.sum(axis=1))
        lever = weight * (steps - middle[:, None])
        distance = np.where(seen, ratio(self.panel.numerators, n) - centre, 0.0)
        length = np.sqrt((lever * (steps - middle[:, None])).sum(axis=1))
        z = ratio((lever * distance).sum(axis=1), length)
        usable = (seen.sum(axis=1) >= SHORTEST_COURSE) & seen[:, -1]
        nothing = np.full(len(z), np.nan)
        return Test(
            Rule.COURSE,
            np.where(usable, ndtr(z), np.nan),
            np.where(usable, ndtr(-z), np.nan),
            nothing,
            nothing,
        )

    def _away(self) -> Floats:
        past = self.window(slice(None))
        return ratio(past.counts, past.cases) - past.centre

    def _is_whole(self, halves: int) -> np.ndarray:
        """Two half-years together only where both have cases; the last one always has."""
        seen = np.all(self.panel.denominators[:, -halves:] > 0, axis=1)
        return np.asarray(seen & (self.panel.width >= halves))


def _test(rule: Rule, now: _Window, expected: Floats, around: Floats, usable: np.ndarray) -> Test:
    low, high = tails(
        now.counts, np.where(usable, now.cases, 0), np.nan_to_num(expected), np.nan_to_num(around)
    )
    return Test(
        rule,
        np.where(usable, low, np.nan),
        np.where(usable, high, np.nan),
        np.where(usable, expected, np.nan),
        np.where(usable, around, np.nan),
    )
