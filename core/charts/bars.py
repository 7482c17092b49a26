"""Horizontal bars, one or a few per category, with intervals and a line to compare with."""

from dataclasses import dataclass

from core.charts.base import Chart, Drawing, Table
from core.charts.frame import TICK, hidden_note, is_compact, value_range, with_scale
from core.charts.hatch import filled, hidden_box
from core.charts.keys import legend
from core.charts.lettering import shorten, width_of, wrap
from core.charts.lines import Reference, Series, interval_text
from core.charts.palette import AXIS, GRID, INK, MUTED, PAPER, Style, style
from core.charts.scale import Scale, nice_ticks
from core.charts.svg import line, rect, tag, text
from core.charts.units import COUNT, Unit, Value, is_hidden, known

NO_FIGURE = "geen cijfer"
BAR, PAIR_BAR = 20, 14


@dataclass(frozen=True, kw_only=True)
class BarChart(Chart):
    """Bars in the order given. One series: plain bars; more: grouped, at most four.

    `emphasis` names the category that the page is about; the others are drawn lighter.
    """

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: Unit = COUNT
    reference: Reference | None = None
    emphasis: str | None = None

    def __post_init__(self) -> None:
        if not self.categories or not 1 <= len(self.series) <= 4:
            raise ValueError("a bar chart needs categories and one to four series")
        if any(len(s.values) != len(self.categories) for s in self.series):
            raise ValueError("each series needs one value per category")

    def _draw(self, width: int) -> Drawing:
        several = len(self.series) > 1
        looks = [style(i) for i in range(len(self.series))]
        titles = [series.name for series in self.series]
        keys, top = legend(titles, looks, width=width, y=12, fills=True) if several else ([], 0.0)
        top += 22 if self.reference else 6
        above = is_compact(width)
        left = 0.0 if above else self._label_room(width)
        x = self._scale(left, width)
        thick = PAIR_BAR if several else BAR
        pitch = thick * len(self.series) + (16 if above else 0) + 10
        bottom = top + pitch * len(self.categories)
        parts = [*keys, *self._grid(x, top, bottom)]
        names: list[str] = []
        for row, category in enumerate(self.categories):
            y = top + row * pitch + (16 if above else 0) + 3
            names += self._name(category, left, y, thick * len(self.series), width, above=above)
            for place, (series, look) in enumerate(zip(self.series, looks, strict=True)):
                parts += self._bar(series, row, x, y + place * thick, thick, look)
        parts += self._reference_line(x, top, bottom, width) + names
        height = bottom + 18
        if any(is_hidden(v) for s in self.series for v in s.values):
            parts += hidden_note(left, height + 12)
            height += 18
        return with_scale(Drawing(height, parts), self.unit)

    def _label_room(self, width: int) -> float:
        most = width * 0.34
        lines = [part for name in self.categories for part in wrap(name, most, 12, bold=True)]
        return min(most, max(width_of(part, 12, bold=True) for part in lines)) + 10

    def _scale(self, left: float, width: int) -> Scale:
        numbers = [n for series in self.series for n in series.numbers()]
        numbers += [self.reference.value] if self.reference else []
        low, high = value_range([0.0, *numbers], zero=True)
        ticks = nice_ticks(low, high, 4, whole=self.unit.whole)
        room = max(width_of(self.unit.show(n), 12, bold=True) for n in [*numbers, 0.0]) + 10
        start, end = (ticks[0], ticks[-1]) if low < 0 else (0.0, max(high, ticks[1]))
        return Scale(start, end, left + (room if low < 0 else 0), width - room)

    def _grid(self, x: Scale, top: float, bottom: float) -> list[str]:
        every_tick = nice_ticks(x.low, x.high, 4, whole=self.unit.whole)
        ticks = [tick for tick in every_tick if tick <= x.high * (1 + 1e-9)]
        step = every_tick[1] - every_tick[0]
        widest = max(width_of(self.unit.tick(t, step), TICK) for t in ticks)
        gap = x(every_tick[1]) - x(every_tick[0])
        every = max(1, -(-int(widest + 8) // max(int(gap), 1)))
        parts = []
        for i, tick in enumerate(ticks):
            parts.append(line(x(tick), top, x(tick), bottom, stroke=AXIS if tick == 0 else GRID))
            if i % every == 0:
                label = self.unit.tick(tick, step)
                half = width_of(label, TICK) / 2
                at = max(x(tick), half)
                parts.append(text(at, bottom + 14, label, size=TICK, anchor="middle", fill=MUTED))
        return parts

    def _name(
        self, category: str, left: float, y: float, tall: float, width: int, *, above: bool
    ) -> list[str]:
        bold = category == self.emphasis
        if above:
            label = shorten(category, width, 12, bold=bold)
            plate = rect(0, y - 16, width_of(label, 12, bold=bold) + 3, 15, fill=PAPER)
            return [plate, text(0, y - 5, label, bold=bold)]
        lines = wrap(category, left - 10, 12, bold=bold)
        start = y + tall / 2 + 4 - (len(lines) - 1) * 7
        return [
            text(left - 8, start + i * 14, part, anchor="end", bold=bold)
            for i, part in enumerate(lines)
        ]

    def _bar(
        self, series: Series, row: int, x: Scale, y: float, thick: float, look: Style
    ) -> list[str]:
        value = series.values[row]
        size = thick - 3
        number = known(value)
        if number is None:
            return _absent(value, x(0), y, size)
        start, end = sorted((x(0), x(number)))
        colour, pattern = look.colour, look.pattern if len(self.series) > 1 else "solid"
        if self.emphasis and len(self.series) == 1 and self.categories[row] != self.emphasis:
            colour = "#8fb0c6"
        parts = [filled(start, y, end - start, size, colour=colour, pattern=pattern)]
        tip = end
        if series.low and (low := known(series.low[row])) is not None:
            high = known(series.high[row])
            ends = (x(low), x(high if high is not None else number))
            parts.append(_whisker(*ends, y + size / 2))
            tip = max(tip, *ends)
        label = self.unit.show(value)
        if number < 0:
            return [*parts, text(start - 5, y + size / 2 + 4, label, anchor="end", bold=True)]
        return [*parts, text(tip + 5, y + size / 2 + 4, label, bold=True)]

    def _reference_line(self, x: Scale, top: float, bottom: float, width: int) -> list[str]:
        if self.reference is None:
            return []
        at = x(self.reference.value)
        label = f"{self.reference.label} {self.unit.show(self.reference.value)}"
        label = shorten(label, width - 4, TICK)
        half = width_of(label, TICK) / 2
        middle = min(max(at, half + 2), width - half - 2)
        return [
            line(at, top - 4, at, bottom, stroke=INK, width=1.5, dash="5 3"),
            text(middle, top - 9, label, size=TICK, anchor="middle", fill=INK),
        ]

    def _summary(self) -> str:
        sentences = [f"Staafdiagram met {len(self.categories)} rijen, in {self.unit.name}."]
        for series in self.series:
            pairs = zip(self.categories, series.values, strict=True)
            valued = [(n, c) for c, v in pairs if (n := known(v)) is not None]
            if valued:
                (low, least), (high, most) = min(valued), max(valued)
                sentences.append(
                    f"{series.name}: hoogst {most} ({self.unit.show(high)}), "
                    f"laagst {least} ({self.unit.show(low)})."
                )
        return " ".join(sentences)

    def table(self) -> Table:
        headers = ["Onderdeel"]
        for series in self.series:
            headers += [series.name, *([f"{series.name}, 95%-interval"] if series.low else [])]
        rows = tuple((c, *self._cells(i)) for i, c in enumerate(self.categories))
        if self.reference:
            level = self.unit.show(self.reference.value)
            blanks = ("",) * (len(headers) - 2)
            rows += ((self.reference.label, level, *blanks),)
        return Table(f"{self.title} ({self.unit.name})", tuple(headers), rows)

    def _cells(self, row: int) -> list[str]:
        cells: list[str] = []
        for series in self.series:
            cells.append(self.unit.show(series.values[row]))
            if series.low:
                cells.append(interval_text(series.low[row], series.high[row], self.unit))
        return cells


def _absent(value: Value, x: float, y: float, size: float) -> list[str]:
    if is_hidden(value):
        return [hidden_box(x, y, 44, size)]
    return [text(x + 6, y + size / 2 + 4, NO_FIGURE, size=TICK, fill=MUTED)]


def _whisker(low: float, high: float, y: float) -> str:
    """The interval as a dark line with ends, on a white one so that it shows on the bar too."""
    data = f"M{low:.1f} {y - 4:.1f}v8M{low:.1f} {y:.1f}H{high:.1f}M{high:.1f} {y - 4:.1f}v8"
    halo = tag("path", d=data, stroke=PAPER, stroke_width=3.5, fill="none")
    return halo + tag("path", d=data, stroke=INK, stroke_width=1.5, fill="none")
