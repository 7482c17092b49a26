"""Region, segments and municipalities as layers of one trend.

A municipality's series is too noisy to show where a region is heading, and what all municipalities
do together would drown in what each does alone. So the region has a trend, each segment a trend of
its part in the region, each municipality one of its part in the segment. What is uncertain about
the small parts shows in the sum too; it is taken out of the layer above, so that nothing counts
twice.

What one part of a whole gains another loses. So parts are drawn in pairs, by size, that go opposite
ways: each is as restless as it was, their sum is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import NamedTuple

import numpy as np

from finance.domain.completion import Floats
from finance.domain.level_filter import Drift
from finance.domain.trend import TrendFit, fit_trends, looked_back, positive_part

YEAR = 12
LEAST_STEP = 0.012**2
LEAST_BASE = 0.05


@dataclass(frozen=True)
class SegmentSeries:
    """Completed amounts of one segment at one price level and season, shape (cells, months), with
    the variance of the completion. `total_variance` is that of the sum over cells."""

    amounts: Floats
    variances: Floats
    total_variance: Floats


class Mirror(NamedTuple):
    """The place of the part whose luck is drawn, and whether it is taken the other way round."""

    place: int
    opposite: bool = False


@dataclass(frozen=True)
class SegmentTrend:
    """The segment's part in the region, and each cell's part in the segment. Scales are ordinary
    months in euros; `relative` is the segment's past, ordinary months being 1. `mirrors` tells how
    each cell is drawn, `left` what the cells together leave of the variance of their parts."""

    trend: TrendFit
    scale: float
    relative: Floats
    cells: list[TrendFit]
    scales: Floats
    drift: Drift
    mirrors: list[Mirror]
    left: float


@dataclass(frozen=True)
class Layers:
    """`mirrors` tells how each segment is drawn."""

    region: TrendFit
    region_scale: float
    region_drift: Drift
    segments: list[SegmentTrend]
    mirrors: list[Mirror]

    def growth(self, place: int) -> float:
        """Expected growth of a segment in a year, price index and season left out."""
        parts = (self.region, self.segments[place].trend)
        ahead = np.prod([part.ahead(YEAR) for part in parts], axis=0)
        now = self.region.level * self.segments[place].trend.level
        return float(ahead[-1] / now - 1) if now > 0 else 0.0


def fit_layers(segments: Sequence[SegmentSeries], *, damping: float) -> Layers:
    """Fit all layers on the same months; a segment or cell without money gets scale nothing."""
    totals = np.array([one.amounts.sum(axis=0) for one in segments])
    region_scale = ordinary_month(totals.sum(axis=0))
    relative = _over(totals.sum(axis=0), region_scale)
    region, region_drift = _fit_whole(
        relative, _over(_sum_variances(segments), region_scale**2), damping
    )
    scales = np.array([ordinary_month(total) for total in totals])
    parts = np.array([_part(_over(t, s), relative) for t, s in zip(totals, scales, strict=True)])
    own = [_over(s.total_variance, scale**2) for s, scale in zip(segments, scales, strict=True)]
    fits, _ = _fit_parts(parts, np.array(own), _shares(scales), damping)
    below = [
        _cells(one, fit, float(scale), total, damping)
        for one, fit, scale, total in zip(segments, fits, scales, totals, strict=True)
    ]
    mirrors, left = mirrored(list(zip(_shares(scales), fits, strict=True)))
    return Layers(
        region=_without(region, _parts_below(below, scales, left)),
        region_scale=region_scale,
        region_drift=region_drift,
        segments=below,
        mirrors=mirrors,
    )


def ordinary_month(amounts: Floats) -> float:
    """The mean of the last year; nothing when that is not above nothing."""
    return max(float(amounts[-YEAR:].mean()), 0.0) if len(amounts) else 0.0


def _fit_whole(relative: Floats, variances: Floats, damping: float) -> tuple[TrendFit, Drift]:
    fits, drift = _fit_parts(relative[None, :], variances[None, :], np.ones(1), damping)
    return _keep_moving(fits[0]), drift


def _fit_parts(
    parts: Floats, variances: Floats, weights: Floats, damping: float
) -> tuple[list[TrendFit], Drift]:
    """Series fitted together, as uncertain as their own past misses say."""
    fits, drift = fit_trends(parts, variances=variances, damping=damping)
    looked = looked_back(parts, variances, fits, drift, weights)
    wide = [fit.wider(looked.times, freedom=looked.freedom) for fit in fits]
    return [fit.drawn_to(part) for fit, part in zip(wide, parts, strict=True)], drift


def _sum_variances(segments: Sequence[SegmentSeries]) -> Floats:
    variance: Floats = np.sum([one.total_variance for one in segments], axis=0)
    return variance


def _over(amounts: Floats, scale: float) -> Floats:
    return amounts / scale if scale > 0 else np.full_like(amounts, np.nan)


def _part(relative: Floats, base: Floats) -> Floats:
    """Relative to the layer above; months before the first money do not count."""
    started = np.cumsum(np.abs(np.nan_to_num(relative))) > 0
    usable = started & (np.nan_to_num(base) > LEAST_BASE)
    return np.where(usable, relative / np.where(usable, base, 1.0), np.nan)


def _cells(
    segment: SegmentSeries, trend: TrendFit, scale: float, total: Floats, damping: float
) -> SegmentTrend:
    relative = _over(total, scale)
    scales = np.array([ordinary_month(one) for one in segment.amounts])
    units = np.where(scales > 0, scales, 1.0)[:, None]
    parts = np.array(
        [_part(_over(one, s), relative) for one, s in zip(segment.amounts, scales, strict=True)]
    )
    base = np.where(np.nan_to_num(relative) > LEAST_BASE, relative, 1.0)
    variances = segment.variances / (units * base) ** 2
    shares = _shares(scales)
    fits, drift = _fit_parts(parts, variances, shares, damping)
    weighted = list(zip(shares, fits, strict=True))
    mirrors, left = mirrored(weighted)
    reduced = _without(trend, [(left * weight**2, fit) for weight, fit in weighted])
    return SegmentTrend(reduced, scale, np.nan_to_num(relative), fits, scales, drift, mirrors, left)


def mirrored(parts: Sequence[tuple[float, TrendFit]]) -> tuple[list[Mirror], float]:
    """How parts with their weights are drawn, and which share of the variance that they would have
    together if each were drawn by itself is left.

    The two that move the whole most go opposite ways, then the next two, and so on.
    """
    moves = np.array([weight * np.sqrt(part.year_ahead) for weight, part in parts])
    order = [int(place) for place in np.argsort(-moves, kind="stable")]
    mirrors, left = [Mirror(place) for place in range(len(parts))], 0.0
    for one, other in zip_longest(order[::2], order[1::2]):
        if other is not None:
            mirrors[other] = Mirror(one, opposite=True)
        left += float((moves[one] - (moves[other] if other is not None else 0.0)) ** 2)
    alone = float(np.square(moves).sum())
    return mirrors, left / alone if alone > 0 else 1.0


def _shares(scales: Floats) -> Floats:
    total = scales.sum()
    return scales / total if total > 0 else np.zeros_like(scales)


def _parts_below(
    segments: list[SegmentTrend], scales: Floats, left: float
) -> list[tuple[float, TrendFit]]:
    """All parts below the region, with what of their variance is left in it: segments, and cells
    in segments."""
    parts: list[tuple[float, TrendFit]] = []
    for weight, segment in zip(_shares(scales), segments, strict=True):
        parts.append((left * weight**2, segment.trend))
        inner = segment.left * np.square(weight * _shares(segment.scales))
        parts += list(zip(map(float, inner), segment.cells, strict=True))
    return parts


def _without(trend: TrendFit, parts: Sequence[tuple[float, TrendFit]]) -> TrendFit:
    """The trend with only the uncertainty that its parts do not bring themselves."""
    below = sum((times * part.state for times, part in parts), np.zeros((2, 2)))
    return replace(
        trend,
        state=positive_part(trend.state - below),
        noise=_less(trend.noise, [times * part.noise for times, part in parts]),
        level_step=_less(trend.level_step, [times * part.level_step for times, part in parts]),
        slope_step=_less(trend.slope_step, [times * part.slope_step for times, part in parts]),
    )


def _less(whole: float, parts: Sequence[float]) -> float:
    return max(whole - sum(parts), 0.0)


def _keep_moving(region: TrendFit) -> TrendFit:
    """No short history proves that a whole region stands still: four percent a year is ordinary."""
    return replace(region, level_step=max(region.level_step, LEAST_STEP))
