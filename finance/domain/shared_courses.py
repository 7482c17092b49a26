"""What months, municipalities and segments have in common, drawn once: growth to the end per lag,
and the courses of the region and of each segment's part in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np

from finance.domain.completion import Development, Floats
from finance.domain.path_models import Frame, Luck, Paths, SegmentModel, Shared
from finance.domain.trend import TrendFit

STATE_ROWS = 2
LEAST_GROWTH = 1e-3


def generator(seed: int, *names: str) -> np.random.Generator:
    """A stream of its own for every seed and name, whatever else is drawn."""
    digest = hashlib.sha256("\x1f".join(names).encode()).digest()
    words = [int.from_bytes(digest[i : i + 4], "big") for i in range(0, 16, 4)]
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence([seed, *words])))


def normals_of(
    seed: int, names: tuple[str, ...], rows: int, paths: int, *, opposite: bool = False
) -> Paths:
    normals = generator(seed, *names).standard_normal((rows, paths), dtype=np.float32)
    return np.negative(normals, out=normals) if opposite else normals


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
    whole = _course(region, relative, Luck(""), frame)
    months = np.array(frame.open, dtype=np.int64)
    total = np.sum([(m.expected / m.pattern[: frame.past])[months] for m in segments], axis=0)
    shared = {}
    for model in segments:
        own = (model.expected / model.pattern[: frame.past])[months]
        moved = _part_moved(surprises[model.segment], own, together, total)
        part = _course(model.trend, moved, model.luck, frame)
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


def _course(trend: TrendFit, surprises: Paths, luck: Luck, frame: Frame) -> Paths:
    """A level that is followed by many cells, drawn from its parts: state, steps and noise."""
    normals = normals_of(
        frame.seed,
        ("segment", luck.name) if luck.name else ("region",),
        STATE_ROWS + 3 * frame.steps,
        frame.paths,
        opposite=luck.opposite,
    )
    if np.isfinite(trend.freedom):
        normals *= student_widths(trend.freedom, luck, frame)
    level, slope = start_of(trend, trend.state, normals[:STATE_ROWS], frame)
    for row, month in enumerate(frame.open):
        level += np.float32(trend.weights[month, 0]) * surprises[row]
        slope += np.float32(trend.weights[month, 1]) * surprises[row]
    damping, noise = np.float32(trend.damping), np.float32(np.sqrt(trend.noise))
    up, bend = np.float32(np.sqrt(trend.level_step)), np.float32(np.sqrt(trend.slope_step))
    course = np.empty((frame.steps, frame.paths), dtype=np.float32)
    drawn = _drawn_to_usual(trend, level, slope, frame.steps)
    for step in range(frame.steps):
        one, two, three = normals[STATE_ROWS + 3 * step : STATE_ROWS + 3 * step + 3]
        slope *= damping
        level += slope + up * one
        course[step] = level + noise * two
        if drawn is not None:
            course[step] += drawn(step)
        slope += bend * three
    np.maximum(course, 0, out=course)
    return course


def student_widths(freedom: float, luck: Luck, frame: Frame) -> Paths:
    """Per path how wide it is: normals times these are Student's t."""
    draws = generator(frame.seed, "width", luck.name).chisquare(freedom, frame.paths)
    widths: Paths = np.sqrt(freedom / draws).astype(np.float32)
    return widths


def _drawn_to_usual(
    trend: TrendFit, level: Paths, slope: Paths, steps: int
) -> Callable[[int], Paths] | None:
    """What the last year does to each month, on every path from where that path starts; None where
    the trend is followed alone (`TrendFit.ahead`)."""
    if not trend.pull:
        return None
    weights = trend.pulled(steps).astype(np.float32)
    lasts = trend.slope_lasts(steps).astype(np.float32)
    short, rise = np.float32(trend.usual) - level, slope.copy()
    return lambda step: weights[step] * (short - lasts[step] * rise)


def start_of(
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
