"""Small drawings: a sparkline beside a figure, and the same little chart per place."""

from dataclasses import dataclass

from core.charts.base import Chart, Drawing, Table
from core.charts.frame import TICK, Plot, hidden_note, value_range
from core.charts.hatch import hidden_box
from core.charts.lettering import shorten, width_of
from core.charts.lines import Series, located, runs
from core.charts.palette import AXIS, GRID, MUTED, STYLES, Style
from core.charts.scale import Scale, nice_ticks
from core.charts.svg import line, marker, polyline, text
from core.charts.units import COUNT, Unit, Value, is_hidden, known

BLUE = STYLES[0]
BEHIND = Style("#8b97a2", "circle", "4 2", "solid")


@dataclass(frozen=True, kw_only=True)
class Sparkline(Chart):
    """A line without axes; draw it at a width of 80 to 160."""

    periods: tuple[str, ...]
    values: tuple[Value, ...]
    unit: Unit = COUNT
    height: int = 28

    def __post_init__(self) -> None:
        if not self.periods or len(self.periods) != len(self.values):
            raise ValueError("a sparkline needs one value per period")

    def _draw(self, width: int) -> Drawing:
        numbers = [n for v in self.values if (n := known(v)) is not None]
        low, high = (min(numbers), max(numbers)) if numbers else (0.0, 1.0)
        if low == high:
            low, high = low - 1, high + 1
        scale = Scale(low, high, self.height - 6, 6)
        plot = Plot(6, 6, width - 6, self.height - 6, scale, ())
        xs = plot.across(len(self.values))
        points = located(self.values, xs, plot)
        parts = [polyline(run, look=BLUE, width=1.75) for run in runs(points) if len(run) > 1]
        for value, x in zip(self.values, xs, strict=True):
            if is_hidden(value):
                parts.append(hidden_box(x - 4, self.height - 9, 8, 8))
        shown = [point for point in points if point]
        if shown:
            parts.append(marker(*shown[-1], "circle", colour=BLUE.colour, size=3))
        return Drawing(self.height, parts)

    def _summary(self) -> str:
        first, last = self.unit.show(self.values[0]), self.unit.show(self.values[-1])
        return f"Van {first} in {self.periods[0]} naar {last} in {self.periods[-1]}."

    def table(self) -> Table:
        rows = tuple((p, self.unit.show(v)) for p, v in zip(self.periods, self.values, strict=True))
        return Table(self.title, ("Periode", self.unit.name.capitalize()), rows)


@dataclass(frozen=True, kw_only=True)
class SmallMultiples(Chart):
    """The same line per place on one scale; `common` (the region) is drawn behind each."""

    periods: tuple[str, ...]
    panels: tuple[Series, ...]
    common: Series | None = None
    unit: Unit = COUNT
    zero: bool = True
    panel_height: int = 84

    def __post_init__(self) -> None:
        rows = [*self.panels, *([self.common] if self.common else [])]
        if not self.panels or any(len(row.values) != len(self.periods) for row in rows):
            raise ValueError("each panel needs one value per period")

    def _draw(self, width: int) -> Drawing:
        most = max(1, width // 150)
        rows = -(-len(self.panels) // most)
        across = -(-len(self.panels) // rows)
        ticks = self._ticks()
        margin = max(width_of(self._tick(t, ticks), TICK) for t in (ticks[0], ticks[-1])) + 6
        cell = (width - margin) / across
        parts, top = self._key(width)
        pitch = self.panel_height + 76
        for i, panel in enumerate(self.panels):
            row, column = divmod(i, across)
            y = top + row * pitch + 40
            left = margin + column * cell
            bottom = y + self.panel_height
            scale = Scale(ticks[0], ticks[-1], bottom, y)
            plot = Plot(left, y, left + cell - 18, bottom, scale, tuple(ticks))
            parts += self._panel(panel, plot, first=column == 0)
        height = top + pitch * rows
        if any(is_hidden(v) for p in self.panels for v in p.values):
            parts += hidden_note(0, height + 10)
            height += 18
        return Drawing(height, parts)

    def _ticks(self) -> list[float]:
        rows = [*self.panels, *([self.common] if self.common else [])]
        numbers = [n for row in rows for n in row.numbers()]
        return nice_ticks(*value_range(numbers, zero=self.zero), 4, whole=self.unit.whole)

    def _tick(self, tick: float, ticks: list[float]) -> str:
        return self.unit.tick(tick, ticks[1] - ticks[0])

    def _key(self, width: int) -> tuple[list[str], float]:
        parts = [text(0, 12, self.unit.name, size=TICK, fill=MUTED)]
        if self.common is None:
            return parts, 18.0
        x = width_of(self.unit.name, TICK) + 20
        parts.append(line(x, 8, x + 20, 8, stroke=BEHIND.colour, width=1.75, dash=BEHIND.dash))
        name = shorten(self.common.name, width - x - 26, TICK)
        return [*parts, text(x + 26, 12, name, size=TICK, fill=MUTED)], 18.0

    def _panel(self, panel: Series, plot: Plot, *, first: bool) -> list[str]:
        ticks = list(plot.ticks)
        parts = []
        for tick in ticks:
            y = plot.y(tick)
            stroke = AXIS if tick == ticks[0] else GRID
            parts.append(line(plot.left, y, plot.right, y, stroke=stroke))
            if first and tick in (ticks[0], ticks[-1]):
                label = self._tick(tick, ticks)
                parts.append(text(plot.left - 5, y + 4, label, size=TICK, anchor="end", fill=MUTED))
        xs = plot.across(len(self.periods))
        figure = self.unit.show(panel.values[-1])
        name = shorten(panel.name, plot.width + 10, 12, bold=True)
        parts.append(text(plot.left, plot.top - 24, name, bold=True))
        parts.append(text(plot.left, plot.top - 9, figure, fill=BLUE.colour, bold=True))
        if self.common:
            parts += _line(self.common, xs, plot, BEHIND, 1.5)
        parts += _line(panel, xs, plot, BLUE, 2.25)
        for x, period, anchor in zip(
            (plot.left, plot.right), self._ends(), (None, "end"), strict=True
        ):
            short = shorten(period, plot.width / 2 - 3, 10)
            parts.append(text(x, plot.bottom + 14, short, size=10, anchor=anchor, fill=MUTED))
        return parts

    def _ends(self) -> tuple[str, str]:
        return self.periods[0], self.periods[-1]

    def _summary(self) -> str:
        pieces = [f"{p.name} {self.unit.show(p.values[-1])}" for p in self.panels]
        common = (
            f" {self.common.name}: {self.unit.show(self.common.values[-1])}." if self.common else ""
        )
        return f"Kleine grafieken op dezelfde schaal, laatste waarde: {', '.join(pieces)}.{common}"

    def table(self) -> Table:
        rows = [*([self.common] if self.common else []), *self.panels]
        cells = tuple((r.name, *(self.unit.show(v) for v in r.values)) for r in rows)
        return Table(f"{self.title} ({self.unit.name})", ("Onderdeel", *self.periods), cells)


def _line(series: Series, xs: list[float], plot: Plot, look: Style, width: float) -> list[str]:
    points = located(series.values, xs, plot)
    parts = [polyline(run, look=look, width=width) for run in runs(points) if len(run) > 1]
    last = points[-1]
    if look is BLUE and last:
        parts.append(marker(*last, look.marker, colour=look.colour, size=3.5))
    for value, x in zip(series.values, xs, strict=True):
        if is_hidden(value):
            parts.append(hidden_box(x - 5, plot.bottom - 10, 10, 10))
    return parts
