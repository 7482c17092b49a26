"""Time line of a planning: what was planned first, what is planned now, and what waits for what."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from core.charts.base import Chart, Drawing, Table
from core.charts.frame import TICK
from core.charts.lettering import shorten, width_of
from core.charts.palette import ALERT, AXIS, GRID, INK, MUTED, PAPER, STYLES
from core.charts.scale import Scale
from core.charts.svg import line, marker, path_of, rect, tag, text
from core.formats import date_long, days
from core.periods import add_months

ROW, GROUP, BAR = 44, 26, 10
EDGE = 10.0
BLUE, GREEN = STYLES[0].colour, STYLES[2].colour
MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
KEY = (
    ("nu gepland", BLUE),
    ("klaar", GREEN),
    ("later dan eerst gepland", ALERT),
    ("eerst gepland", ""),
)
# Months between two labels of the axis, from fine to coarse.
STEPS = (1, 3, 6, 12, 24, 60)


@dataclass(frozen=True)
class Span:
    """One step. Days are inclusive; without `start` it is a milestone on `end`.

    `first_end` is the first planning; `after` holds the places in the list of the steps that must
    be ready first.
    """

    label: str
    end: date
    start: date | None = None
    first_end: date | None = None
    done_on: date | None = None
    group: str = ""
    after: tuple[int, ...] = ()

    @property
    def last(self) -> date:
        """The day on which it was done, or is planned now."""
        return self.done_on or self.end

    @property
    def first_day(self) -> date:
        return min(self.start or self.last, self.last)

    @property
    def days_later(self) -> int:
        """Days after the first planning; negative when earlier."""
        return (self.last - self.first_end).days if self.first_end else 0


@dataclass(frozen=True, kw_only=True)
class Timeline(Chart):
    """Bars for phases and diamonds for milestones, under each other in groups.

    The first planning stands below each bar in outline; what is later is drawn in red. A line runs
    from a step to what waits for it, red where the second begins before the first is ready.
    """

    spans: tuple[Span, ...]
    today: date | None = None

    def __post_init__(self) -> None:
        if not self.spans:
            raise ValueError("a time line needs at least one step")
        if any(not 0 <= i < len(self.spans) for span in self.spans for i in span.after):
            raise ValueError("a step waits for one that is not there")

    def is_early(self, span: Span, other: Span) -> bool:
        """Whether `span` begins before `other`, for which it waits, is ready."""
        return span.first_day < other.last

    def _draw(self, width: int) -> Drawing:
        low, high = self._ends()
        x = Scale(low.toordinal(), high.toordinal(), EDGE, width - EDGE)
        parts, top = self._key(width)
        places = self._places(top + 40)
        bottom = max(places.values()) + ROW - 16
        parts += _axis(low, high, x, top + 26, bottom)
        parts += self._today(x, low, high, top + 8, bottom)
        parts += self._waiting(x, places)
        for name, members in self._groups():
            if name:
                y = places[members[0]] - 18
                parts.append(text(0, y, shorten(name, width, 12, bold=True), bold=True))
            for i in members:
                parts += _row(self.spans[i], x, places[i], width)
        return Drawing(bottom + 6, parts)

    def _ends(self) -> tuple[date, date]:
        known = [s.first_day for s in self.spans] + [s.last for s in self.spans]
        known += [s.first_end for s in self.spans if s.first_end]
        low, high = min(known), max(known)
        margin = timedelta(days=max(10, (high - low).days // 25))
        return low - margin, high + margin

    def _groups(self) -> list[tuple[str, list[int]]]:
        found = groupby(range(len(self.spans)), key=lambda i: self.spans[i].group)
        return [(name, list(members)) for name, members in found]

    def _places(self, top: float) -> dict[int, float]:
        """The baseline of the label of each step."""
        places, y = {}, top
        for name, members in self._groups():
            y += GROUP if name else 0
            for i in members:
                places[i] = y
                y += ROW
        return places

    def _key(self, width: int) -> tuple[list[str], float]:
        parts: list[str] = []
        at, y = 0.0, 0.0
        for label, fill in KEY:
            room = 22 + width_of(label, TICK) + 14
            if at and at + room > width:
                at, y = 0.0, y + 18
            if fill:
                parts.append(rect(at, y + 4, 16, BAR, fill=fill))
            else:
                parts.append(rect(at + 0.5, y + 7, 15, 4, fill="none", stroke=MUTED))
            parts.append(text(at + 22, y + 13, label, size=TICK, fill=MUTED))
            at += room
        return parts, y + 20

    def _today(self, x: Scale, low: date, high: date, top: float, bottom: float) -> list[str]:
        if self.today is None or not low <= self.today <= high:
            return []
        at, half = x(self.today.toordinal()), width_of("vandaag", TICK) / 2
        middle = min(max(at, EDGE + half), x(high.toordinal()) - half)
        return [
            line(at, top + 4, at, bottom, stroke=INK, dash="3 3"),
            text(middle, top, "vandaag", size=TICK, anchor="middle"),
        ]

    def _waiting(self, x: Scale, places: dict[int, float]) -> list[str]:
        parts = []
        for i, span in enumerate(self.spans):
            for j in span.after:
                other = self.spans[j]
                start = (x(other.last.toordinal()), places[j] + 11)
                end = (x(span.first_day.toordinal()), places[i] + 11)
                parts.append(
                    tag(
                        "path", d=path_of([start, (start[0], end[1]), end]), fill="none",
                        stroke=ALERT if self.is_early(span, other) else AXIS, stroke_width=1.25,
                    )
                )  # fmt: skip
        return parts

    def _summary(self) -> str:
        later = [s for s in self.spans if s.days_later > 0]
        told = f"{len(self.spans)} stappen, van {_told(min(s.first_day for s in self.spans))} tot "
        told += f"en met {_told(max(s.last for s in self.spans))}."
        if later:
            worst = max(later, key=lambda s: s.days_later)
            told += (
                f" {len(later)} later dan eerst gepland; {worst.label} het meest, {_late(worst)}."
            )
        return told

    def table(self) -> Table:
        headers = ("Stap", "Spoor", "Eerst gepland", "Nu gepland", "Klaar", "Verschuiving", "Na")
        return Table(self.title, headers, tuple(self._cells(span) for span in self.spans))

    def _cells(self, span: Span) -> tuple[str, ...]:
        now = f"{_told(span.start)} – {_told(span.end)}" if span.start else _told(span.end)
        waits = ", ".join(self.spans[i].label for i in span.after)
        first = _told(span.first_end) if span.first_end else "–"
        done = _told(span.done_on) if span.done_on else "–"
        moved = _late(span) if span.first_end else "–"
        return (span.label, span.group or "–", first, now, done, moved, waits or "–")


def _told(day: date) -> str:
    return date_long(day)


def _late(span: Span) -> str:
    moved = span.days_later
    if not moved:
        return "geen"
    return f"{days(abs(moved))} {'later' if moved > 0 else 'eerder'}"


def _row(span: Span, x: Scale, y: float, width: int) -> list[str]:
    told = _told(span.last) + (f", {_late(span)}" if span.days_later else "")
    told = ("klaar " if span.done_on else "") + told
    room = width - width_of(told, TICK) - 12
    fill = GREEN if span.done_on else BLUE
    late = span.days_later > 0
    start = width - width_of(told, TICK)
    parts = [
        text(0, y, shorten(span.label, room)),
        rect(start - 2, y - 10, width - start + 2, 13, fill=PAPER),
        text(width, y, told, size=TICK, anchor="end", fill=ALERT if late else MUTED),
    ]
    last = x(span.last.toordinal())
    if span.start is None:
        parts.append(marker(last, y + 11, "diamond", colour=ALERT if late else fill, size=5))
    else:
        parts += _bar(span, x, y + 6, fill)
    if span.first_end:
        parts += _first(span, x, y + 20)
    return parts


def _bar(span: Span, x: Scale, y: float, fill: str) -> list[str]:
    start, last = x(span.first_day.toordinal()), x(span.last.toordinal())
    parts = [rect(start, y, max(last - start, 2), BAR, fill=fill)]
    if span.first_end and span.days_later > 0:
        edge = max(x(span.first_end.toordinal()), start)
        parts.append(rect(edge, y, max(last - edge, 2), BAR, fill=ALERT))
    return parts


def _first(span: Span, x: Scale, y: float) -> list[str]:
    """The first planning, in outline under the present one."""
    end = x((span.first_end or span.end).toordinal())
    if span.start is None:
        return [marker(end, y, "diamond", colour=MUTED, size=3, hollow=True)]
    start = min(x(span.first_day.toordinal()), end)
    return [rect(start, y - 1, max(end - start, 2), 4, fill="none", stroke=MUTED)]


def _axis(low: date, high: date, x: Scale, y: float, bottom: float) -> list[str]:
    """Months or years along the top, as many as fit."""
    parts = []
    for day in _ticks(low, high, x):
        at = x(day.toordinal())
        parts.append(line(at, y + 5, at, bottom, stroke=GRID))
        parts.append(
            text(at, y, _tick_text(day, low, high, x), size=TICK, anchor="middle", fill=MUTED)
        )
    return parts


def _ticks(low: date, high: date, x: Scale) -> list[date]:
    step = _step(low, high, x)
    day = date(low.year - low.year % max(step // 12, 1), 1, 1)
    found = []
    while day <= high:
        if _fits(day, low, high, x):
            found.append(day)
        day = add_months(day, step)
    return found


def _fits(day: date, low: date, high: date, x: Scale) -> bool:
    half = width_of("mmm 0000", TICK) / 2 - EDGE
    at = x(day.toordinal())
    return x(low.toordinal()) + half <= at <= x(high.toordinal()) - half


def _step(low: date, high: date, x: Scale) -> int:
    room = x(high.toordinal()) - x(low.toordinal())
    months = max((high - low).days / 30.4, 1)
    need = width_of("mmm 0000", TICK) + 8
    return next((s for s in STEPS if room / (months / s) >= need), STEPS[-1])


def _tick_text(day: date, low: date, high: date, x: Scale) -> str:
    if _step(low, high, x) >= 12:
        return str(day.year)
    return f"{MONTHS[day.month - 1]} {day.year}"
