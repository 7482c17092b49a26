"""Many possible courses of a region's cost, drawn from a seed.

One path carries everything that is uncertain together: how late declarations still grow
(completion), where level and slope stand and go (trend), and what a month brings (volume). What
months, municipalities and segments have in common is drawn once and shared, so that totals are sums
over the same path and an interval of a region is not the sum of those of its municipalities.

Cells are computed one at a time in float32 with a generator of their own, seeded by (seed,
municipality, segment), and added in the order given: one or two workers give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

import numpy as np

from finance.domain.cell_courses import cell_paths
from finance.domain.completion import Floats
from finance.domain.path_models import CellModel, Frame, Paths, SegmentModel, Shared
from finance.domain.shared_courses import shared_draws
from finance.domain.trend import TrendFit

LEVELS = (0.025, 0.1, 0.9, 0.975)


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
