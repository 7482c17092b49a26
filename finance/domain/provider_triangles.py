"""How the declarations of one provider in one segment come in, where there is enough of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from finance.domain.completion import (
    YOUNG_BELOW,
    Completion,
    Development,
    Triangle,
    build_triangle,
    complete,
    develop,
)
from finance.domain.months import Month

LEAST_MONTHS = 24
"""A provider has enough when each of so many months that stand on their own has money."""
YEAR = 12


@dataclass(frozen=True)
class Moved:
    """Cents of a care month that became known in a month."""

    provider: str
    care: Month
    known: Month
    cents: int


@dataclass(frozen=True)
class ProviderTriangle:
    """Euros. '' is all providers together."""

    provider: str
    triangle: Triangle
    development: Development
    completion: Completion

    @property
    def known(self) -> float:
        """Of the last twelve months."""
        return float(self.completion.latest[-YEAR:].sum())

    @property
    def to_come(self) -> float:
        """On top of what is known of all months."""
        return float(self.completion.reserve.sum())

    @property
    def error(self) -> float:
        """One standard error of what is to come, by Mack."""
        return float(self.completion.error.total_standard_error)

    def developed(self, lag: int) -> float | None:
        """The part of a month that is known so many months later."""
        known = self.development.developed
        return float(known[lag]) if lag < len(known) else None


def provider_triangles(
    rows: Iterable[Moved], *, first: Month, as_of: Month, lags: int
) -> list[ProviderTriangle]:
    """All providers together, and each that has enough, most to come first."""
    by_provider: dict[str, list[Moved]] = defaultdict(list)
    everything = list(rows)
    for row in everything:
        by_provider[row.provider].append(row)
    months = as_of - first + 1
    found = [
        made
        for agb, own in sorted(by_provider.items())
        if (made := _of(agb, own, first, months, min(lags, months))) and _has_enough(made)
    ]
    whole = _of("", everything, first, months, min(lags, months))
    return [whole, *sorted(found, key=lambda one: -one.to_come)] if everything else []


def _of(agb: str, rows: list[Moved], first: Month, months: int, lags: int) -> ProviderTriangle:
    triangle = build_triangle(
        rows=((row.care - first, row.known - first, row.cents / 100) for row in rows),
        months=months,
        lags=lags,
    )
    development = develop(triangle)
    return ProviderTriangle(agb, triangle, development, _completed(triangle, development))


def _completed(triangle: Triangle, development: Development) -> Completion:
    """By its own growth; months of which less than half is known lean on the year before them."""
    developed = development.developed[triangle.ages]
    solid = developed >= YOUNG_BELOW
    year = (triangle.latest[solid] / developed[solid])[-YEAR:]
    return complete(
        latest=triangle.latest,
        ages=triangle.ages,
        development=development,
        expected=np.full(len(developed), year.mean() if len(year) else 0.0),
        expected_error=float(year.std(ddof=1)) if len(year) > 1 else 0.0,
    )


def _has_enough(one: ProviderTriangle) -> bool:
    solid = one.development.developed[one.triangle.ages] >= YOUNG_BELOW
    months = one.triangle.latest[solid][-LEAST_MONTHS:]
    return len(months) == LEAST_MONTHS and bool((months > 0).all())
