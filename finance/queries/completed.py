"""Completed spend per cell of a half-year: `spend` plus what declarations still bring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from core.money import euros
from core.periods import HalfYear, add_months

from ..domain.completion import (
    YOUNG_BELOW,
    Development,
    Floats,
    Triangle,
    build_triangle,
    develop,
)
from ..domain.half_year import HISTORY, Completed, Growth, complete_cell
from ..domain.price import price_index
from ..domain.projection import mature_months
from ..domain.projection_inputs import IndexYear
from ..domain.season import month_season
from ..models import IndexRule
from .movements import View, cell_rows, last_full_month, month_number, payments, segment_rows

LAGS = 25
Cell = tuple[str, str, str, str]
Amounts = dict[Cell, dict[str, np.ndarray]]


@dataclass(frozen=True)
class CompletedSpend:
    """Euros of one cell; '' in municipality, segment, category or provider means all.

    `known` is what was known at the end of the last full month, `expected` what it will be, with
    the limits of the 80 % interval. Instalments are counted as they are.
    """

    municipality: str
    segment: str
    category: str
    provider: str
    known: Decimal
    expected: Decimal
    low80: Decimal
    high80: Decimal


def completed_spend(
    *,
    region_id: int,
    scheme_id: int,
    scheme_on: date,
    half_year: HalfYear,
    known_on: date,
    cutoff_run: int,
) -> list[CompletedSpend]:
    """Every cell of the half-year in which money is known: region, municipality, segment,
    category, provider, municipality x segment, segment x provider.

    Development comes from the whole region's triangle per segment; small cells borrow it.
    """
    view = View(region_id, scheme_id, scheme_on, last_full_month(known_on), cutoff_run)
    growths = _growths(view, half_year)
    amounts = _amounts(view, half_year, growths)
    paid = _paid(view, half_year)
    return [
        _completed(cell, amounts.get(cell, {}), growths, paid.get(cell, 0))
        for cell in sorted(amounts.keys() | paid.keys())
    ]


def _completed(
    cell: Cell, amounts: Mapping[str, np.ndarray], growths: Mapping[str, Growth], paid: int
) -> CompletedSpend:
    done = complete_cell(amounts, growths) + Completed(paid / 100, paid / 100, 0.0)
    return CompletedSpend(
        *cell,
        known=euros(done.known),
        expected=euros(done.expected),
        low80=euros(done.low80),
        high80=euros(done.high80),
    )


def _growths(view: View, half_year: HalfYear) -> dict[str, Growth]:
    """Development, ages and pattern per segment, from the region's own history."""
    rows: dict[str, list[tuple[int, int, float]]] = defaultdict(list)
    for segment, care, known, cents in segment_rows(view):
        rows[segment].append((month_number(care), month_number(known), cents / 100))
    index = [
        IndexYear(rule.year, rule.basis_points)
        for rule in IndexRule.objects.filter(region_id=view.region_id).order_by("year")
    ]
    as_of = month_number(view.as_of)
    return {
        segment: _growth(moves, as_of, half_year, index) for segment, moves in sorted(rows.items())
    }


def _growth(
    moves: list[tuple[int, int, float]], as_of: int, half_year: HalfYear, index: list[IndexYear]
) -> Growth:
    first = max(min(care for care, _, _ in moves), min(known for _, known, _ in moves) - 1)
    months = as_of - first + 1
    lags = max(min(LAGS, months), 1)
    triangle = build_triangle(
        rows=((care - first, known - first, euro) for care, known, euro in moves),
        months=months,
        lags=lags,
    )
    development = develop(triangle, tail=months <= LAGS)
    start, end = month_number(half_year.start) - HISTORY, month_number(half_year.end)
    base = min(first, start)
    level = price_index(np.arange(base, max(end, as_of + 1)) // 12, index)
    season = _season(triangle, development, level[first - base :], first)
    wanted = np.arange(start, end)
    return Growth(
        development=development,
        ages=np.minimum(as_of - wanted, lags - 1),
        pattern=level[start - base : end - base] * season[wanted % 12],
    )


def _season(triangle: Triangle, development: Development, level: Floats, first: int) -> Floats:
    developed = development.developed[triangle.ages]
    old = mature_months(developed, young_below=YOUNG_BELOW)
    completed = triangle.latest[:old] / developed[:old]
    return month_season(completed / level[:old], first_month=first % 12 + 1)


def _amounts(view: View, half_year: HalfYear, growths: Mapping[str, Growth]) -> Amounts:
    """Known euros per cell, segment and month, with the months before it as history."""
    start = add_months(half_year.start, -HISTORY)
    months = HISTORY + 6
    amounts: Amounts = defaultdict(lambda: defaultdict(lambda: np.zeros(months)))
    for *names, care, cents in cell_rows(view, care_from=start, care_to=half_year.end):
        place = month_number(care) - month_number(start)
        for cell in _cells_of(*names):
            amounts[cell][names[1]][place] += cents / 100
    return amounts


def _paid(view: View, half_year: HalfYear) -> dict[Cell, int]:
    """Cents of instalments whose period begins in the half-year, as `spend` counts them."""
    paid: dict[Cell, int] = defaultdict(int)
    for payment in payments(view):
        if half_year.start <= payment.start < half_year.end:
            for cell in _cells_of(
                payment.municipality, payment.segment, payment.category, payment.provider
            ):
                paid[cell] += payment.cents
    return paid


def _cells_of(municipality: str, segment: str, category: str, provider: str) -> Iterator[Cell]:
    """The cells in which an amount counts (see the cells of indicators)."""
    yield "", "", "", ""
    yield municipality, "", "", ""
    yield "", segment, "", ""
    if category:
        yield "", "", category, ""
    yield "", "", "", provider
    yield municipality, segment, "", ""
    yield "", segment, "", provider
