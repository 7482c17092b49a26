"""Bullet chart: where we are, where we want to be, where we came from."""

from dataclasses import dataclass

from core.charts.base import Chart, Drawing, Table
from core.charts.frame import TICK, is_compact
from core.charts.hatch import hidden_box
from core.charts.lettering import shorten, width_of, wrap
from core.charts.palette import AXIS, INK, MUTED, PALE, STYLES
from core.charts.scale import Scale, nice_ticks
from core.charts.svg import line, marker, rect, text
from core.charts.units import COUNT, Unit, Value, is_hidden, known

ROW, THICK = 44, 14
BLUE = STYLES[0].colour


@dataclass(frozen=True)
class Bullet:
    """One measure. Each has its own unit, and so its own scale."""

    label: str
    value: Value
    target: Value = None
    previous: Value = None
    unit: Unit = COUNT


@dataclass(frozen=True, kw_only=True)
class BulletChart(Chart):
    """Bars with a line for the target and a diamond for the previous value."""

    bullets: tuple[Bullet, ...]
    previous_label: str = "vorig halfjaar"
    target_label: str = "streefwaarde"

    def __post_init__(self) -> None:
        if not self.bullets:
            raise ValueError("a bullet chart needs at least one measure")

    def _draw(self, width: int) -> Drawing:
        compact = is_compact(width)
        left = 0.0 if compact else self._label_room(width)
        figures = [self._figure(b) for b in self.bullets]
        room = max(width_of(f, 12, bold=True) for f in figures) + 10
        parts, top = self._key(width)
        pitch = ROW + (10 if compact else 0)
        for i, bullet in enumerate(self.bullets):
            y = top + i * pitch + (24 if compact else 12)
            parts += _name(bullet.label, left, y, width, compact=compact)
            parts += self._row(bullet, left, width - room, y)
            parts.append(text(width, y + 11, figures[i], anchor="end", bold=True))
        return Drawing(top + pitch * len(self.bullets) + 6, parts)

    def _label_room(self, width: int) -> float:
        most = width * 0.32
        return min(most, max(width_of(r) for b in self.bullets for r in wrap(b.label, most))) + 12

    def _figure(self, bullet: Bullet) -> str:
        return bullet.unit.show(bullet.value)

    def _key(self, width: int) -> tuple[list[str], float]:
        parts = [
            line(4, 2, 4, 16, stroke=INK, width=3),
            text(14, 13, self.target_label, size=TICK, fill=MUTED),
        ]
        x = 14 + width_of(self.target_label, TICK) + 20
        parts.append(marker(x, 9, "diamond", colour=STYLES[1].colour, size=4.5))
        label = shorten(self.previous_label, width - x - 12, TICK)
        return [*parts, text(x + 11, 13, label, size=TICK, fill=MUTED)], 20.0

    def _row(self, bullet: Bullet, left: float, right: float, y: float) -> list[str]:
        values = (bullet.value, bullet.target, bullet.previous)
        numbers = [0.0, *(n for v in values if (n := known(v)) is not None)]
        ticks = nice_ticks(min(numbers), max(numbers) or 1.0, 4, whole=bullet.unit.whole)
        x = Scale(ticks[0], ticks[-1], left, right)
        parts = [rect(left, y, right - left, THICK, fill=PALE), *_ruler(x, ticks, y, bullet.unit)]
        value = known(bullet.value)
        if is_hidden(bullet.value):
            parts.append(hidden_box(x(0), y + 2, 44, THICK - 4))
        elif value is not None:
            start, end = sorted((x(0), x(value)))
            parts.append(rect(start, y + 3, end - start, THICK - 6, fill=BLUE))
        if (target := known(bullet.target)) is not None:
            parts.append(line(x(target), y - 3, x(target), y + THICK + 3, stroke=INK, width=3))
        if (previous := known(bullet.previous)) is not None:
            at = x(previous)
            parts.append(marker(at, y + THICK / 2, "diamond", colour=STYLES[1].colour, size=4.5))
        return parts

    def _summary(self) -> str:
        return " ".join(
            f"{b.label}: {b.unit.show(b.value)}, {self.target_label} {b.unit.show(b.target)}, "
            f"{self.previous_label} {b.unit.show(b.previous)}."
            for b in self.bullets
        )

    def table(self) -> Table:
        comparisons = (self.target_label.capitalize(), self.previous_label.capitalize())
        headers = ("Onderdeel", "Waarde", *comparisons)
        rows = tuple(
            (b.label, b.unit.show(b.value), b.unit.show(b.target), b.unit.show(b.previous))
            for b in self.bullets
        )
        return Table(self.title, headers, rows)


def _name(label: str, left: float, y: float, width: int, *, compact: bool) -> list[str]:
    if compact:
        return [text(0, y - 6, shorten(label, width))]
    lines = wrap(label, left - 12)
    start = y + 11 - (len(lines) - 1) * 7
    return [text(left - 10, start + i * 14, row, anchor="end") for i, row in enumerate(lines)]


def _ruler(x: Scale, ticks: list[float], y: float, unit: Unit) -> list[str]:
    """The two ends of the scale under the bar, small, with what is counted."""
    step = ticks[1] - ticks[0]
    parts = []
    for tick, anchor in ((ticks[0], None), (ticks[-1], "end")):
        at = x(tick)
        parts.append(line(at, y + THICK, at, y + THICK + 3, stroke=AXIS))
        label = unit.tick(tick, step)
        if anchor and not unit.suffix:
            label = f"{label} {unit.name}"
        parts.append(text(at, y + THICK + 13, label, size=10, anchor=anchor, fill=MUTED))
    return parts
