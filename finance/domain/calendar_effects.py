"""Months of knowing in which declaring was out of the ordinary: silence, and catching up.

What a month of knowing brought is held against what the ordinary growth of all care months would
have brought then. A month far outside the usual scatter is named, and does not count in the growth
factors; care itself is not judged by it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from finance.domain.completion import Floats, Triangle, develop

FAR = 4.0
LEAST_SCATTER = 0.04
LEAST_MONTHS = 12
FIRST_JUDGED = 3


@dataclass(frozen=True)
class CalendarEffect:
    """`month` counts as the care months do; `ratio` is what came in over what was to be expected:
    above 1 catching up, below 1 silence."""

    month: int
    ratio: float

    @property
    def is_catch_up(self) -> bool:
        return self.ratio > 1


def diagonal_ratios(triangle: Triangle) -> Floats:
    """Per month of knowing what came in over what ordinary growth would have brought."""
    development = develop(triangle)
    months, lags = triangle.cumulative.shape
    share = np.diff(development.developed, prepend=0.0)
    developed = development.developed[triangle.ages]
    final = np.where(developed > 0, triangle.latest / np.where(developed > 0, developed, 1), 0.0)
    increments = np.diff(triangle.cumulative, axis=1, prepend=0.0)
    came, expected = np.zeros(months), np.zeros(months)
    for lag in range(lags):
        rows = np.arange(max(months - lag, 0))
        np.add.at(came, rows + lag, increments[rows, lag])
        np.add.at(expected, rows + lag, np.maximum(final[rows], 0.0) * share[lag])
    return np.where(expected > 0, came / np.where(expected > 0, expected, 1.0), 1.0)


def calendar_effects(triangle: Triangle) -> tuple[CalendarEffect, ...]:
    """The months that stand out, oldest first; none in a history shorter than a year."""
    ratios = diagonal_ratios(triangle)[FIRST_JUDGED:]
    if len(ratios) < LEAST_MONTHS:
        return ()
    usual = float(np.median(ratios))
    scatter = max(1.4826 * float(np.median(np.abs(ratios - usual))), LEAST_SCATTER)
    return tuple(
        CalendarEffect(place + FIRST_JUDGED, round(float(ratio), 4))
        for place, ratio in enumerate(ratios)
        if abs(ratio - usual) > FAR * scatter
    )
