"""Which way of completing suits a segment: chosen by what it would have said before.

Each candidate looks back from every month of the last year and a half, completes with what was
known then, and is held against what is known of the same months now. The ordinary method stays
unless another is clearly better, so that chance does not choose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from finance.domain.calendar_effects import CalendarEffect, calendar_effects
from finance.domain.completion import (
    YOUNG_BELOW,
    Development,
    Floats,
    Triangle,
    develop,
    prediction_error,
)

ORIGINS = 18
LEAST_HISTORY = 10
RECENT = 6
PRIOR_MONTHS = 12
CLEARLY_BETTER = 0.85
TRUST_IN_MACK = 3.0
TOGETHER = 3.0
NARROWEST, WIDEST = 0.5, 5.0


@dataclass(frozen=True)
class Method:
    """`window`: from how many months of knowing the factors are taken (None: all); a month is
    completed by what was expected (Bornhuetter-Ferguson) while less than `young_below` is known."""

    window: int | None
    young_below: float

    @property
    def code(self) -> str:
        return f"{self.window or 'all'}-{round(self.young_below * 100)}"


ORDINARY = Method(None, YOUNG_BELOW)
METHODS = (
    ORDINARY,
    *(Method(window, young) for window in (None, 24, 12, 6) for young in (0.2, YOUNG_BELOW, 0.8)
      if (window, young) != (None, YOUNG_BELOW)),
)  # fmt: skip


@dataclass(frozen=True)
class Score:
    """Mean absolute error of a method over the months looked back from, as a share of what became
    known, and the number of those months."""

    method: Method
    error: float
    origins: int


@dataclass(frozen=True)
class Choice:
    """The method, how care develops by it, what every candidate scored and which months of knowing
    were out of the ordinary. `widened`: how much larger the errors were than Mack's formula says;
    the development's variances hold it already."""

    method: Method
    development: Development
    scores: tuple[Score, ...]
    effects: tuple[CalendarEffect, ...]
    widened: float


def choose_method(
    triangle: Triangle,
    *,
    pattern: Floats,
    tail: bool = False,
    methods: Sequence[Method] = METHODS,
) -> Choice:
    """Choose by back-test; the first of `methods` is the ordinary one and stays where history is
    too short. `pattern` is the price index of each care month."""
    effects = calendar_effects(triangle)
    odd = frozenset(effect.month for effect in effects)
    looks = {
        window: list(_looks(triangle, window, odd, tail))
        for window in dict.fromkeys(method.window for method in methods)
    }
    misses = [
        [_miss(triangle, look, method.young_below, pattern) for look in looks[method.window]]
        for method in methods
    ]
    scores = tuple(_score(*one) for one in zip(methods, misses, strict=True))
    place = _best(scores)
    method = methods[place]
    widened = _widened(list(zip(looks[method.window], misses[place], strict=True)))
    development = develop(triangle, tail=tail, window=method.window, without=odd)
    return Choice(method, _wider(development, widened), scores, effects, widened)


def _score(method: Method, misses: Sequence[_Miss]) -> Score:
    shares = [abs(one.miss) / one.total for one in misses if one.total > 0]
    return Score(method, float(np.mean(shares)) if shares else 0.0, len(shares))


def _best(scores: Sequence[Score]) -> int:
    ordinary = scores[0]
    place = min(range(len(scores)), key=lambda i: scores[i].error)
    clear = scores[place].error < CLEARLY_BETTER * ordinary.error
    return place if ordinary.origins and clear else 0


class _Look(NamedTuple):
    """What was known at the end of an earlier month, and how care developed by it."""

    then: Triangle
    development: Development


def _looks(
    triangle: Triangle, window: int | None, odd: frozenset[int], tail: bool
) -> Iterator[_Look]:
    last = len(triangle.ages) - 1
    for origin in range(max(LEAST_HISTORY, last - ORIGINS), last):
        then = seen_from(triangle, origin)
        known_then = frozenset(month for month in odd if month <= origin)
        yield _Look(then, develop(then, tail=tail, window=window, without=known_then))


class _Miss(NamedTuple):
    """Of the last months of a look: what they were thought to become in the end, how much more
    that would have been by now than what is known of them now, and what that is."""

    expected: Floats
    miss: float
    total: float


def _miss(triangle: Triangle, look: _Look, young_below: float, pattern: Floats) -> _Miss:
    then, development = look
    months = len(then.ages)
    rows = _recent(months)
    expected = completed(then, development, pattern[:months], young_below)[rows]
    now = development.developed[triangle.ages[rows]]
    total = float(triangle.latest[rows].sum())
    return _Miss(expected, float((expected * now).sum()) - total, total)


def _recent(months: int) -> slice:
    return slice(max(months - RECENT, 0), months)


def seen_from(triangle: Triangle, origin: int) -> Triangle:
    """The triangle as it was known at the end of month `origin`."""
    lags = triangle.cumulative.shape[1]
    ages = np.clip(origin - np.arange(origin + 1), 0, lags - 1).astype(np.int64)
    return Triangle(triangle.cumulative[: origin + 1], ages)


def completed(
    triangle: Triangle, development: Development, pattern: Floats, young_below: float
) -> Floats:
    """Every month completed, young ones with the last completed year as what was expected."""
    developed = development.developed[triangle.ages]
    grown = triangle.latest / np.where(developed > 0, developed, 1.0)
    young = developed < young_below
    old = np.flatnonzero(developed >= max(young_below, YOUNG_BELOW))[-PRIOR_MONTHS:]
    if not len(old) or not young.any():
        return grown
    level = float((grown[old] / pattern[old]).mean())
    blended: Floats = np.where(young, triangle.latest + (1 - developed) * level * pattern, grown)
    return blended


def _widened(looked: Sequence[tuple[_Look, _Miss]]) -> float:
    """Root mean square of the misses over their standard errors, drawn to 1 (consecutive months
    miss alike)."""
    misses = [_over_error(look, miss) for look, miss in looked if miss.total > 0]
    if not misses:
        return 1.0
    counted = len(misses) / TOGETHER
    mean_square = float(np.mean(np.square(misses)))
    square = (counted * mean_square + TRUST_IN_MACK) / (counted + TRUST_IN_MACK)
    return round(float(np.clip(np.sqrt(square), NARROWEST, WIDEST)), 6)


def _over_error(look: _Look, miss: _Miss) -> float:
    then, development = look
    ages = then.ages[_recent(len(then.ages))]
    error = prediction_error(
        amounts=np.maximum(miss.expected * development.developed[ages], 0.0),
        ages=ages,
        development=development,
    ).total_standard_error
    return miss.miss / error if error > 0 else 0.0


def _wider(development: Development, widened: float) -> Development:
    return replace(
        development,
        factor_variance=development.factor_variance * widened**2,
        sigma2=development.sigma2 * widened**2,
    )
