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
from collections.abc import Callable, Iterator, Mapping, Sequence
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
class SegmentModel:
    """What the cells of a segment have in common. `trend` is that of the segment's part in the
    region; `pattern` (price index x season) covers all months, `known` and `expected` the past, as
    does `lift`: what is known is so many times too little because providers are silent."""

    segment: str
    development: Development
    trend: TrendFit
    ages: Ints
    pattern: Floats
    known: Floats
    expected: Floats
    lift: Floats


@dataclass(frozen=True)
class CellModel:
    """A cell over all months, amounts in euros.

    `known` and `process` cover the past months: what is known, and the variance of what is to come
    by chance alone. `expected` covers all months: completed, then projected, without savings.
    `trend` is that of the cell's part in its segment; `scale` turns the product of the relative
    levels of region, segment and cell into euros, `unit` the cell's part alone (past months).
    """

    municipality: str
    segment: str
    known: Floats
    process: Floats
    expected: Floats
    scale: Floats
    unit: Floats
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


def normals_of(seed: int, names: tuple[str, ...], rows: int, paths: int) -> Paths:
    return generator(seed, *names).standard_normal((rows, paths), dtype=np.float32)


@dataclass(frozen=True)
class Frame:
    """Of all cells together: `past` months, of which those before `start` are settled and those
    from `mature` on too young to stand on their own. `region_scale` is an ordinary month in euros,
    season and price index taken out."""

    seed: int
    paths: int
    years: Ints
    past: int
    start: int
    mature: int
    region_scale: float

    @property
    def open(self) -> range:
        """Months that are still growing but stand on their own."""
        return range(self.start, self.mature)

    @property
    def steps(self) -> int:
        """Months that lean on the trend."""
        return len(self.years) - self.mature


@dataclass(frozen=True)
class Shared:
    """Drawn once for a segment: growth to the end per lag, and region x segment per month."""

    growth: Paths
    course: Paths


Course = Callable[[CellModel, Mapping[str, SegmentModel], dict[str, Shared], Frame], Paths]


def simulate(
    *,
    cells: Sequence[CellModel],
    segments: Sequence[SegmentModel],
    region: TrendFit,
    frame: Frame,
    course: Course | None = None,
    workers: int = 2,
) -> Simulation:
    """Draw all paths; deterministic in (inputs, seed), whatever the number of workers. `course`
    draws a cell without its savings, where something is known of the time to come."""
    shared = shared_draws(segments, region, frame)
    by_segment = {model.segment: model for model in segments}
    totals, spreads = _Totals(frame), []
    with ThreadPoolExecutor(max_workers=workers) as pool:
        for batch in batches(cells, 2 * workers):
            drawn = pool.map(
                lambda cell: _draw(cell, (course or _own)(cell, by_segment, shared, frame), frame),
                batch,
            )
            for cell, (amounts, spread) in zip(batch, drawn, strict=True):
                totals.add(cell, amounts)
                spreads.append(spread)
    return totals.finish(spreads)


def batches(cells: Sequence[CellModel], size: int) -> Iterator[list[CellModel]]:
    rest = iter(cells)
    while batch := list(islice(rest, size)):
        yield batch


def shared_draws(
    segments: Sequence[SegmentModel], region: TrendFit, frame: Frame
) -> dict[str, Shared]:
    """Growth per segment first: what it does to the completed months moves region and segments."""
    lags = {model.segment: len(model.development.factors) for model in segments}
    growth = {
        model.segment: _growth(
            model.development,
            normals_of(frame.seed, ("growth", model.segment), lags[model.segment], frame.paths),
        )
        for model in segments
    }
    surprises = {
        model.segment: _segment_surprise(model, growth[model.segment], frame) for model in segments
    }
    together: Paths = np.sum(list(surprises.values()), axis=0, dtype=np.float32)
    relative: Paths = together / np.float32(frame.region_scale)
    whole = _course(region, relative, ("region",), frame)
    months = np.array(frame.open, dtype=np.int64)
    total = np.sum([(m.expected / m.pattern[: frame.past])[months] for m in segments], axis=0)
    shared = {}
    for model in segments:
        own = (model.expected / model.pattern[: frame.past])[months]
        moved = _part_moved(surprises[model.segment], own, together, total)
        part = _course(model.trend, moved, ("segment", model.segment), frame)
        shared[model.segment] = Shared(growth[model.segment], whole * part)
    return shared


def _segment_surprise(model: SegmentModel, growth: Paths, frame: Frame) -> Paths:
    """How much more the open months turn out than expected, at one price level and season."""
    months = np.array(frame.open, dtype=np.int64)
    known = (model.known * model.lift)[months, None].astype(np.float32)
    surprise = growth[model.ages[months]] * known
    surprise -= model.expected[months, None].astype(np.float32)
    surprise /= model.pattern[months, None].astype(np.float32)
    return surprise


def _part_moved(own: Paths, own_total: Floats, together: Paths, total: Floats) -> Paths:
    """How a segment's part in the region moves, relative to itself."""
    usable = (own_total > 0) & (total > 0)
    safe_own = np.where(usable, own_total, 1.0).astype(np.float32)[:, None]
    safe_total = np.where(usable, total, 1.0).astype(np.float32)[:, None]
    moved: Paths = own / safe_own - together / safe_total
    moved[~usable] = 0
    return moved


def _course(trend: TrendFit, surprises: Paths, names: tuple[str, ...], frame: Frame) -> Paths:
    """A level that is followed by many cells, drawn from its parts: state, steps and noise."""
    normals = normals_of(frame.seed, names, STATE_ROWS + 3 * frame.steps, frame.paths)
    level, slope = _start(trend, trend.state, normals[:STATE_ROWS], frame)
    for row, month in enumerate(frame.open):
        level += np.float32(trend.weights[month, 0]) * surprises[row]
        slope += np.float32(trend.weights[month, 1]) * surprises[row]
    damping, noise = np.float32(trend.damping), np.float32(np.sqrt(trend.noise))
    up, bend = np.float32(np.sqrt(trend.level_step)), np.float32(np.sqrt(trend.slope_step))
    course = np.empty((frame.steps, frame.paths), dtype=np.float32)
    for step in range(frame.steps):
        one, two, three = normals[STATE_ROWS + 3 * step : STATE_ROWS + 3 * step + 3]
        slope *= damping
        level += slope + up * one
        course[step] = level + noise * two
        slope += bend * three
    np.maximum(course, 0, out=course)
    return course


def _start(
    trend: TrendFit, covariance: Floats, normals: Paths, frame: Frame
) -> tuple[Paths, Paths]:
    """Level and slope now, with what is not known about them."""
    (a, b), (_, c) = covariance
    root = np.sqrt(a)
    link = b / root if root > 0 else 0.0
    level = np.full(frame.paths, trend.level, dtype=np.float32)
    slope = np.full(frame.paths, trend.slope, dtype=np.float32)
    level += np.float32(root) * normals[0]
    slope += np.float32(link) * normals[0]
    slope += np.float32(np.sqrt(max(c - link**2, 0.0))) * normals[1]
    return level, slope


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


def _own(
    cell: CellModel,
    segments: Mapping[str, SegmentModel],
    shared: dict[str, Shared],
    frame: Frame,
) -> Paths:
    return cell_paths(cell, segments[cell.segment], shared, frame)


def _draw(cell: CellModel, amounts: Paths, frame: Frame) -> tuple[Paths, Spread]:
    """All paths of one cell from `frame.start` on with its savings, and its limits."""
    amounts += cell.savings[frame.start :, None].astype(np.float32)
    return amounts, _spread(cell.expected + cell.savings, amounts, frame)


def cell_paths(
    cell: CellModel, segment: SegmentModel, shared: dict[str, Shared], frame: Frame
) -> Paths:
    """All paths of one cell from `frame.start` on, without savings; shape (months, paths)."""
    drawn, past = shared[cell.segment], frame.past - frame.start
    normals = normals_of(
        frame.seed,
        ("cell", cell.municipality, cell.segment),
        past + STATE_ROWS + frame.steps,
        frame.paths,
    )
    chance, state, shocks = np.split(normals, [past, past + STATE_ROWS])
    chance *= np.sqrt(cell.process[frame.start :, None]).astype(np.float32)
    amounts = np.empty((len(frame.years) - frame.start, frame.paths), dtype=np.float32)
    level, slope = _start(cell.trend, cell.trend.start, state, frame)
    _complete_mature(cell, segment, drawn, frame, chance, amounts, level, slope)
    _follow_trend(cell, drawn, frame, shocks, amounts, level, slope)
    _fill_young(cell, segment, drawn, frame, chance, amounts)
    return amounts


def _complete_mature(
    cell: CellModel,
    segment: SegmentModel,
    drawn: Shared,
    frame: Frame,
    chance: Paths,
    amounts: Paths,
    level: Paths,
    slope: Paths,
) -> None:
    """Complete the months that stand on their own. Chance moves the cell's own level (the shared
    growth moves those above it) by the weight of the month in its trend."""
    for row, month in enumerate(frame.open):
        known = np.float32(cell.known[month] * segment.lift[month])
        amounts[row] = drawn.growth[segment.ages[month]] * known
        amounts[row] += chance[row]
        if cell.unit[month] > 0 and cell.process[month] > 0:
            by_chance = chance[row] / np.float32(cell.unit[month])
            level += np.float32(cell.trend.weights[month, 0]) * by_chance
            slope += np.float32(cell.trend.weights[month, 1]) * by_chance


def _follow_trend(
    cell: CellModel,
    drawn: Shared,
    frame: Frame,
    shocks: Paths,
    amounts: Paths,
    level: Paths,
    slope: Paths,
) -> None:
    """One innovation a month moves the month itself, the level and the slope."""
    trend, future = cell.trend, amounts[frame.mature - frame.start :]
    damping, alpha, beta = (np.float32(x) for x in (trend.damping, trend.alpha, trend.beta))
    scale = cell.scale[frame.mature :].astype(np.float32)
    shocks *= np.float32(trend.sigma)
    for step, (shock, row) in enumerate(zip(shocks, future, strict=True)):
        slope *= damping
        level += slope
        np.add(level, shock, out=row)
        np.maximum(row, 0, out=row)
        row *= drawn.course[step]
        row *= scale[step]
        level += alpha * shock
        if beta:
            slope += beta * shock


def _fill_young(
    cell: CellModel,
    segment: SegmentModel,
    drawn: Shared,
    frame: Frame,
    chance: Paths,
    amounts: Paths,
) -> None:
    """Young months: what is known, and the undeveloped share of what the trend says."""
    for month in range(frame.mature, frame.past):
        row = month - frame.start
        lift = np.float32(segment.lift[month])
        amounts[row] *= 1 - 1 / (lift * drawn.growth[segment.ages[month]])
        amounts[row] += np.float32(cell.known[month])
        amounts[row] += chance[row]


def by_year(settled: Floats, amounts: Paths, frame: Frame) -> Paths:
    """Sums per calendar year; months before `frame.start` are settled."""
    years = np.unique(frame.years)
    sums = np.zeros((len(years), amounts.shape[1]), dtype=np.float32)
    for place, year in enumerate(years):
        months = np.flatnonzero(frame.years == year)
        sums[place] += np.float32(settled[months[months < frame.start]].sum())
        for month in months[months >= frame.start]:
            sums[place] += amounts[month - frame.start]
    return sums


def limits_of(paths: Paths) -> Floats:
    """Sort each row and pick: cheaper than asking for quantiles."""
    ordered = np.sort(paths, axis=1)
    places = [round(level * (paths.shape[1] - 1)) for level in LEVELS]
    return ordered[:, places].T.astype(np.float64)


def _spread(settled: Floats, amounts: Paths, frame: Frame) -> Spread:
    months = np.tile(settled, (len(LEVELS), 1))
    months[:, frame.start :] = limits_of(amounts)
    return Spread(months, limits_of(by_year(settled, amounts, frame)))


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
            region_years=by_year(self.settled[whole], self.amounts[whole], self.frame),
        )
