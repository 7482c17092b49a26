"""Stacked bars: how a whole is made up, per category or over time, absolute or as shares."""

from dataclasses import dataclass, replace

from core.charts.base import Chart, Drawing, Table
from core.charts.frame import (
    TICK,
    Plot,
    hidden_note,
    is_compact,
    period_axis,
    plot_area,
    value_axis,
    with_scale,
)
from core.charts.hatch import filled, hidden_box
from core.charts.keys import EndLabel, end_labels, end_room, legend
from core.charts.lettering import shorten, width_of, wrap
from core.charts.lines import Series
from core.charts.palette import PAPER, Style, style
from core.charts.svg import rect, text
from core.charts.units import COUNT, SHARE, Unit, is_hidden, known

ROW, THICK = 34, 24
SLIVER = 12


@dataclass(frozen=True, kw_only=True)
class StackedBars(Chart):
    """Parts that make a whole. `columns` stands the bars upright, for periods.

    `as_share` draws every bar to 100 %; a bar with a hidden part is then hidden whole, because
    the other lengths would give the part away. Negative parts are refused.
    """

    categories: tuple[str, ...]
    parts: tuple[Series, ...]
    unit: Unit = COUNT
    as_share: bool = False
    columns: bool = False
    height: int = 230

    def __post_init__(self) -> None:
        if not self.categories or not self.parts:
            raise ValueError("stacked bars need categories and parts")
        for part in self.parts:
            if len(part.values) != len(self.categories):
                raise ValueError(f"part {part.name!r} has not one value per category")
            if any(number < 0 for number in part.numbers()):
                raise ValueError("a stack cannot show a negative part")

    def _draw(self, width: int) -> Drawing:
        looks = [style(i) for i in range(len(self.parts))]
        drawing = self._upright(width, looks) if self.columns else self._lying(width, looks)
        if not any(is_hidden(v) for part in self.parts for v in part.values):
            return drawing
        note = hidden_note(0, drawing.height + 14)
        return replace(drawing, height=drawing.height + 20, parts=drawing.parts + note)

    def _whole(self, row: int) -> float:
        return sum(known(part.values[row]) or 0.0 for part in self.parts)

    def _sizes(self, row: int) -> list[float]:
        """Lengths of the parts of one bar, as shares where asked."""
        whole = self._whole(row)
        divide = whole if self.as_share and whole else 1.0
        return [(known(part.values[row]) or 0.0) / divide for part in self.parts]

    def _hidden(self, row: int) -> bool:
        return any(is_hidden(part.values[row]) for part in self.parts)

    @property
    def _shown_unit(self) -> Unit:
        return SHARE if self.as_share else self.unit

    def _short(self, size: float) -> str:
        if self.as_share:
            return replace(SHARE, decimals=0).show(size)
        return self.unit.show(size)

    def _lying(self, width: int, looks: list[Style]) -> Drawing:
        names = [part.name for part in self.parts]
        drawn, top = legend(names, looks, width=width, y=12, fills=True)
        above = is_compact(width)
        left = 0.0 if above else self._label_room(width)
        totals = [self.unit.show(self._whole(r)) for r in range(len(self.categories))]
        room = 0.0 if self.as_share else max(width_of(t, 12, bold=True) for t in totals) + 8
        longest = 1.0 if self.as_share else max(map(self._whole, range(len(totals))))
        pitch = ROW + (14 if above else 0)
        top += 4
        for row, category in enumerate(self.categories):
            y = top + row * pitch + (18 if above else 4)
            drawn += _names(category, left, y, width, above=above)
            if self.as_share and self._hidden(row):
                drawn.append(hidden_box(left, y, width - left - 1, THICK))
                continue
            scale = (width - left - room) / (longest or 1)
            end = self._lying_bar(drawn, row, left, y, scale, looks)
            if not self.as_share and not self._hidden(row):
                drawn.append(text(end + 6, y + 16, totals[row], bold=True))
        lying = Drawing(top + pitch * len(self.categories) + 4, drawn)
        return with_scale(lying, self._shown_unit)

    def _label_room(self, width: int) -> float:
        most = width * 0.3
        lines = [part for name in self.categories for part in wrap(name, most)]
        return min(most, max(map(width_of, lines))) + 10

    def _lying_bar(
        self, drawn: list[str], row: int, left: float, y: float, scale: float, looks: list[Style]
    ) -> float:
        """Draw one bar; where it ends."""
        x = left
        for size, part, look in zip(self._sizes(row), self.parts, looks, strict=True):
            if is_hidden(part.values[row]):
                drawn.append(hidden_box(x + 1, y, SLIVER, THICK))
                x += SLIVER + 2
                continue
            wide = size * scale
            piece = max(wide - 1.5, 0)
            drawn.append(filled(x, y, piece, THICK, colour=look.colour, pattern=look.pattern))
            label = self._short(size)
            if width_of(label, TICK, bold=True) + 10 < wide:
                drawn += _inside(label, x + wide / 2, y + THICK / 2, look)
            x += wide
        return x

    def _upright(self, width: int, looks: list[Style]) -> Drawing:
        compact = is_compact(width)
        names = [part.name for part in self.parts]
        keys: list[str] = []
        key_height = 0.0
        if compact:
            keys, key_height = legend(names, looks, width=width, y=12, fills=True)
        room = 0.0 if compact else end_room(self._column_labels(looks, None), width * 0.32)
        top = 1.0 if self.as_share else max(map(self._whole, range(len(self.categories))))
        plot = plot_area(
            width=width, top=key_height + 30, height=self.height, right=room,
            ends=(0.0, top or 1.0), unit=self._shown_unit,
        )  # fmt: skip
        xs = plot.bands(len(self.categories))
        axis, axis_height = period_axis(plot, self.categories, xs)
        drawn = [*keys, *value_axis(plot, self._shown_unit), *axis]
        thick = min(plot.width / len(self.categories) * 0.68, 56)
        for row, x in enumerate(xs):
            self._column(drawn, row, x - thick / 2, thick, plot, looks)
        if not compact:
            labels = self._column_labels(looks, plot)
            drawn += end_labels(labels, x=plot.right, room=room, top=plot.top, bottom=plot.bottom)
        return Drawing(plot.bottom + axis_height, drawn)

    def _column(
        self, drawn: list[str], row: int, x: float, thick: float, plot: Plot, looks: list[Style]
    ) -> None:
        low = 0.0
        if self.as_share and self._hidden(row):
            drawn.append(hidden_box(x, plot.top, thick, plot.bottom - plot.top))
            return
        for size, part, look in zip(self._sizes(row), self.parts, looks, strict=True):
            if is_hidden(part.values[row]):
                continue
            top, bottom = plot.y(low + size), plot.y(low)
            tall = max(bottom - top - 1, 0)
            drawn.append(filled(x, top, thick, tall, colour=look.colour, pattern=look.pattern))
            low += size
        if self._hidden(row):
            drawn.append(hidden_box(x, plot.y(low) - SLIVER - 1, thick, SLIVER))

    def _column_labels(self, looks: list[Style], plot: Plot | None) -> list[EndLabel]:
        """The name and last figure of each part, at the height of its piece of the last bar."""
        low, labels, last = 0.0, [], len(self.categories) - 1
        hide_shares = self.as_share and self._hidden(last)
        for size, part, look in zip(self._sizes(last), self.parts, looks, strict=True):
            y = plot.y(low + size / 2) if plot else 0
            figure = "" if is_hidden(part.values[last]) or hide_shares else self._short(size)
            labels.append(EndLabel(y, part.name, figure, look.colour))
            low += size
        return labels

    def _summary(self) -> str:
        last = len(self.categories) - 1
        pieces = [f"{p.name} {self.unit.show(p.values[last])}" for p in self.parts]
        return (
            f"Gestapelde staven: {len(self.categories)} staven met {len(self.parts)} delen, "
            f"in {self.unit.name}. {self.categories[last]}: {', '.join(pieces)}."
        )

    def table(self) -> Table:
        headers = ("Onderdeel", *(part.name for part in self.parts), "Totaal")
        rows = tuple(
            (category, *(self.unit.show(p.values[row]) for p in self.parts), self._total(row))
            for row, category in enumerate(self.categories)
        )
        return Table(f"{self.title} ({self.unit.name})", headers, rows)

    def _total(self, row: int) -> str:
        """A total beside one hidden part would give that part away, so it is left out."""
        return "–" if self._hidden(row) else self.unit.show(self._whole(row))


def _names(category: str, left: float, y: float, width: int, *, above: bool) -> list[str]:
    if above:
        return [text(0, y - 5, shorten(category, width))]
    lines = wrap(category, left - 10)
    start = y + THICK / 2 + 4 - (len(lines) - 1) * 7
    return [text(left - 8, start + i * 14, row, anchor="end") for i, row in enumerate(lines)]


def _inside(label: str, x: float, y: float, look: Style) -> list[str]:
    """A figure within its piece, on a plain plate so that the pattern does not cross it."""
    half = width_of(label, TICK, bold=True) / 2 + 3
    plate = rect(x - half, y - 8, half * 2, 16, fill=look.colour) if look.pattern != "solid" else ""
    return [plate, text(x, y + 4, label, size=TICK, anchor="middle", fill=PAPER, bold=True)]
