"""One cell on every path: months completed, the trend followed, agreed amounts as they are."""

from __future__ import annotations

import numpy as np

from finance.domain.path_models import CellModel, Frame, Paths, SegmentModel, Shared
from finance.domain.shared_courses import STATE_ROWS, normals_of, start_of


def cell_paths(
    cell: CellModel, segment: SegmentModel, shared: dict[str, Shared], frame: Frame
) -> Paths:
    """All paths of one cell from `frame.start` on, without savings; shape (months, paths)."""
    drawn, past = shared[cell.segment], frame.past - frame.start
    chance = normals_of(frame.seed, ("chance", cell.municipality, cell.segment), past, frame.paths)
    normals = normals_of(
        frame.seed,
        ("cell", cell.luck.name, cell.segment),
        STATE_ROWS + frame.steps,
        frame.paths,
        opposite=cell.luck.opposite,
    )
    state, shocks = np.split(normals, [STATE_ROWS])
    chance *= np.sqrt(cell.process[frame.start :, None]).astype(np.float32)
    amounts = np.empty((len(frame.years) - frame.start, frame.paths), dtype=np.float32)
    level, slope = start_of(cell.trend, cell.trend.start, state, frame)
    _complete_mature(cell, segment, drawn, frame, chance, amounts, level, slope)
    _follow_trend(cell, drawn, frame, shocks, amounts, level, slope)
    _fill_young(cell, segment, drawn, frame, chance, amounts)
    first = past + cell.agreed_later
    amounts[first : first + len(cell.agreed)] = np.array(cell.agreed, dtype=np.float32)[:, None]
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
    drawn_back = trend.drawn_back(len(future)).astype(np.float32)
    shocks *= np.float32(trend.sigma)
    for step, (shock, row) in enumerate(zip(shocks, future, strict=True)):
        slope *= damping
        level += slope
        np.add(level, shock, out=row)
        row += drawn_back[step]
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
