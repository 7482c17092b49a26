"""From models and drawn paths to figures in cents that add up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from finance.domain.completion import Floats
from finance.domain.path_models import CellModel, Paths
from finance.domain.price import price_index
from finance.domain.projection_inputs import ProjectionInputs
from finance.domain.projection_result import (
    Band,
    Projection,
    SegmentMethod,
    Series,
    StepEffect,
    TurningPoint,
)
from finance.domain.simulation import Simulation, Spread

MONTHS_A_YEAR = 12
Cents = NDArray[np.int64]


def summarise(
    *,
    inputs: ProjectionInputs,
    models: Sequence[CellModel],
    simulation: Simulation,
    methods: tuple[SegmentMethod, ...],
    steps: tuple[StepEffect, ...] = (),
) -> Projection:
    """All series, totals first; expected amounts of totals are exact sums of those of cells."""
    builder = _SeriesBuilder(inputs, models)
    series = [builder.total(simulation.region)]
    series += [
        builder.total(spread, segment=code) for code, spread in sorted(simulation.segments.items())
    ]
    series += [
        builder.total(spread, municipality=code)
        for code, spread in sorted(simulation.municipalities.items())
    ]
    series += [
        builder.total(spread, municipality=model.municipality, segment=model.segment)
        for model, spread in zip(models, simulation.cells, strict=True)
    ]
    years = whole_years(inputs)
    with_savings, without, real = _turning_points(inputs, builder.calendar, series[0], simulation)
    return Projection(
        first=inputs.first,
        as_of=inputs.as_of,
        last=inputs.last,
        whole_years=years,
        series=tuple(series),
        methods=methods,
        turning_point=with_savings,
        turning_point_without_savings=without,
        seed=inputs.seed,
        paths=inputs.paths,
        inputs_checksum=inputs.checksum,
        turning_point_real=real,
        steps=steps,
    )


def _turning_points(
    inputs: ProjectionInputs, calendar: list[int], region: Series, simulation: Simulation
) -> tuple[TurningPoint, TurningPoint, TurningPoint]:
    """With the planned savings, as if there were none, and with them at one price level."""
    whole = whole_years(inputs)
    years = tuple(year for year in whole if year >= (inputs.as_of + 1) // MONTHS_A_YEAR)
    expected = dict(zip(calendar, region.year_expected, strict=True))
    paths = dict(zip(calendar, simulation.region_years, strict=True))
    saved = dict(zip(calendar, region.year_savings, strict=True))
    price = dict(zip(calendar, price_index(np.array(calendar), inputs.indexation), strict=True))
    return (
        turning_point(expected=expected, paths=paths, years=years, whole=whole),
        turning_point(
            expected={year: expected[year] - saved[year] for year in calendar},
            paths={year: paths[year] - np.float32(saved[year] / 100) for year in calendar},
            years=years,
            whole=whole,
        ),
        turning_point(
            expected={year: round(expected[year] / price[year]) for year in calendar},
            paths={year: paths[year] / np.float32(price[year]) for year in calendar},
            years=years,
            whole=whole,
        ),
    )


def whole_years(inputs: ProjectionInputs) -> tuple[int, ...]:
    """Calendar years of which all twelve months are in the projection."""
    years = [month // MONTHS_A_YEAR for month in inputs.months]
    return tuple(year for year in sorted(set(years)) if years.count(year) == MONTHS_A_YEAR)


def turning_point(
    *,
    expected: dict[int, int],
    paths: dict[int, Paths],
    years: tuple[int, ...],
    whole: tuple[int, ...],
) -> TurningPoint:
    """The first of `years` that costs no more than the year before; only whole years compare."""
    compared = [year for year in years if year - 1 in whole]
    turned = next((year for year in compared if expected[year] <= expected[year - 1]), None)
    if not compared:
        return TurningPoint(None, ())
    rising = np.ones(len(paths[compared[0]]), dtype=bool)
    probabilities = []
    for year in compared:
        turns = rising & (paths[year] <= paths[year - 1])
        probabilities.append((year, int(turns.sum()) / len(turns)))
        rising &= ~turns
    return TurningPoint(turned, tuple(probabilities))


class _SeriesBuilder:
    def __init__(self, inputs: ProjectionInputs, models: Sequence[CellModel]) -> None:
        self.years = np.array([month // MONTHS_A_YEAR for month in inputs.months])
        self.calendar = [int(year) for year in np.unique(self.years)]
        self.keys = [(model.municipality, model.segment) for model in models]
        self.observed = [_observed(model, len(self.years)) for model in models]
        self.savings = [cents_of(model.savings) for model in models]
        self.expected = [cents_of(model.expected + model.savings) for model in models]

    def total(
        self, spread: Spread, *, municipality: str | None = None, segment: str | None = None
    ) -> Series:
        chosen = [
            place
            for place, (m, s) in enumerate(self.keys)
            if municipality in (None, m) and segment in (None, s)
        ]
        observed, expected, savings = (
            np.sum([table[place] for place in chosen], axis=0)
            for table in (self.observed, self.expected, self.savings)
        )
        by_year = [self._by_year(amounts) for amounts in (observed, expected, savings)]
        return Series(
            municipality=municipality,
            segment=segment,
            observed=_plain(observed),
            expected=_plain(expected),
            savings=_plain(savings),
            months=_band(spread.months, expected),
            year_observed=_plain(by_year[0]),
            year_expected=_plain(by_year[1]),
            year_savings=_plain(by_year[2]),
            years=_band(spread.years, by_year[1]),
        )

    def _by_year(self, amounts: Cents) -> Cents:
        return np.array([amounts[self.years == year].sum() for year in self.calendar])


def _observed(model: CellModel, months: int) -> Cents:
    observed = np.zeros(months, dtype=np.int64)
    observed[: len(model.known)] = cents_of(model.known)
    return observed


def cents_of(euros: Floats) -> Cents:
    return np.rint(euros * 100).astype(np.int64)


def _plain(cents: Cents) -> tuple[int, ...]:
    return tuple(int(value) for value in cents)


def _band(limits: Floats, expected: Cents) -> Band:
    """Limits in cents; where nothing is uncertain they are the expected amount itself (the paths
    have only seven digits)."""
    cents = cents_of(limits)
    settled = limits[-1] - limits[0] <= 1e-6 * np.abs(limits[-1])
    low95, low80, high80, high95 = (_plain(np.where(settled, expected, row)) for row in cents)
    return Band(low95, low80, high80, high95)
