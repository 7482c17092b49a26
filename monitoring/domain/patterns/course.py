"""The course of one figure of one cell: its control chart, a trend, a season."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from ...enums import Kind
from .control import ControlChart, p_chart, u_chart, xmr
from .seasons import SHORTEST, Season, Trend, season, trend


class ChartKind(StrEnum):
    P = "p"
    U = "u"
    XMR = "xmr"


@dataclass(frozen=True)
class Point:
    """A half-year (its place in time counts on without gaps) with value, numerator, denominator."""

    place: int
    value: float
    numerator: float | None = None
    denominator: float | None = None

    @property
    def is_ratio(self) -> bool:
        return self.numerator is not None and bool(self.denominator)


@dataclass(frozen=True)
class Course:
    """`season` is None too where half-years are missing in between."""

    kind: ChartKind
    chart: ControlChart
    trend: Trend | None
    season: Season | None


def course_of(points: Sequence[Point], kind: Kind, within: float = 0.0) -> Course | None:
    """A p chart of shares, a u chart of counts per exposure, else an XmR chart; None when too
    short. `within`: what half-years of this share differ beyond chance."""
    if len(points) < SHORTEST:
        return None
    values = np.array([point.value for point in points])
    chosen, chart = _chart(points, kind, values, within)
    steps = np.diff([point.place for point in points])
    return Course(chosen, chart, trend(values), season(values) if (steps == 1).all() else None)


def _chart(
    points: Sequence[Point], kind: Kind, values: np.ndarray, within: float
) -> tuple[ChartKind, ControlChart]:
    if kind not in (Kind.SHARE, Kind.RATE) or not all(point.is_ratio for point in points):
        return ChartKind.XMR, xmr(values)
    counts = np.array([point.numerator or 0.0 for point in points])
    cases = np.array([point.denominator or 0.0 for point in points])
    if kind is Kind.SHARE:
        return ChartKind.P, p_chart(counts, cases, within)
    # A rate is per so many: per 100 youths the exposure is in hundreds.
    per = values.sum() / (counts / cases).sum() if counts.any() else 1.0
    return ChartKind.U, u_chart(counts, cases / per)
