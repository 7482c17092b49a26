"""Axes: the plot's place on the canvas, grid lines with round numbers, periods along the bottom."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.charts.base import COMPACT_BELOW, Drawing
from core.charts.hatch import hidden_box
from core.charts.lettering import shorten, width_of
from core.charts.palette import AXIS, GRID, INK, MUTED
from core.charts.scale import Scale, nice_ticks
from core.charts.svg import line, text
from core.charts.units import Unit
from core.suppression import HIDDEN

TICK = 11
PERIOD = re.compile(r"([0-9]{4})-(H[12]|[0-9]{2})")
MONTH_LETTERS = "jfmamjjasond"


@dataclass(frozen=True)
class Plot:
    """The rectangle in which values are drawn, and the vertical scale over it."""

    left: float
    top: float
    right: float
    bottom: float
    y: Scale
    ticks: tuple[float, ...]

    @property
    def width(self) -> float:
        return self.right - self.left

    def across(self, count: int) -> list[float]:
        """Where `count` points stand from side to side, the first and last a little inside."""
        if count == 1:
            return [(self.left + self.right) / 2]
        inset = min(10.0, self.width / count / 2)
        span = self.width - 2 * inset
        return [self.left + inset + i * span / (count - 1) for i in range(count)]

    def bands(self, count: int) -> list[float]:
        """Where `count` columns have their middle."""
        step = self.width / max(count, 1)
        return [self.left + (i + 0.5) * step for i in range(count)]


def is_compact(width: int) -> bool:
    return width < COMPACT_BELOW


def value_range(values: Sequence[float], *, zero: bool) -> tuple[float, float]:
    """The ends of an axis; zero is on it when asked, or when it is near enough anyway."""
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    if low > 0 and (zero or low < high * 0.5):
        low = 0.0
    if high < 0 and (zero or high > low * 0.5):
        high = 0.0
    if low and low != high:
        margin = (high - low) * 0.08
        low, high = low - margin, high + margin
    return low, high


def plot_area(
    *,
    width: int,
    top: float,
    height: float,
    right: float,
    ends: tuple[float, float],
    unit: Unit,
) -> Plot:
    """A plot of `height` pixels whose left margin fits the widest number on its axis."""
    ticks = nice_ticks(*ends, count=5, whole=unit.whole)
    step = ticks[1] - ticks[0]
    margin = max(width_of(unit.tick(t, step), TICK) for t in ticks) + 8
    scale = Scale(ticks[0], ticks[-1], top + height, top)
    return Plot(margin, top, width - right, top + height, scale, tuple(ticks))


def value_axis(plot: Plot, unit: Unit, *, name: str | None = None) -> list[str]:
    """Grid lines with their numbers, and what they count above them."""
    step = plot.ticks[1] - plot.ticks[0]
    parts = [text(0, plot.top - 14, name or unit.name, size=TICK, fill=MUTED)]
    for tick in plot.ticks:
        y = plot.y(tick)
        base = tick == 0 or tick == plot.ticks[0]
        parts.append(line(plot.left, y, plot.right, y, stroke=AXIS if base else GRID))
        label = unit.tick(tick, step)
        parts.append(text(plot.left - 6, y + 4, label, size=TICK, anchor="end", fill=MUTED))
    return parts


def period_axis(plot: Plot, labels: Sequence[str], xs: Sequence[float]) -> tuple[list[str], float]:
    """Labels under the plot and the height they take; '2025-H1' and '2025-03' over their year."""
    matches = [PERIOD.fullmatch(label) for label in labels]
    if labels and all(matches):
        years = [m[1] for m in matches if m]
        inner = [m[2] for m in matches if m]
        return _two_levels(plot, years, inner, xs), 40
    return _one_level(plot, labels, xs), 24


def _one_level(plot: Plot, labels: Sequence[str], xs: Sequence[float]) -> list[str]:
    """As many labels as fit, counted from the last, which is the one people look for."""
    widest = max((width_of(label, TICK) for label in labels), default=0) + 10
    step = abs(xs[1] - xs[0]) if len(xs) > 1 else plot.width
    every = max(1, -(-int(min(widest, 120)) // max(int(step), 1)))
    parts = []
    free = plot.right + 8
    for i in range(len(labels) - 1, -1, -every):
        label = shorten(labels[i], max(step * every - 4, 40), TICK)
        half = width_of(label, TICK) / 2
        x = min(max(xs[i], plot.left + half - 6), plot.right - half + 2)
        if x + half < free:
            parts.append(text(x, plot.bottom + 16, label, size=TICK, anchor="middle", fill=MUTED))
            free = x - half - 3
    return parts[::-1]


def _two_levels(plot: Plot, years: list[str], inner: list[str], xs: Sequence[float]) -> list[str]:
    step = abs(xs[1] - xs[0]) if len(xs) > 1 else plot.width
    letters = [MONTH_LETTERS[int(i) - 1] if i.isdigit() else i for i in inner]
    parts = []
    if step >= max(width_of(letter, TICK) for letter in letters) + 3:
        for letter, x in zip(letters, xs, strict=True):
            parts.append(text(x, plot.bottom + 15, letter, size=TICK, anchor="middle", fill=MUTED))
    groups = [
        (year, [i for i, y in enumerate(years) if y == year]) for year in dict.fromkeys(years)
    ]
    every = _year_gap(groups, xs)
    for place, (year, members) in enumerate(groups):
        first, last = xs[members[0]], xs[members[-1]]
        if place:
            edge = first - step / 2
            parts.append(line(edge, plot.bottom, edge, plot.bottom + 34, stroke=GRID))
        if (len(groups) - 1 - place) % every == 0:
            middle = (first + last) / 2
            half = width_of(year, TICK) / 2
            middle = min(max(middle, plot.left + half - 8), plot.right - half + 8)
            parts.append(text(middle, plot.bottom + 31, year, size=TICK, anchor="middle", fill=INK))
    return parts


def _year_gap(groups: list[tuple[str, list[int]]], xs: Sequence[float]) -> int:
    """Show every how-manieth year, so that the numbers do not touch."""
    middles = [(xs[m[0]] + xs[m[-1]]) / 2 for _, m in groups]
    nearest = min((b - a for a, b in pairwise(middles)), default=1000.0)
    return max(1, -(-int(width_of("0000", TICK) + 6) // max(int(nearest), 1)))


def with_scale(drawing: Drawing, unit: Unit) -> Drawing:
    """The drawing, and under it that its figures are thousands or millions."""
    if not unit.scaled:
        return drawing
    note = text(0, drawing.height + 12, f"Bedragen in {unit.name}.", size=TICK, fill=MUTED)
    return Drawing(drawing.height + 18, [*drawing.parts, note])


def hidden_note(x: float, y: float) -> list[str]:
    """The key to the hatched mark, drawn only where one stands in the chart."""
    return [
        hidden_box(x, y - 9, 16, 10),
        text(x + 22, y, f"{HIDDEN} vanwege privacy", size=TICK, fill=MUTED),
    ]
