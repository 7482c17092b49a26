"""Funnel plot: parties around a common value, with the spread that chance alone gives."""

from dataclasses import dataclass

from core.charts.base import Chart, Drawing, Table
from core.charts.frame import TICK, Plot, is_compact, plot_area, value_axis
from core.charts.lettering import width_of, wrap
from core.charts.palette import ALERT, AXIS, INK, MUTED, QUIET, STYLES, Style
from core.charts.placing import Box, place_labels
from core.charts.scale import Scale, nice_ticks
from core.charts.svg import area, line, marker, polyline, text
from core.charts.units import COUNT, SHARE, Unit

WITHIN, NEAR, FAR = "binnen 95%", "buiten 95%", "buiten 99,8%"


@dataclass(frozen=True)
class FunnelPoint:
    """One party: number of cases, its value, and the limits that hold for that number."""

    name: str
    cases: float
    value: float
    place: str = WITHIN


@dataclass(frozen=True)
class FunnelLimit:
    """The limits of 95 % and 99.8 % at a number of cases, computed by who knows the statistics."""

    cases: float
    low_95: float
    high_95: float
    low_998: float
    high_998: float


@dataclass(frozen=True, kw_only=True)
class FunnelChart(Chart):
    """Points between limits; those outside carry their name and another mark.

    `point_label` says what a point is, `left_out` how many may not be shown or have no figure.
    """

    points: tuple[FunnelPoint, ...]
    limits: tuple[FunnelLimit, ...]
    centre: float
    centre_label: str = "totaal"
    point_label: str = "Onderdeel"
    unit: Unit = SHARE
    cases_label: str = "aantal gevallen"
    left_out: int = 0
    height: int = 300

    def __post_init__(self) -> None:
        if len(self.limits) < 2:
            raise ValueError("a funnel needs limits at two numbers of cases or more")

    def _draw(self, width: int) -> Drawing:
        compact = is_compact(width)
        room = 8 if compact else max(width_of(t, TICK) for t in ("99,8%", self._centre_text())) + 10
        plot = plot_area(
            width=width, top=28, height=self.height, right=room, ends=self._ends(), unit=self.unit
        )
        ticks = nice_ticks(0, max(self._widest_case(), 1), 4 if compact else 6, whole=True)
        x = Scale(0, ticks[-1], plot.left, plot.right)
        parts = [*self._bands(x, plot), *value_axis(plot, self.unit)]
        parts += self._cases_axis(x, plot, ticks)
        parts += self._centre_line(x, plot, compact=compact)
        parts += self._marks(x, plot, width)
        height = plot.bottom + 42
        key, key_height = _key(width, height + 12)
        parts += key
        height += key_height
        for row in wrap(self._left_out(), width, TICK):
            parts.append(text(0, height + 12, row, size=TICK, fill=MUTED))
            height += 16
        return Drawing(height + 2, parts)

    def _widest_case(self) -> float:
        return max([p.cases for p in self.points] + [limit.cases for limit in self.limits])

    def _ends(self) -> tuple[float, float]:
        """All points and the 95 % limits from the smallest of them; beyond is cut off."""
        smallest = min((p.cases for p in self.points), default=0)
        near = [limit for limit in self.limits if limit.cases >= smallest]
        values = [p.value for p in self.points] + [self.centre]
        values += [v for limit in near for v in (limit.low_95, limit.high_95)]
        low, high = min(values), max(values)
        if self.unit == SHARE:
            return max(low, 0.0), min(high, 1.0)
        return low, high

    def _curve(self, end: str, x: Scale, plot: Plot) -> list[tuple[float, float]]:
        ordered = sorted(self.limits, key=lambda limit: limit.cases)
        return [(x(limit.cases), plot.y.clamp(getattr(limit, end))) for limit in ordered]

    def _bands(self, x: Scale, plot: Plot) -> list[str]:
        parts = []
        outer, inner = ("low_998", "high_998", "#eef3f7"), ("low_95", "high_95", "#dbe7ef")
        for low, high, shade in (outer, inner):
            outline = self._curve(high, x, plot) + self._curve(low, x, plot)[::-1]
            parts.append(area(outline, fill=shade, opacity=1))
        for low, high, _ in (outer, inner):
            look = Style(AXIS, "circle", "2 3" if low == "low_998" else None, "solid")
            for end in (low, high):
                inside = [p for p in self._curve(end, x, plot) if plot.top < p[1] < plot.bottom]
                parts += [polyline(inside, look=look, width=1)] if len(inside) > 1 else []
        return parts

    def _cases_axis(self, x: Scale, plot: Plot, ticks: list[float]) -> list[str]:
        parts = []
        for tick in ticks:
            parts.append(line(x(tick), plot.bottom, x(tick), plot.bottom + 5))
            label = COUNT.show(tick)
            at = min(x(tick), plot.right + 6 - width_of(label, TICK) / 2)
            parts.append(text(at, plot.bottom + 18, label, size=TICK, anchor="middle", fill=MUTED))
        at, base = (plot.left + plot.right) / 2, plot.bottom + 34
        return [*parts, text(at, base, self.cases_label, size=TICK, anchor="middle", fill=MUTED)]

    def _centre_text(self) -> str:
        return f"{self.centre_label} {self.unit.show(self.centre)}"

    def _centre_line(self, x: Scale, plot: Plot, *, compact: bool) -> list[str]:
        y = plot.y(self.centre)
        parts = [line(plot.left, y, plot.right, y, stroke=INK, width=1.5)]
        if compact:
            at, base = plot.right - 2, plot.top - 14
            return [*parts, text(at, base, self._centre_text(), size=TICK, anchor="end", fill=INK)]
        last = max(self.limits, key=lambda limit: limit.cases)
        high_95, high_998 = plot.y.clamp(last.high_95), plot.y.clamp(last.high_998)
        parts.append(text(plot.right + 5, y + 4, self._centre_text(), size=TICK, fill=INK))
        if y - high_95 > 13:
            parts.append(text(plot.right + 5, high_95 + 4, "95%", size=TICK, fill=MUTED))
            if high_95 - high_998 > 12:
                parts.append(text(plot.right + 5, high_998 + 4, "99,8%", size=TICK, fill=MUTED))
        return parts

    def _marks(self, x: Scale, plot: Plot, width: int) -> list[str]:
        ordered = sorted(self.points, key=lambda p: ((WITHIN, NEAR, FAR).index(p.place), p.name))
        parts = [_mark(x(p.cases), plot.y(p.value), p.place) for p in ordered]
        outside = [p for p in reversed(ordered) if p.place != WITHIN]
        spots = [(x(p.cases), plot.y(p.value)) for p in outside]
        every = [(x(p.cases), plot.y(p.value)) for p in self.points]
        area_box = Box(plot.left + 2, plot.top - 8, min(plot.right + 4, width), plot.bottom)
        for label in place_labels([p.name for p in outside], spots, every, area_box, size=TICK):
            if label.leader:
                parts.append(line(*label.leader, stroke=AXIS, width=0.75))
            parts.append(text(label.x, label.y, label.content, size=TICK, fill=INK, bold=True))
        return parts

    def _left_out(self) -> str:
        if not self.left_out:
            return ""
        verb = "is" if self.left_out == 1 else "zijn"
        return f"Niet getoond {verb} er {self.left_out}: te weinig gevallen."

    def _summary(self) -> str:
        far = [p.name for p in self.points if p.place != WITHIN]
        outside = (
            f"Buiten de grenzen van 95%: {', '.join(far)}."
            if far
            else "Geen ervan ligt buiten de grenzen van 95%."
        )
        return (
            f"Trechterdiagram van {len(self.points)} punten rond {self._centre_text()}; "
            f"hoe meer gevallen, hoe smaller de grenzen. {outside}"
        )

    def table(self) -> Table:
        figures = (self.cases_label.capitalize(), self.unit.name.capitalize())
        headers = (self.point_label, *figures, "Plaats")
        rows = tuple(
            (p.name, COUNT.show(p.cases), self.unit.show(p.value), p.place) for p in self.points
        )
        return Table(self.title, headers, rows)


def _mark(x: float, y: float, place: str) -> str:
    if place == FAR:
        return marker(x, y, "diamond", colour=ALERT, size=5)
    if place == NEAR:
        return marker(x, y, "triangle", colour=STYLES[1].colour, size=4.5)
    return marker(x, y, "circle", colour=QUIET, size=3.5, hollow=True)


def _key(width: int, base: float) -> tuple[list[str], float]:
    """What the three marks mean, in as many rows as the width asks for."""
    parts, x, row = [], 0.0, 0
    for place, label in ((FAR, FAR), (NEAR, f"{NEAR}, binnen 99,8%"), (WITHIN, "kan toeval zijn")):
        wide = width_of(label, TICK) + 16
        if x and x + wide > width:
            x, row = 0.0, row + 1
        parts.append(_mark(x + 6, base + row * 16 - 4, place))
        parts.append(text(x + 16, base + row * 16, label, size=TICK, fill=MUTED))
        x += wide + 18
    return parts, (row + 1) * 16
