"""What paths are drawn from, as plain values and arrays: segments, cells, and the frame of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from finance.domain.completion import Development, Floats, Ints
from finance.domain.trend import TrendFit

Paths = NDArray[np.float32]


class Luck(NamedTuple):
    """The segment or municipality from whose draws a trend goes on, and whether opposite to them:
    what one part of a whole gains another loses."""

    name: str
    opposite: bool = False


@dataclass(frozen=True)
class SegmentModel:
    """What the cells of a segment have in common. `trend` is that of the segment's part in the
    region; `pattern` (price index x season) covers all months, `known` and `expected` the past, as
    does `lift`: what is known is so many times too little because providers are silent. `luck`
    tells from whose draws the trend goes on."""

    segment: str
    development: Development
    trend: TrendFit
    ages: Ints
    pattern: Floats
    known: Floats
    expected: Floats
    lift: Floats
    luck: Luck


@dataclass(frozen=True)
class CellModel:
    """A cell over all months, amounts in euros.

    `known` and `process` cover the past months: what is known, and the variance of what is to come
    by chance alone. `expected` covers all months: completed, then projected, without savings.
    `trend` is that of the cell's part in its segment; `scale` turns the product of the relative
    levels of region, segment and cell into euros, `unit` the cell's part alone (past months).
    `luck` tells from whose draws the trend goes on; chance of completion is always the cell's own.
    `agreed` are amounts of months to come about which nothing is uncertain; `agreed_later` is how
    many months to come lie before them.
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
    luck: Luck
    agreed: tuple[float, ...] = ()
    agreed_later: int = 0


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
