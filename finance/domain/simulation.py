"""Many possible courses of a region's cost, drawn from a seed.

One path carries everything that is uncertain together: how late declarations still grow
(completion), where level and slope stand and go (trend), and what a month brings (volume). What
months, municipalities and segments have in common is drawn once and shared, so that totals are sums
over the same path and an interval of a region is not the sum of those of its municipalities.

Cells are computed one at a time in float32 with a generator of their own, seeded by (seed,
municipality, segment), and added in the order given: one or two workers give the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from finance.domain.completion import Development, Floats, Ints
from finance.domain.trend import TrendFit

Paths = NDArray[np.float32]

LEVELS = (0.025, 0.1, 0.9, 0.975)
STATE_ROWS = 2
LEAST_GROWTH = 1e-3


@dataclass(frozen=True)
class SharedShocks:
    """The part of the unforeseen in a segment that its municipalities share (`within`), and the
    part of that which the segments share among each other (`between`); 0 to 1."""

    within: float
    between: float


@dataclass(frozen=True)
class SegmentModel:
    segment: str
    development: Development
    shocks: SharedShocks


@dataclass(frozen=True)
class CellModel:
    """A cell over all months, amounts in euros; past months first, `mature` of them old enough.

    `known`, `process` and `ages` cover the past months: what is known, the variance of what is to
    come by chance alone, and how old they are. `expected` covers all months: completed, then
    projected, without savings. `scale` turns the trend's relative amounts into euros.
    """

    municipality: str
    segment: str
    mature: int
    known: Floats
    process: Floats
    ages: Ints
    expected: Floats
    scale: Floats
    savings: Floats
    trend: TrendFit


@dataclass(frozen=True)
class Spread:
    """Limits (2.5, 10, 90 and 97.5 %), shape (4, months) and (4, years), in euros."""

    months: Floats
    years: Floats


@dataclass(frozen=True)
class Simulation:
    """`cells` in the order given; `region_years` (years, paths) is what turning points need."""

    cells: list[Spread]
    segments: dict[str, Spread]
    municipalities: dict[str, Spread]
    region: Spread
    region_years: Paths


def generator(seed: int, *names: str) -> np.random.Generator:
    """A stream of its own for every seed and name, whatever else is drawn."""
    digest = hashlib.sha256("\x1f".join(names).encode()).digest()
    words = [int.from_bytes(digest[i : i + 4], "big") for i in range(0, 16, 4)]
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence([seed, *words])))


def _normals(seed: int, names: tuple[str, ...], rows: int, paths: int) -> Paths:
    return generator(seed, *names).standard_normal((rows, paths), dtype=np.float32)


@dataclass(frozen=True)
class Frame:
    """What all cells have in common. `start` is the first month that is not settled in all cells,
    `trend_start` the first that leans on a trend in any."""

    seed: int
    paths: int
    years: Ints
    start: int
    trend_start: int

    @property
    def steps(self) -> int:
        return len(self.years) - self.trend_start


@dataclass(frozen=True)
class _SharedDraws:
    """Of one segment: growth factor to the end per lag, and the shared innovations (two rows for
    the state, then one per month)."""

    growth: Paths
    innovations: Paths
    own_part: np.float32


def simulate(
    *,
    cells: Sequence[CellModel],
    segments: Sequence[SegmentModel],
    frame: Frame,
    workers: int = 2,
) -> Simulation:
    """Draw all paths; deterministic in (inputs, seed), whatever the number of workers."""
    shared = _shared_draws(segments, frame)
    totals = _Totals(frame)
    spreads = []
    with ThreadPoolExecutor(max_workers=workers) as pool:
        for batch in _batches(cells, 2 * workers):
            drawn = pool.map(lambda cell: _draw(cell, shared[cell.segment], frame), batch)
            for cell, (amounts, spread) in zip(batch, drawn, strict=True):
                totals.add(cell, amounts)
                spreads.append(spread)
    return totals.finish(spreads)


def _batches(cells: Sequence[CellModel], size: int) -> Iterator[list[CellModel]]:
    rest = iter(cells)
    while batch := list(islice(rest, size)):
        yield batch


def _shared_draws(segments: Sequence[SegmentModel], frame: Frame) -> dict[str, _SharedDraws]:
    rows = STATE_ROWS + frame.steps
    region = _normals(frame.seed, ("region",), rows, frame.paths)
    return {model.segment: _segment_draws(model, region, frame) for model in segments}


def _segment_draws(model: SegmentModel, region: Paths, frame: Frame) -> _SharedDraws:
    lags, rows = len(model.development.factors), len(region)
    normals = _normals(frame.seed, ("segment", model.segment), lags + rows, frame.paths)
    within, between = model.shocks.within, model.shocks.between
    innovations = np.float32(np.sqrt(within * between)) * region
    innovations += np.float32(np.sqrt(within * (1 - between))) * normals[lags:]
    own_part = np.float32(np.sqrt(1 - within))
    return _SharedDraws(_growth(model.development, normals[:lags]), innovations, own_part)


def _growth(development: Development, normals: Paths) -> Paths:
    """Growth from each lag to the end, with the factors drawn log-normally around their estimate;
    infinite where nothing is known at that lag."""
    growth = np.empty_like(normals)
    onward = np.ones(normals.shape[1], dtype=np.float32)
    for k in range(len(normals) - 1, -1, -1):
        factor = float(development.factors[k])
        if np.isfinite(factor) and factor > LEAST_GROWTH:
            log_variance = np.log1p(development.factor_variance[k] / factor**2)
            spread, centre = np.float32(np.sqrt(log_variance)), np.float32(-log_variance / 2)
            onward = onward * np.float32(factor) * np.exp(spread * normals[k] + centre)
        elif not np.isfinite(factor):
            onward = np.full_like(onward, np.inf)
        growth[k] = onward
    return growth


def _draw(cell: CellModel, shared: _SharedDraws, frame: Frame) -> tuple[Paths, Spread]:
    """All paths of one cell from `frame.start` on, and its limits."""
    months, past = len(cell.expected), len(cell.known)
    rows = (past - frame.start) + STATE_ROWS + (months - cell.mature)
    own = _normals(frame.seed, (cell.municipality, cell.segment), rows, frame.paths)
    amounts = np.empty((months - frame.start, frame.paths), dtype=np.float32)
    chance, state = own[: past - frame.start], own[past - frame.start :]
    state *= shared.own_part
    state[:STATE_ROWS] += shared.innovations[:STATE_ROWS]
    state[STATE_ROWS:] += shared.innovations[STATE_ROWS + cell.mature - frame.trend_start :]
    level, slope = _complete_mature(cell, shared, frame, chance, amounts)
    level, slope = _unsure_state(cell.trend, state, level, slope)
    _follow_trend(cell, frame, state[STATE_ROWS:], level, slope, amounts)
    _fill_young(cell, shared, frame, chance, amounts)
    amounts += cell.savings[frame.start :, None].astype(np.float32)
    return amounts, _spread(cell.expected + cell.savings, amounts, frame)


def _complete_mature(
    cell: CellModel, shared: _SharedDraws, frame: Frame, chance: Paths, amounts: Paths
) -> tuple[Paths, Paths]:
    """Complete the months that stand on their own; a month that turns out higher than expected
    moves level and slope by its weight in the trend."""
    level = np.full(frame.paths, cell.trend.level, dtype=np.float32)
    slope = np.full(frame.paths, cell.trend.slope, dtype=np.float32)
    for month in range(frame.start, cell.mature):
        row = month - frame.start
        amount = shared.growth[cell.ages[month]] * np.float32(cell.known[month])
        amount += np.float32(np.sqrt(cell.process[month])) * chance[row]
        amounts[row] = amount
        if cell.scale[month] > 0:
            surprise = (amount - np.float32(cell.expected[month])) / np.float32(cell.scale[month])
            level += np.float32(cell.trend.weights[month, 0]) * surprise
            slope += np.float32(cell.trend.weights[month, 1]) * surprise
    return level, slope


def _unsure_state(
    trend: TrendFit, state: Paths, level: Paths, slope: Paths
) -> tuple[Paths, Paths]:
    """Add what is not known about level and slope themselves."""
    (a, b), (_, c) = trend.covariance
    root = np.sqrt(a)
    link = b / root if root > 0 else 0.0
    level = level + np.float32(root) * state[0]
    slope = slope + np.float32(link) * state[0]
    slope += np.float32(np.sqrt(max(c - link**2, 0.0))) * state[1]
    return level, slope


def _follow_trend(
    cell: CellModel, frame: Frame, shocks: Paths, level: Paths, slope: Paths, amounts: Paths
) -> None:
    """One innovation a month moves the month itself, the level and the slope."""
    trend = cell.trend
    damping, sigma = np.float32(trend.damping), np.float32(trend.sigma)
    alpha, beta = np.float32(trend.alpha), np.float32(trend.beta)
    shocks *= sigma
    for step, month in enumerate(range(cell.mature, len(cell.expected))):
        shock, row = shocks[step], amounts[month - frame.start]
        slope *= damping
        level += slope
        np.add(level, shock, out=row)
        np.maximum(row, 0, out=row)
        row *= np.float32(cell.scale[month])
        level += alpha * shock
        slope += beta * shock


def _fill_young(
    cell: CellModel, shared: _SharedDraws, frame: Frame, chance: Paths, amounts: Paths
) -> None:
    """Young months: what is known, and the undeveloped share of what the trend says."""
    for month in range(cell.mature, len(cell.known)):
        row = month - frame.start
        amounts[row] *= 1 - 1 / shared.growth[cell.ages[month]]
        amounts[row] += np.float32(cell.known[month])
        amounts[row] += np.float32(np.sqrt(cell.process[month])) * chance[row]


def _by_year(settled: Floats, amounts: Paths, frame: Frame) -> Paths:
    """Sums per calendar year; months before `frame.start` are settled."""
    years = np.unique(frame.years)
    sums = np.zeros((len(years), amounts.shape[1]), dtype=np.float32)
    for place, year in enumerate(years):
        months = np.flatnonzero(frame.years == year)
        sums[place] += np.float32(settled[months[months < frame.start]].sum())
        for month in months[months >= frame.start]:
            sums[place] += amounts[month - frame.start]
    return sums


def _limits(paths: Paths) -> Floats:
    """Sort each row and pick: cheaper than asking for quantiles."""
    ordered = np.sort(paths, axis=1)
    places = [round(level * (paths.shape[1] - 1)) for level in LEVELS]
    return ordered[:, places].T.astype(np.float64)


def _spread(settled: Floats, amounts: Paths, frame: Frame) -> Spread:
    months = np.tile(settled, (len(LEVELS), 1))
    months[:, frame.start :] = _limits(amounts)
    return Spread(months, _limits(_by_year(settled, amounts, frame)))


class _Totals:
    """Sums over cells, kept while the cells pass by."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.amounts: dict[tuple[str, str], Paths] = {}
        self.settled: dict[tuple[str, str], Floats] = {}

    def add(self, cell: CellModel, amounts: Paths) -> None:
        settled = cell.expected + cell.savings
        for key in (("", ""), ("m", cell.municipality), ("s", cell.segment)):
            if key in self.amounts:
                self.amounts[key] += amounts
                self.settled[key] = self.settled[key] + settled
            else:
                self.amounts[key], self.settled[key] = amounts.copy(), settled

    def finish(self, cells: list[Spread]) -> Simulation:
        spreads = {
            key: _spread(self.settled[key], amounts, self.frame)
            for key, amounts in self.amounts.items()
        }
        whole = ("", "")
        return Simulation(
            cells=cells,
            segments={name: one for (kind, name), one in spreads.items() if kind == "s"},
            municipalities={name: one for (kind, name), one in spreads.items() if kind == "m"},
            region=spreads[whole],
            region_years=_by_year(self.settled[whole], self.amounts[whole], self.frame),
        )
