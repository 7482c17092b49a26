"""A waterfall: how one amount becomes another in steps. Read from top to bottom."""

from dataclasses import dataclass
from itertools import pairwise

from core.charts.base import Chart, Drawing, Table
from core.charts.frame import TICK, is_compact, with_scale
from core.charts.hatch import filled
from core.charts.lettering import shorten, width_of, wrap
from core.charts.palette import AXIS, INK, MUTED, PAPER, STYLES, Style
from core.charts.scale import Scale
from core.charts.svg import line, tag, text
from core.charts.units import EUROS, Unit, Value, known

ROW, THICK, ABOVE = 34, 22, 14
MARGIN = 0.35
WHOLE, UP, DOWN = STYLES[0], STYLES[1], STYLES[2]


@dataclass(frozen=True)
class WaterfallStep:
    """What a step adds, or with `total` the level that is reached there."""

    name: str
    value: Value
    total: bool = False


@dataclass(frozen=True, kw_only=True)
class WaterfallChart(Chart):
    """Begins and ends with a total; the steps between add up to the difference.

    The axis does not begin at nothing where the steps would be too small to see; the totals then
    carry a break, and the steps stay true to one scale.
    """

    steps: tuple[WaterfallStep, ...]
    unit: Unit = EUROS

    def __post_init__(self) -> None:
        if len(self.steps) < 2 or not (self.steps[0].total and self.steps[-1].total):
            raise ValueError("a waterfall begins and ends with a total")
        if any(known(step.value) is None for step in self.steps):
            raise ValueError("a waterfall has no missing or hidden steps")

    def _levels(self) -> list[tuple[float, float]]:
        """Where each bar begins and ends."""
        level, found = 0.0, []
        for step in self.steps:
            value = known(step.value) or 0.0
            before, level = (0.0, value) if step.total else (level, level + value)
            found.append((before, level))
        return found

    def _ends(self) -> tuple[float, float]:
        """The ends of the axis; it begins at nothing when that is near the steps."""
        reached = [end for _, end in self._levels()]
        low, high = min(reached), max(reached)
        room = (high - low) * MARGIN or abs(high) * 0.1 or 1.0
        if low >= 0 and low - room <= high * 0.3:
            return 0.0, high
        return (low - room, high) if low > 0 else (min(low, 0.0), max(high, 0.0))

    def _draw(self, width: int) -> Drawing:
        above = is_compact(width)
        left = 0.0 if above else self._label_room(width)
        labels = [self._label(step) for step in self.steps]
        room = max(width_of(label, 12, bold=True) for label in labels) + 10
        low, high = self._ends()
        x = Scale(low, high, left, width - room)
        pitch = ROW + (ABOVE if above else 0)
        parts, levels = [], self._levels()
        for row, (step, (start, end)) in enumerate(zip(self.steps, levels, strict=True)):
            y = 4.0 + row * pitch + (ABOVE if above else 0)
            parts += _name(step.name, left, y, width, above=above, bold=step.total)
            parts += self._bar(step, x, (max(start, low), end), y, labels[row])
        for row, ((_, level), _) in enumerate(pairwise(levels)):
            y = 4.0 + row * pitch + (ABOVE if above else 0)
            parts.append(line(x(level), y + THICK, x(level), y + pitch, stroke=AXIS, dash="2 2"))
        height = 8 + pitch * len(self.steps)
        if low > 0:
            parts.append(text(0, height + 10, "De as begint niet bij nul.", size=TICK, fill=MUTED))
            height += 18
        return with_scale(Drawing(height, parts), self.unit)

    def _label_room(self, width: int) -> float:
        most = width * 0.32
        lines = [part for step in self.steps for part in wrap(step.name, most, bold=True)]
        return min(most, max(width_of(part, bold=True) for part in lines)) + 10

    def _label(self, step: WaterfallStep) -> str:
        shown = self.unit.show(step.value)
        value = known(step.value) or 0.0
        return f"+{shown}" if not step.total and value > 0 else shown

    def _bar(
        self, step: WaterfallStep, x: Scale, ends: tuple[float, float], y: float, label: str
    ) -> list[str]:
        start, end = sorted((x(ends[0]), x(ends[1])))
        look = self._look(step)
        parts = [
            filled(start, y, max(end - start, 1.5), THICK, colour=look.colour, pattern=look.pattern)
        ]
        if step.total and x.low > 0:
            parts += _break(start + 12, y)
        return [*parts, text(end + 5, y + THICK / 2 + 4, label, bold=True, fill=INK)]

    def _look(self, step: WaterfallStep) -> Style:
        if step.total:
            return WHOLE
        return UP if (known(step.value) or 0.0) > 0 else DOWN

    def _summary(self) -> str:
        first, *between, last = self.steps
        told = ", ".join(f"{step.name} {self._label(step)}" for step in between)
        return (
            f"Van {first.name} {self.unit.show(first.value)} naar {last.name} "
            f"{self.unit.show(last.value)}: {told}."
        )

    def table(self) -> Table:
        rows = tuple((step.name, self._label(step)) for step in self.steps)
        return Table(f"{self.title} ({self.unit.name})", ("Stap", "Bedrag"), rows)


def _name(name: str, left: float, y: float, width: int, *, above: bool, bold: bool) -> list[str]:
    if above:
        return [text(0, y - 4, shorten(name, width, bold=bold), bold=bold)]
    lines = wrap(name, left - 10, bold=bold)
    start = y + THICK / 2 + 4 - (len(lines) - 1) * 7
    return [
        text(left - 8, start + i * 14, part, anchor="end", bold=bold)
        for i, part in enumerate(lines)
    ]


def _break(x: float, y: float) -> list[str]:
    """Two slanted lines through a bar: a piece is left out here."""
    return [
        tag("path", d=f"M{x + gap:.1f} {y + THICK + 2:.1f}l6 {-THICK - 4}", stroke=PAPER,
            stroke_width=2.5, fill="none")
        for gap in (0, 6)
    ]  # fmt: skip
