"""Line chart: series over time with a norm band, a target and intervals."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from core.charts.base import Chart, Drawing, Table
from core.charts.frame import (
    TICK,
    Plot,
    hidden_note,
    is_compact,
    period_axis,
    plot_area,
    value_axis,
    value_range,
)
from core.charts.hatch import hidden_box
from core.charts.keys import EndLabel, end_labels, end_room, legend
from core.charts.lettering import shorten, width_of
from core.charts.palette import INK, MUTED, NORM_EDGE, NORM_FILL, PAPER, Style, style
from core.charts.svg import area, line, marker, polyline, rect, text
from core.charts.units import COUNT, Unit, Value, is_hidden, known

Point = tuple[float, float]


@dataclass(frozen=True)
class Series:
    """Values per period; `low` and `high` are the ends of a 95 % interval, or empty."""

    name: str
    values: tuple[Value, ...]
    low: tuple[Value, ...] = ()
    high: tuple[Value, ...] = ()

    def numbers(self) -> list[float]:
        """All known values and interval ends."""
        every = (*self.values, *self.low, *self.high)
        return [number for value in every if (number := known(value)) is not None]


@dataclass(frozen=True)
class NormBand:
    """The range in which values are as agreed; None leaves that side open."""

    label: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Reference:
    """A level to compare with: a target, or the region's value."""

    label: str
    value: float


@dataclass(frozen=True, kw_only=True)
class LineChart(Chart):
    """Up to eight series over the same periods. Missing values are gaps, hidden ones hatched."""

    periods: tuple[str, ...]
    series: tuple[Series, ...]
    unit: Unit = COUNT
    band: NormBand | None = None
    target: Reference | None = None
    zero: bool = False
    height: int = field(default=220)

    def __post_init__(self) -> None:
        if not self.periods or not self.series:
            raise ValueError("a line chart needs periods and series")
        for series in self.series:
            rows = (series.values, series.low or series.values, series.high or series.values)
            if any(len(row) != len(self.periods) for row in rows):
                raise ValueError(f"series {series.name!r} has not one value per period")

    def _draw(self, width: int) -> Drawing:
        looks = [style(i) for i in range(len(self.series))]
        several = len(self.series) > 1
        keys: list[str] = []
        key_height = 0.0
        if several and is_compact(width):
            keys, key_height = legend([s.name for s in self.series], looks, width=width, y=12)
            key_height += 6
        names = several and not is_compact(width)
        room = end_room(self._end_labels(looks, None, names=names), width * 0.32)
        plot = plot_area(
            width=width, top=key_height + 28, height=self.height, right=room,
            ends=self._ends(), unit=self.unit,
        )  # fmt: skip
        xs = plot.across(len(self.periods))
        axis, axis_height = period_axis(plot, self.periods, xs)
        parts = [*keys, *self._norm(plot), *value_axis(plot, self.unit), *axis]
        for series, look in zip(self.series, looks, strict=True):
            parts += _interval(series, xs, plot, look)
        for series, look in zip(self.series, looks, strict=True):
            parts += _curve(series, xs, plot, look)
        parts += self._target(plot)
        parts += end_labels(
            self._end_labels(looks, plot, names=names),
            x=plot.right, room=room, top=plot.top - 8, bottom=plot.bottom + 8,
        )  # fmt: skip
        height = plot.bottom + axis_height
        if any(is_hidden(v) for s in self.series for v in s.values):
            parts += hidden_note(plot.left, height + 14)
            height += 20
        if any(series.low for series in self.series):
            note = "vlak om de lijn: 95%-interval"
            parts.append(text(plot.left, height + 14, note, size=TICK, fill=MUTED))
            height += 20
        return Drawing(height, parts)

    def _ends(self) -> tuple[float, float]:
        numbers = [number for series in self.series for number in series.numbers()]
        band = [self.band.low, self.band.high] if self.band else []
        target = [self.target.value] if self.target else []
        return value_range([*numbers, *(e for e in band if e is not None), *target], zero=self.zero)

    def _end_labels(
        self, looks: Sequence[Style], plot: Plot | None, *, names: bool
    ) -> list[EndLabel]:
        labels = []
        for series, look in zip(self.series, looks, strict=True):
            last = next((n for v in reversed(series.values) if (n := known(v)) is not None), None)
            shown = last is not None and known(series.values[-1]) is not None
            y = plot.y(last) if plot and last is not None else (plot.bottom if plot else 0)
            figure = self.unit.show(last) if shown else ""
            labels.append(EndLabel(y, series.name if names else "", figure, look.colour))
        return labels

    def _norm(self, plot: Plot) -> list[str]:
        if self.band is None:
            return []
        top = plot.y(self.band.high) if self.band.high is not None else plot.top
        bottom = plot.y(self.band.low) if self.band.low is not None else plot.bottom
        parts = [rect(plot.left, top, plot.width, bottom - top, fill=NORM_FILL)]
        for end in (self.band.low, self.band.high):
            if end is not None:
                y = plot.y(end)
                parts.append(line(plot.left, y, plot.right, y, stroke=NORM_EDGE, dash="3 3"))
        label = shorten(self.band.label, plot.width - 12, TICK)
        return [*parts, text(plot.left + 6, bottom - 5, label, size=TICK, fill="#2f6b4a")]

    def _target(self, plot: Plot) -> list[str]:
        if self.target is None:
            return []
        y = plot.y(self.target.value)
        label = f"{self.target.label} {self.unit.show(self.target.value)}"
        label = shorten(label, plot.width - 12, TICK)
        early = (known(value) for series in self.series for value in series.values[:3])
        first = next((number for number in early if number is not None), 0.0)
        base = y + 13 if plot.y(first) < y and y + 16 < plot.bottom else y - 5
        return [
            line(plot.left, y, plot.right, y, stroke=INK, width=1.25, dash="6 4"),
            rect(plot.left + 4, base - 10, width_of(label, TICK) + 4, 13, fill=PAPER, opacity=0.85),
            text(plot.left + 6, base, label, size=TICK, fill=INK),
        ]

    def _summary(self) -> str:
        span = f"van {self.periods[0]} tot en met {self.periods[-1]}"
        sentences = [f"Lijngrafiek {span}, in {self.unit.name}."]
        for series in self.series:
            first, last = self.unit.show(series.values[0]), self.unit.show(series.values[-1])
            sentences.append(f"{series.name}: eerst {first}, laatst {last}.")
        if self.target:
            sentences.append(f"{self.target.label}: {self.unit.show(self.target.value)}.")
        return " ".join(sentences)

    def table(self) -> Table:
        headers = ["Periode"]
        for series in self.series:
            headers.append(series.name)
            if series.low:
                headers.append(f"{series.name}, 95%-interval")
        rows = tuple(
            (period, *(cell for s in self.series for cell in self._cells(s, i)))
            for i, period in enumerate(self.periods)
        )
        return Table(f"{self.title} ({self.unit.name})", tuple(headers), rows)

    def _cells(self, series: Series, i: int) -> list[str]:
        cells = [self.unit.show(series.values[i])]
        if series.low:
            cells.append(interval_text(series.low[i], series.high[i], self.unit))
        return cells


def interval_text(low: Value, high: Value, unit: Unit) -> str:
    """'10 tot 14', or a dash or 'afgeschermd' where an end is."""
    if known(low) is None or known(high) is None:
        return unit.show(low)
    return f"{unit.show(low)} tot {unit.show(high)}"


def runs(points: Sequence[Point | None]) -> Iterator[list[Point]]:
    """The stretches without a gap."""
    current: list[Point] = []
    for point in [*points, None]:
        if point is not None:
            current.append(point)
        elif current:
            yield current
            current = []


def located(values: Sequence[Value], xs: Sequence[float], plot: Plot) -> list[Point | None]:
    return [
        (x, plot.y(number)) if (number := known(value)) is not None else None
        for value, x in zip(values, xs, strict=True)
    ]


def ribbon(
    low: Sequence[Value], high: Sequence[Value], xs: Sequence[float], plot: Plot
) -> Iterator[list[Point]]:
    """Outlines of the area between two series of ends, one for each stretch without a gap."""
    pairs = zip(located(low, xs, plot), located(high, xs, plot), strict=True)
    both = [(a, b) if a and b else None for a, b in pairs]
    stretch: list[tuple[Point, Point]] = []
    for pair in [*both, None]:
        if pair is not None:
            stretch.append(pair)
        elif stretch:
            yield [b for _, b in stretch] + [a for a, _ in reversed(stretch)]
            stretch = []


def _interval(series: Series, xs: Sequence[float], plot: Plot, look: Style) -> list[str]:
    if not series.low:
        return []
    return [
        area(outline, fill=look.colour, opacity=0.14)
        for outline in ribbon(series.low, series.high, xs, plot)
    ]


def _curve(series: Series, xs: Sequence[float], plot: Plot, look: Style) -> list[str]:
    points = located(series.values, xs, plot)
    parts = [polyline(run, look=look) for run in runs(points) if len(run) > 1]
    crowded = len(points) > 24
    for i, point in enumerate(points):
        alone = point and not any(points[max(i - 1, 0) : i] + points[i + 1 : i + 2])
        if point and (not crowded or alone or i == len(points) - 1):
            parts.append(marker(*point, look.marker, colour=look.colour))
    for value, x in zip(series.values, xs, strict=True):
        if is_hidden(value):
            parts.append(hidden_box(x - 6, plot.bottom - 12, 12, 12))
    return parts
