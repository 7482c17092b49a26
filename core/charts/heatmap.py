"""Heat map: a figure per row and column, such as a development triangle."""

from dataclasses import dataclass

from core.charts.base import Chart, Drawing, Table
from core.charts.frame import TICK, hidden_note
from core.charts.hatch import hidden_box
from core.charts.lettering import shorten, width_of
from core.charts.palette import GRID, HEAT, MUTED, ink_on
from core.charts.svg import rect, text
from core.charts.units import COUNT, Unit, Value, is_hidden, known

CELL = 26
Ends = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class HeatMap(Chart):
    """Darker is more. None is a cell that is not known yet and stays empty."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[Value, ...], ...]
    unit: Unit = COUNT
    row_label: str = ""
    column_label: str = ""

    def __post_init__(self) -> None:
        right = len(self.values) == len(self.rows) and all(
            len(row) == len(self.columns) for row in self.values
        )
        if not (self.rows and self.columns and right):
            raise ValueError("a heat map needs one value per row and column")

    def _draw(self, width: int) -> Drawing:
        left = min(max(width_of(name, TICK) for name in self.rows), width * 0.3) + 8
        wide = min((width - left) / len(self.columns), 72)
        low, high = self._ends()
        top = 50.0
        figures = [self.unit.show(v) for row in self.values for v in row if known(v) is not None]
        written = all(width_of(figure, TICK) + 4 <= wide for figure in figures)
        parts = self._headers(left, wide, top, width)
        for i, (name, row) in enumerate(zip(self.rows, self.values, strict=True)):
            y = top + i * CELL
            label = shorten(name, left - 8, TICK)
            parts.append(text(left - 7, y + 17, label, size=TICK, anchor="end", fill=MUTED))
            for j, value in enumerate(row):
                parts += self._cell(value, left + j * wide, y, wide, (low, high), written=written)
        height = top + CELL * len(self.rows) + 8
        parts += self._key(left, height, low, high)
        if any(is_hidden(value) for row in self.values for value in row):
            parts += hidden_note(left, height + 42)
            height += 20
        return Drawing(height + 34, parts)

    def _ends(self) -> Ends:
        numbers = [n for row in self.values for v in row if (n := known(v)) is not None]
        return (min(numbers), max(numbers)) if numbers else (0.0, 1.0)

    def _shade(self, number: float, low: float, high: float) -> str:
        place = (number - low) / (high - low) if high > low else 0.5
        return HEAT[min(int(place * len(HEAT)), len(HEAT) - 1)]

    def _headers(self, left: float, wide: float, top: float, width: int) -> list[str]:
        parts = [text(0, 12, shorten(self.row_label, left, TICK), size=TICK, fill=MUTED)]
        label = shorten(self.column_label, width - left, TICK)
        parts.append(text(left, 12, label, size=TICK, fill=MUTED))
        widest = max(width_of(name, TICK) for name in self.columns) + 6
        every = max(1, -(-int(min(widest, 90)) // max(int(wide), 1)))
        for j in range(0, len(self.columns), every):
            name = shorten(self.columns[j], wide * every - 2, TICK)
            middle = left + (j + 0.5) * wide
            parts.append(text(middle, top - 8, name, size=TICK, anchor="middle", fill=MUTED))
        return parts

    def _cell(
        self, value: Value, x: float, y: float, wide: float, ends: Ends, *, written: bool
    ) -> list[str]:
        if is_hidden(value):
            return [hidden_box(x + 1, y + 1, wide - 2, CELL - 2)]
        number = known(value)
        if number is None:
            return []
        fill = self._shade(number, *ends)
        parts = [rect(x + 0.75, y + 0.75, wide - 1.5, CELL - 1.5, fill=fill)]
        if written:
            label, ink = self.unit.show(value), ink_on(fill)
            parts.append(text(x + wide / 2, y + 17, label, size=TICK, anchor="middle", fill=ink))
        return parts

    def _key(self, left: float, y: float, low: float, high: float) -> list[str]:
        """The ramp from the lowest to the highest figure."""
        start, end = self.unit.show(low), self.unit.show(high)
        x = left + width_of(start, TICK) + 8
        parts = [text(left, y + 17, start, size=TICK, fill=MUTED)]
        parts += [rect(x + i * 16, y + 7, 16, 12, fill=shade) for i, shade in enumerate(HEAT)]
        parts.append(rect(x, y + 7, 16 * len(HEAT), 12, fill="none", stroke=GRID))
        stop = x + 16 * len(HEAT) + 8
        return [*parts, text(stop, y + 17, f"{end} {self.unit.name}", size=TICK, fill=MUTED)]

    def _summary(self) -> str:
        low, high = self._ends()
        return (
            f"Tabel met kleuren: {len(self.rows)} rijen en {len(self.columns)} kolommen, "
            f"van {self.unit.show(low)} tot {self.unit.show(high)} ({self.unit.name})."
        )

    def table(self) -> Table:
        headers = (self.row_label or "Onderdeel", *self.columns)
        rows = tuple(
            (name, *("" if v is None else self.unit.show(v) for v in row))
            for name, row in zip(self.rows, self.values, strict=True)
        )
        return Table(f"{self.title} ({self.unit.name})", headers, rows)
