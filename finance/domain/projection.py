"""From declarations known now to the cost until the end of the contract phase.

The steps, each per segment or cell (municipality x segment): complete what is still to be declared;
take out price index and season; follow level and damped trend; go on from there with season, the
index of each 1 January, what is known of the time to come and the planned savings; draw paths for
the intervals.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from finance.domain.completion import (
    ALL_OR_NOTHING,
    YOUNG_BELOW,
    Development,
    Floats,
    Ints,
    Triangle,
    build_triangle,
    develop,
    prediction_error,
    solid_start,
)
from finance.domain.known_laid import Laid, lay_known
from finance.domain.layers import Layers, SegmentSeries, SegmentTrend, fit_layers
from finance.domain.method_choice import METHODS, Choice, Method, choose_method
from finance.domain.path_models import CellModel, Frame, Luck, SegmentModel
from finance.domain.price import price_index
from finance.domain.projection_inputs import CellInputs, ProjectionInputs, Silence
from finance.domain.projection_result import Projection, SegmentMethod
from finance.domain.projection_summary import summarise
from finance.domain.savings import spread_savings
from finance.domain.season import month_season
from finance.domain.simulation import simulate
from finance.domain.trend import TrendFit

MONTHS_A_YEAR = 12
CENTS = 100


def project(inputs: ProjectionInputs, *, workers: int = 2) -> Projection:
    """Project all cells; bit-identical for the same inputs on the same build of numpy.

    Raises ValueError when there is no cell at all.
    """
    models = prepare(inputs)
    cells = spread_savings(models.cells, savings=inputs.savings, inputs=inputs)
    simulation = simulate(
        cells=cells,
        segments=models.segments,
        region=models.region,
        frame=models.frame,
        course=models.laid.paths,
        workers=workers,
    )
    return summarise(
        inputs=inputs,
        models=cells,
        simulation=simulation,
        methods=models.methods,
        steps=models.laid.effects,
    )


class Models(NamedTuple):
    """Everything that is known before paths are drawn; `cells` with known decisions and without
    savings, sorted."""

    cells: list[CellModel]
    segments: list[SegmentModel]
    region: TrendFit
    frame: Frame
    methods: tuple[SegmentMethod, ...]
    laid: Laid


def prepare(inputs: ProjectionInputs) -> Models:
    """Complete, take out price and season, follow the trend, lay known decisions over it.

    ValueError where there is no cell.
    """
    if not inputs.cells:
        raise ValueError("a projection needs at least one municipality and segment")
    timeline = _Timeline(inputs)
    parts = [_Segment(code, cells, timeline) for code, cells in _by_segment(inputs)]
    mature = min(part.mature for part in parts)
    layers = fit_layers([part.series(mature) for part in parts], damping=inputs.damping)
    worked_out = [
        _work_out(part, trend, layers, mature, Luck(parts[mirror.place].code, mirror.opposite))
        for part, trend, mirror in zip(parts, layers.segments, layers.mirrors, strict=True)
    ]
    frame = _frame(timeline, parts, layers, mature)
    cells, laid = lay_known([cell for _, own in worked_out for cell in own], frame, inputs)
    return Models(
        cells=cells,
        segments=[segment for segment, _ in worked_out],
        region=layers.region,
        frame=frame,
        methods=tuple(part.method(layers, place, mature) for place, part in enumerate(parts)),
        laid=laid,
    )


def _by_segment(inputs: ProjectionInputs) -> list[tuple[str, list[CellInputs]]]:
    cells = sorted(inputs.cells, key=lambda cell: (cell.segment, cell.municipality))
    return [(code, list(own)) for code, own in groupby(cells, key=lambda cell: cell.segment)]


class _Timeline:
    """Months of the projection with their price index (the first year is 1)."""

    def __init__(self, inputs: ProjectionInputs) -> None:
        self.inputs = inputs
        self.past = inputs.as_of - inputs.first + 1
        self.years = np.array([month // MONTHS_A_YEAR for month in inputs.months])
        self.calendar_month = np.array([month % MONTHS_A_YEAR for month in inputs.months])
        self.index = price_index(self.years, inputs.indexation)


def _frame(timeline: _Timeline, parts: Sequence[_Segment], layers: Layers, mature: int) -> Frame:
    return Frame(
        seed=timeline.inputs.seed,
        paths=timeline.inputs.paths,
        years=timeline.years,
        past=timeline.past,
        start=min(mature, *(part.first_open for part in parts)),
        mature=mature,
        region_scale=layers.region_scale or 1.0,
    )


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
    """One segment: development and season from all its municipalities together."""

    def __init__(self, code: str, cells: list[CellInputs], timeline: _Timeline) -> None:
        inputs, past = timeline.inputs, timeline.past
        triangles = [cell_triangle(cell, inputs=inputs, months=past) for cell in cells]
        self.code, self.timeline = code, timeline
        self.municipalities = [cell.municipality for cell in cells]
        self.known = np.array([triangle.latest for triangle in triangles])
        self.ages, self.choice = _development(code, triangles, timeline)
        self.development = self.choice.development
        self.young_below = self.choice.method.young_below
        ordinary = self.development.developed[self.ages]
        self.developed = developed_in_silence(
            self.development, self.ages, silent=inputs.silence_of(code)
        )
        safe = np.where(self.developed > 0, self.developed, 1.0)
        self.lift = np.where(self.developed > 0, ordinary / safe, 1.0)
        self.mature = mature_months(self.developed, young_below=self.young_below)
        self.season = _season_of(self.known.sum(axis=0), self.developed, timeline, self.mature)
        self.pattern = timeline.index * self.season[timeline.calendar_month]

    @property
    def first_open(self) -> int:
        """The first month that may still change."""
        if self.development.factors[-1] > 1:
            return 0
        return int(max(0, len(self.ages) - len(self.development.factors)))

    def series(self, mature: int) -> SegmentSeries:
        """Completed mature months of all cells at one price level and season."""
        pattern, lifted = self.pattern[:mature], self.known * self.lift
        return SegmentSeries(
            amounts=self.known[:, :mature] / self.developed[:mature] / pattern,
            variances=np.array([self._variance(one[:mature]) for one in lifted]) / pattern**2,
            total_variance=self._variance(lifted.sum(axis=0)[:mature]) / pattern**2,
        )

    def _variance(self, amounts: Floats) -> Floats:
        error = prediction_error(
            amounts=amounts, ages=self.ages[: len(amounts)], development=self.development
        )
        return error.process + error.parameter

    def chance(self, known: Floats, expected: Floats, mature: int) -> Floats:
        """Variance of what is still to come by chance; of young months from what is expected."""
        begun, solid = solid_start(
            expected=expected,
            ages=self.ages,
            development=self.development,
            young_below=self.young_below,
        )
        stands = np.arange(len(known)) < mature
        return prediction_error(
            amounts=np.where(stands, known * self.lift, begun),
            ages=np.where(stands, self.ages, solid),
            development=self.development,
        ).process

    def method(self, layers: Layers, place: int, mature: int) -> SegmentMethod:
        """What a reader should know about how this segment's figures came about."""
        return SegmentMethod(
            segment=self.code,
            developed=_rounded(self.development.developed),
            developed_error=_rounded(developed_error(self.development)),
            tail=round(float(self.development.factors[-1]), 6),
            mature_until=self.timeline.inputs.first + mature - 1,
            season=_rounded(self.season),
            yearly_growth=round(layers.growth(place), 6),
            chosen=self.choice.method.code,
            scores=tuple((one.method.code, round(one.error, 6)) for one in self.choice.scores),
            effects=tuple(
                (self.timeline.inputs.first + one.month, one.ratio) for one in self.choice.effects
            ),
            widened=self.choice.widened,
            silent=sum(one.basis_points for one in self.timeline.inputs.silence_of(self.code))
            / 10_000,
        )


def _development(code: str, triangles: list[Triangle], timeline: _Timeline) -> tuple[Ints, Choice]:
    """Ages of the past months and how they develop: all municipalities together."""
    inputs = timeline.inputs
    ordinary = Method(None, inputs.young_below)
    paid_until = inputs.paid_until(code)
    if paid_until is not None:
        months = np.arange(inputs.first, inputs.as_of + 1)
        ages = (months <= paid_until).astype(np.int64)
        return ages, Choice(ordinary, ALL_OR_NOTHING, (), (), 1.0)
    whole = _sum(triangles)
    tail = timeline.past <= inputs.lags
    choice = choose_method(
        whole,
        pattern=_usual_course(develop(whole, tail=tail), whole, timeline),
        tail=tail,
        methods=METHODS if inputs.chosen else (ordinary,),
    )
    return whole.ages, choice


def _usual_course(development: Development, whole: Triangle, timeline: _Timeline) -> Floats:
    """Price index and season of the past months, as the ordinary way of completing sees them."""
    developed = development.developed[whole.ages]
    mature = mature_months(developed, young_below=YOUNG_BELOW)
    season = _season_of(whole.latest, developed, timeline, mature)
    index = timeline.index[: timeline.past]
    course: Floats = index * season[timeline.calendar_month[: timeline.past]]
    return course


def _season_of(known: Floats, developed: Floats, timeline: _Timeline, mature: int) -> Floats:
    completed = known[:mature] / developed[:mature]
    return month_season(
        completed / timeline.index[:mature], first_month=int(timeline.calendar_month[0]) + 1
    )


def _work_out(
    part: _Segment, trend: SegmentTrend, layers: Layers, mature: int, luck: Luck
) -> tuple[SegmentModel, list[CellModel]]:
    """Models of a segment and its cells: completed, then projected along all layers."""
    steps = len(part.pattern) - mature
    above = np.maximum(layers.region.ahead(steps), 0) * np.maximum(trend.trend.ahead(steps), 0)
    units = np.where(trend.relative > 0, trend.relative, 1.0) * part.pattern[:mature]
    cells = [
        _cell(part, place, trend, float(scale), above, units)
        for place, scale in enumerate(_scales(part, trend))
    ]
    past = part.known.shape[1]
    segment = SegmentModel(
        segment=part.code,
        development=part.development,
        trend=trend.trend,
        ages=part.ages,
        pattern=part.pattern,
        known=part.known.sum(axis=0),
        expected=np.sum([cell.expected[:past] for cell in cells], axis=0),
        lift=part.lift,
        luck=luck,
    )
    return segment, cells


def _scales(part: _Segment, trend: SegmentTrend) -> Floats:
    """Ordinary months of the cells; without mature months from all that is known, over what of it
    should be known by now."""
    if trend.scales.any() or trend.relative.size:
        return trend.scales
    past = part.known.shape[1]
    should_be = float((part.developed * part.pattern[:past]).sum())
    scales: Floats = np.maximum(part.known.sum(axis=1), 0.0) / (should_be or 1.0)
    return scales


def _cell(
    part: _Segment, place: int, segment: SegmentTrend, scale: float, above: Floats, units: Floats
) -> CellModel:
    known, developed, mature = part.known[place], part.developed, len(units)
    trend, mirror = segment.cells[place], segment.mirrors[place]
    euros = scale * part.pattern
    own = np.maximum(trend.ahead(len(above)), 0.0) * above * euros[mature:]
    expected = np.concatenate([known[:mature] / developed[:mature], own])
    young = slice(mature, len(known))
    process = part.chance(known, expected[: len(known)], mature)
    expected[young] = known[young] + (1 - developed[young]) * expected[young]
    return CellModel(
        municipality=part.municipalities[place],
        segment=part.code,
        known=known,
        process=process,
        expected=expected,
        scale=euros,
        unit=scale * units,
        savings=np.zeros(len(euros)),
        trend=trend,
        luck=Luck(part.municipalities[mirror.place], mirror.opposite),
    )


def developed_in_silence(
    development: Development, ages: Ints, *, silent: Sequence[Silence]
) -> Floats:
    """The share of every past month that is known, when providers with a share of the segment
    have been silent since a month (numbered as the care months): they will catch up."""
    share = np.diff(development.developed, prepend=0.0)
    developed = development.developed[ages].copy()
    last = len(ages) - 1
    for month, age in enumerate(ages):
        for one in silent:
            held = [lag for lag in range(age + 1) if one.since <= month + lag <= last]
            developed[month] -= one.basis_points / 10_000 * float(share[held].sum())
    return developed


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


def _rounded(values: Floats) -> tuple[float, ...]:
    return tuple(round(float(value), 6) for value in values)
