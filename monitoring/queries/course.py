"""The course of a figure in words and as a control chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from core.charts import SHARE, LineChart, Reference, Series
from core.formats import number, percent
from core.periods import HalfYear
from regions.models import Region

from ..domain.change import Reading
from ..domain.patterns.control import RunRule
from ..domain.patterns.course import ChartKind, Course, Point, course_of
from ..enums import Kind
from ..indicators import Indicator
from ..models import PatternRun
from .patterns import Seen, newest_run, party_of

UNLIKELY = 0.05
RUN_RULES = {
    RunRule.BEYOND: "een punt buiten drie standaardafwijkingen",
    RunRule.TWO_OF_THREE: "twee van drie punten buiten twee standaardafwijkingen",
    RunRule.SAME_SIDE: "acht punten op rij aan dezelfde kant van het midden",
    RunRule.COURSE: "zes punten op rij omhoog of omlaag",
}
KINDS = {
    ChartKind.P: "p-kaart: een aandeel; de grenzen volgen het aantal gevallen",
    ChartKind.U: "u-kaart: een aantal per jeugdigen; de grenzen volgen hun aantal",
    ChartKind.XMR: "XmR-kaart: losse waarden; de grenzen volgen de sprongen per halfjaar",
}
Pair = tuple[str, Reading]


@dataclass(frozen=True)
class CourseCard:
    """A control chart with what fires, the trend and the season, for a page and the API."""

    indicator: Indicator
    title: str
    labels: tuple[str, ...]
    course: Course

    @property
    def kind(self) -> str:
        return KINDS[self.course.kind]

    @property
    def low(self) -> tuple[float, ...]:
        """No figure lies below 0."""
        return tuple(max(0.0, float(limit)) for limit in self.course.chart.low)

    @property
    def high(self) -> tuple[float, ...]:
        most = 1.0 if self.indicator.kind is Kind.SHARE else float("inf")
        return tuple(min(most, float(limit)) for limit in self.course.chart.high)

    @property
    def limits(self) -> str:
        """Of the last half-year."""
        show = self.indicator.unit.show
        return f"{show(self.low[-1])} tot {show(self.high[-1])}"

    @property
    def centre(self) -> str:
        return self.indicator.unit.show(self.course.chart.centre)

    @cached_property
    def fired(self) -> list[str]:
        return [
            f"{RUN_RULES[one.rule]} ({', '.join(self.labels[point] for point in one.points)})"
            for one in self.course.chart.fired
        ]

    @property
    def trend(self) -> str:
        found = self.course.trend
        if found is None or found.p > UNLIKELY or not found.score:
            return f"geen trend te zien in {len(self.labels)} halfjaren"
        way = "op" if found.score > 0 else "af"
        step = self._gap(found.slope)
        chance = _chance(found.p)
        return f"loopt langzaam {way}: ongeveer {step} per halfjaar (kans bij toeval {chance})"

    @property
    def season(self) -> str:
        found = self.course.season
        if found is None:
            return "niet te zeggen: daarvoor zijn zes halfjaren achter elkaar nodig"
        if found.p > UNLIKELY:
            return "geen vast verschil tussen eerste en tweede halfjaren"
        higher = self.labels[1] if found.effect > 0 else self.labels[0]
        half = "eerste" if HalfYear.parse(higher).half == 1 else "tweede"
        gap = self._gap(2 * found.effect)
        return f"{half} halfjaren liggen ongeveer {gap} hoger (kans bij toeval {_chance(found.p)})"

    def _gap(self, value: float) -> str:
        """A difference: of shares in percentage points."""
        unit = self.indicator.unit
        return (
            f"{number(abs(value) * 100, 1)} procentpunt" if unit is SHARE else unit.show(abs(value))
        )

    @property
    def picture(self) -> LineChart:
        chart = self.course.chart
        return LineChart(
            title=f"Regelkaart: {self.title}",
            periods=self.labels,
            series=(
                Series("gemeten", tuple(float(value) for value in chart.values)),
                Series("bovengrens", self.high),
                Series("ondergrens", self.low),
            ),
            unit=self.indicator.unit,
            target=Reference("midden", chart.centre),
        )


def _chance(p: float) -> str:
    return "minder dan 0,1%" if p < 0.001 else percent(p)


def course_card(
    indicator: Indicator, title: str, course: Sequence[Pair], within: float = 0.0
) -> CourseCard | None:
    """What is hidden or has no value takes no part; None with fewer than five half-years."""
    known = [(label, one) for label, one in course if one.known is not None]
    points = [
        Point(_place(label), one.known or 0.0, one.numerator, one.denominator)
        for label, one in known
    ]
    found = course_of(points, indicator.kind, within)
    if found is None:
        return None
    return CourseCard(indicator, title, tuple(label for label, _ in known), found)


def _place(label: str) -> int:
    half = HalfYear.parse(label)
    return 2 * half.year + half.half


def course_of_pattern(seen: Seen) -> CourseCard | None:
    row = seen.row
    course = [
        (label, Reading(above / below, above, below))
        for label, above, below, _ in row.course
        if below > 0
    ]
    within = _within(row.run, row.code, party_of(row))
    return course_card(seen.indicator, f"{seen.indicator.name}, {seen.party}", course, within)


def spread_within(region: Region, code: str, party: str) -> float:
    """What half-years of a share differ beyond chance, as the newest search estimated it."""
    run = newest_run(region)
    return _within(run, code, party) if run else 0.0


def _within(run: PatternRun, code: str, party: str) -> float:
    found = (s["within"] for s in run.scopes if s["code"] == code and s["party"] == party)
    return float(next(found, 0.0))
