"""From declarations known now to the cost until the end of the contract phase.

The steps, each per segment or cell (municipality x segment): complete what is still to be declared;
take out price index and season; follow level and damped trend; go on from there with season, the
index of each 1 January and the planned savings; draw paths for the intervals.
"""

from __future__ import annotations

from itertools import groupby

import numpy as np

from finance.domain.completion import (
    Development,
    Floats,
    Triangle,
    build_triangle,
    develop,
    prediction_error,
)
from finance.domain.projection_inputs import CellInputs, ProjectionInputs
from finance.domain.projection_result import Projection, SegmentMethod
from finance.domain.projection_summary import summarise
from finance.domain.savings import spread_savings
from finance.domain.sharing import shared_shocks
from finance.domain.simulation import CellModel, Frame, SegmentModel, simulate
from finance.domain.trend import Drift, TrendFit, fit_trends, month_season

MONTHS_A_YEAR = 12
CENTS = 100


def project(inputs: ProjectionInputs, *, workers: int = 2) -> Projection:
    """Project all cells; bit-identical for the same inputs on the same build of numpy.

    Raises ValueError when there is no cell at all.
    """
    if not inputs.cells:
        raise ValueError("a projection needs at least one municipality and segment")
    timeline = _Timeline(inputs)
    by_segment = {
        segment: list(cells)
        for segment, cells in groupby(
            sorted(inputs.cells, key=lambda cell: (cell.segment, cell.municipality)),
            key=lambda cell: cell.segment,
        )
    }
    parts = [_Segment(segment, cells, timeline) for segment, cells in by_segment.items()]
    models = sorted(
        (model for part in parts for model in part.cells),
        key=lambda model: (model.municipality, model.segment),
    )
    models = spread_savings(models, savings=inputs.savings, inputs=inputs)
    shocks = shared_shocks({part.segment: part.unforeseen for part in parts})
    frame = Frame(
        seed=inputs.seed,
        paths=inputs.paths,
        years=timeline.years,
        start=min(part.first_open for part in parts),
        trend_start=min(part.mature for part in parts),
    )
    simulation = simulate(
        cells=models,
        segments=[SegmentModel(p.segment, p.development, shocks[p.segment]) for p in parts],
        frame=frame,
        workers=workers,
    )
    methods = tuple(part.method(shocks[part.segment].within) for part in parts)
    return summarise(
        inputs=inputs,
        models=models,
        simulation=simulation,
        methods=methods,
        shared_by_segments=next(iter(shocks.values())).between,
    )


class _Timeline:
    """Months of the projection with their price index (the first year is 1)."""

    def __init__(self, inputs: ProjectionInputs) -> None:
        self.inputs = inputs
        self.past = inputs.as_of - inputs.first + 1
        self.years = np.array([month // MONTHS_A_YEAR for month in inputs.months])
        self.calendar_month = np.array([month % MONTHS_A_YEAR for month in inputs.months])
        self.index = price_index(self.years, inputs)


def price_index(years: np.ndarray, inputs: ProjectionInputs) -> Floats:
    """Price level per month, every rise of a 1 January applied to all later years."""
    level = np.ones(len(years))
    for rise in inputs.indexation:
        if rise.year > years[0]:
            level[years >= rise.year] *= 1 + rise.basis_points / 10_000
    return level


def cell_triangle(cell: CellInputs, *, inputs: ProjectionInputs, months: int) -> Triangle:
    """The cell's triangle in euros, as far as it was known in the as-of month."""
    return build_triangle(
        rows=(
            (move.care - inputs.first, move.known - inputs.first, move.cents / CENTS)
            for move in cell.movements
        ),
        months=months,
        lags=min(inputs.lags, months),
    )


class _Segment:
    """One segment worked out: development and season from all its municipalities together,
    trend per municipality."""

    def __init__(self, segment: str, cells: list[CellInputs], timeline: _Timeline) -> None:
        inputs, past = timeline.inputs, timeline.past
        self.segment, self.timeline, self.damping = segment, timeline, inputs.damping
        triangles = [cell_triangle(cell, inputs=inputs, months=past) for cell in cells]
        whole = _sum(triangles)
        self.ages = whole.ages
        self.development = develop(whole, tail=past <= inputs.lags)
        self.developed = self.development.developed[self.ages]
        self.mature = mature_months(self.developed, young_below=inputs.young_below)
        self.season = self._season(whole)
        self.pattern = timeline.index * self.season[timeline.calendar_month]
        known = np.array([triangle.latest for triangle in triangles])
        self.scales = np.array([self._scale(one) for one in known])
        self.trends, self.drift = self._trends(known)
        self.cells = [
            self._model(cell.municipality, *parts)
            for cell, *parts in zip(cells, known, self.scales, self.trends, strict=True)
        ]

    @property
    def first_open(self) -> int:
        """The first month that may still change."""
        if self.development.factors[-1] > 1:
            return 0
        return int(max(0, len(self.ages) - len(self.development.factors)))

    @property
    def unforeseen(self) -> Floats:
        """Innovations in euros of one price level and season, shape (cells, mature months)."""
        return np.array(
            [fit.innovations * scale for fit, scale in zip(self.trends, self.scales, strict=True)]
        )

    def _season(self, whole: Triangle) -> Floats:
        mature = slice(0, self.mature)
        totals = whole.latest[mature] / self.developed[mature] / self.timeline.index[mature]
        return month_season(totals, first_month=int(self.timeline.calendar_month[0]) + 1)

    def _scale(self, known: Floats) -> float:
        """An ordinary month in euros: what is known of the last year, over what should be."""
        last = max(self.mature, 1)
        recent = slice(max(0, last - MONTHS_A_YEAR), last)
        if self.mature == 0:
            recent = slice(0, len(known))
        should_be = (self.developed * self.pattern[: len(known)])[recent].sum()
        return max(float(known[recent].sum() / should_be), 0.0) if should_be > 0 else 0.0

    def _trends(self, known: Floats) -> tuple[list[TrendFit], Drift]:
        mature = slice(0, self.mature)
        units = np.where(self.scales > 0, self.scales, 1.0)[:, None] * self.pattern[mature]
        completed = known[:, mature] / self.developed[mature]
        relative = np.where(_started(completed), completed / units, np.nan)
        relative[self.scales <= 0] = np.nan
        variances = np.array([self._error(one[mature], mature) for one in known]) / units**2
        return fit_trends(relative, variances=variances, damping=self.damping)

    def _error(self, amounts: Floats, months: slice) -> Floats:
        error = prediction_error(
            amounts=amounts, ages=self.ages[months], development=self.development
        )
        return error.process + error.parameter

    def _model(
        self, municipality: str, known: Floats, scale: float, trend: TrendFit
    ) -> CellModel:
        euros = scale * self.pattern
        expected = np.zeros(len(euros))
        mature, past = slice(0, self.mature), slice(self.mature, len(known))
        expected[mature] = known[mature] / self.developed[mature]
        ahead = np.maximum(trend.ahead(len(euros) - self.mature), 0.0)
        expected[self.mature :] = ahead * euros[self.mature :]
        developed_so_far = np.maximum(known, 0.0)
        developed_so_far[past] = expected[past] * self.developed[past]
        expected[past] = known[past] + (1 - self.developed[past]) * expected[past]
        return CellModel(
            municipality=municipality,
            segment=self.segment,
            mature=self.mature,
            known=known,
            process=self._chance(developed_so_far),
            ages=self.ages,
            expected=expected,
            scale=euros,
            savings=np.zeros(len(euros)),
            trend=trend,
        )

    def _chance(self, amounts: Floats) -> Floats:
        return prediction_error(
            amounts=amounts, ages=self.ages, development=self.development
        ).process

    def method(self, shared: float) -> SegmentMethod:
        """What a reader should know about how this segment's figures came about."""
        now = sum(fit.level * s for fit, s in zip(self.trends, self.scales, strict=True))
        year_on = sum(
            fit.ahead(MONTHS_A_YEAR)[-1] * s
            for fit, s in zip(self.trends, self.scales, strict=True)
        )
        return SegmentMethod(
            segment=self.segment,
            developed=_rounded(self.development.developed),
            developed_error=_rounded(developed_error(self.development)),
            tail=round(float(self.development.factors[-1]), 6),
            mature_until=self.timeline.inputs.first + self.mature - 1,
            season=_rounded(self.season),
            level_ratio=float(self.drift.level_ratio),
            slope_step=float(self.drift.slope_step),
            yearly_growth=round(float(year_on / now - 1), 6) if now > 0 else 0.0,
            shared=round(shared, 6),
        )


def mature_months(developed: Floats, *, young_below: float) -> int:
    """How many months, from the first, are developed enough to stand on their own."""
    young = np.flatnonzero(developed < young_below)
    return int(young[0]) if len(young) else len(developed)


def developed_error(development: Development) -> Floats:
    """Standard error of the developed share per lag, from the relative errors of the factors."""
    factors = development.factors
    usable = np.isfinite(factors) & (factors > 0)
    relative = np.zeros(len(factors))
    relative[usable] = development.factor_variance[usable] / factors[usable] ** 2
    onward = np.flip(np.cumsum(np.flip(relative)))
    errors: Floats = development.developed * np.sqrt(onward)
    return errors


def _sum(triangles: list[Triangle]) -> Triangle:
    total = triangles[0]
    for triangle in triangles[1:]:
        total = total + triangle
    return total


def _started(completed: Floats) -> np.ndarray:
    """False for the months before a cell's first money."""
    return np.cumsum(np.abs(completed), axis=1) > 0


def _rounded(values: Floats) -> tuple[float, ...]:
    return tuple(round(float(value), 6) for value in values)
