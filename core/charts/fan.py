"""Fan chart: what was, what is expected, how sure that is, and the budget it must fit in."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.charts.base import Chart, Drawing, Table
from core.charts.frame import (
    TICK,
    Plot,
    period_axis,
    plot_area,
    value_axis,
    value_range,
)
from core.charts.keys import EndLabel, end_labels, end_room
from core.charts.lettering import width_of, wrap
from core.charts.lines import interval_text, located, ribbon, runs
from core.charts.palette import ALERT, AXIS, INK, MUTED, PAPER, STYLES, Style
from core.charts.svg import area, line, marker, polyline, rect, text
from core.charts.units import MILLIONS, Unit, Value, known

BLUE = STYLES[0].colour
EXPECTED = Style(BLUE, "circle", "6 3", "solid")
BUDGET = Style(ALERT, "circle", "9 3 2 3", "solid")
REALISED = Style(INK, "circle", None, "solid")


@dataclass(frozen=True, kw_only=True)
class FanChart(Chart):
    """All rows have one value per period: None before the forecast, or after the history.

    Let the forecast begin in the last period of the history (with the same value) so that
    the lines meet. `budget` steps from period to period. `turning_point` names a period that
    gets a mark, such as the first in which the budget is passed.
    """

    periods: tuple[str, ...]
    history: tuple[Value, ...]
    median: tuple[Value, ...]
    low_80: tuple[Value, ...]
    high_80: tuple[Value, ...]
    low_95: tuple[Value, ...]
    high_95: tuple[Value, ...]
    budget: tuple[Value, ...] = ()
    budget_label: str = "begroting"
    turning_point: str | None = None
    turning_label: str = ""
    unit: Unit = MILLIONS
    zero: bool = True
    height: int = 250

    def __post_init__(self) -> None:
        rows = (self.history, self.median, self.low_80, self.high_80, self.low_95, self.high_95)
        if not self.periods or any(len(row) != len(self.periods) for row in rows):
            raise ValueError("each row of a fan chart needs one value per period")
        if self.budget and len(self.budget) != len(self.periods):
            raise ValueError("the budget needs one value per period")

    def _draw(self, width: int) -> Drawing:
        room = end_room(self._labels(None), width * 0.34)
        plot = plot_area(
            width=width, top=28, height=self.height, right=room, ends=self._ends(), unit=self.unit
        )
        xs = plot.across(len(self.periods))
        axis, axis_height = period_axis(plot, self.periods, xs)
        parts = [*value_axis(plot, self.unit), *axis]
        parts += self._fans(xs, plot) + self._steps(xs, plot)
        for row, look in ((self.median, EXPECTED), (self.history, REALISED)):
            stretches = runs(located(row, xs, plot))
            parts += [polyline(run, look=look) for run in stretches if len(run) > 1]
        parts += self._last_known(xs, plot) + self._turn(xs, plot)
        ends = (plot.top - 8, plot.bottom + 8)
        parts += end_labels(
            self._labels(plot), x=plot.right, room=room, top=ends[0], bottom=ends[1]
        )
        height = plot.bottom + axis_height + 16
        note = "donkere waaier: 80% kans, lichte waaier: 95% kans"
        parts.append(text(plot.left, height - 2, note, size=TICK, fill=MUTED))
        return Drawing(height + 4, parts)

    def _ends(self) -> tuple[float, float]:
        rows = (self.history, self.median, self.low_95, self.high_95, self.budget)
        return value_range(_numbers([v for row in rows for v in row]), zero=self.zero)

    def _labels(self, plot: Plot | None) -> list[EndLabel]:
        labels = []
        for name, row, colour in (
            ("verwacht", self.median, BLUE),
            (self.budget_label, self.budget, ALERT),
        ):
            number = known(row[-1]) if row else None
            if number is not None:
                y = plot.y(number) if plot else 0
                labels.append(EndLabel(y, name, self.unit.show(number), colour))
        return labels

    def _fans(self, xs: Sequence[float], plot: Plot) -> list[str]:
        """The wide interval under the narrow one."""
        wide, narrow = (self.low_95, self.high_95, 0.16), (self.low_80, self.high_80, 0.26)
        return [
            area(outline, fill=BLUE, opacity=shade, edge=BLUE)
            for low, high, shade in (wide, narrow)
            for outline in ribbon(low, high, xs, plot)
        ]

    def _steps(self, xs: Sequence[float], plot: Plot) -> list[str]:
        """The budget: level within a period, a step at its border."""
        if not self.budget:
            return []
        half = (xs[1] - xs[0]) / 2 if len(xs) > 1 else plot.width / 2
        points: list[tuple[float, float] | None] = []
        for point in located(self.budget, xs, plot):
            if point is None:
                points.append(None)
                continue
            x, y = point
            points += [(max(x - half, plot.left), y), (min(x + half, plot.right), y)]
        return [polyline(run, look=BUDGET, width=2) for run in runs(points)]

    def _last_known(self, xs: Sequence[float], plot: Plot) -> list[str]:
        """Where the history ends: a mark, and which side is which."""
        last = max((i for i, v in enumerate(self.history) if known(v) is not None), default=None)
        if last is None:
            return []
        x, y = xs[last], plot.y(known(self.history[last]) or 0.0)
        parts = [
            line(x, plot.top, x, plot.bottom, stroke=AXIS, dash="2 2"),
            marker(x, y, "circle", colour=INK, size=3.5),
        ]
        base = plot.bottom - 7
        if x - plot.left > 80:
            parts.append(text(x - 6, base, "gerealiseerd", size=TICK, anchor="end", fill=INK))
        if plot.right - x > 70:
            parts.append(text(x + 6, base, "verwacht", size=TICK, fill=BLUE))
        return parts

    def _turn(self, xs: Sequence[float], plot: Plot) -> list[str]:
        if self.turning_point not in self.periods:
            return []
        i = self.periods.index(self.turning_point)
        number = known(self.median[i])
        if number is None:
            return []
        x, y = xs[i], plot.y(number)
        parts = [marker(x, y, "diamond", colour=ALERT, size=5)]
        lines = wrap(self.turning_label, max(x - plot.left - 10, 80), TICK, lines=2, bold=True)
        above = plot.y.clamp(known(self.high_95[i]) or number) - 12
        top = max(plot.top + 10, above - 14 * len(lines))
        parts.append(line(x, y - 7, x, top + 14 * len(lines) - 8, stroke=ALERT))
        widest = max((width_of(row, TICK, bold=True) for row in lines), default=0)
        parts.append(rect(x - widest, top - 10, widest, 14 * len(lines), fill=PAPER, opacity=0.85))
        return parts + [
            text(x, top + i * 14, row, size=TICK, anchor="end", fill=ALERT, bold=True)
            for i, row in enumerate(lines)
        ]

    def _summary(self) -> str:
        last = f"{self.periods[-1]}: verwacht {self.unit.show(self.median[-1])}"
        between = interval_text(self.low_80[-1], self.high_80[-1], self.unit)
        budget = f"; {self.budget_label} {self.unit.show(self.budget[-1])}" if self.budget else ""
        turn = f" {self.turning_label.capitalize()}." if self.turning_point else ""
        return f"Waaierdiagram in {self.unit.name}. {last}, met 80% kans {between}{budget}.{turn}"

    def table(self) -> Table:
        headers = ["Periode", "Gerealiseerd", "Verwacht", "80%-interval", "95%-interval"]
        headers += [self.budget_label.capitalize()] if self.budget else []
        rows = []
        for i, period in enumerate(self.periods):
            row = [period, self.unit.show(self.history[i]), self.unit.show(self.median[i])]
            row.append(interval_text(self.low_80[i], self.high_80[i], self.unit))
            row.append(interval_text(self.low_95[i], self.high_95[i], self.unit))
            row += [self.unit.show(self.budget[i])] if self.budget else []
            rows.append(tuple(row))
        return Table(f"{self.title} ({self.unit.name})", tuple(headers), tuple(rows))


def _numbers(values: Sequence[Value]) -> list[float]:
    return [number for value in values if (number := known(value)) is not None]
