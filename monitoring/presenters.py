"""What stands on the pages about figures: properties between the rows and the templates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from core.charts import LineChart, Reference, Series
from core.charts.units import Unit
from core.formats import days
from segments.models import IndicatorDefinition, Target

from .domain.change import NOTHING, Change, Reading, change
from .enums import Cell, Feed, Kind, Polarity, Theme
from .indicators import INDICATORS, Indicator, find
from .indicators.definition import COUNT, DAYS, SHARE
from .queries.course import CourseCard, course_card, spread_within
from .queries.figures import Figures, codes_with_prefix, targets_of
from .queries.reading import Where, cells_of, readings, trend

UNIT_PRICE = "unit_price"
FEEDS = {
    Feed.MESSAGES: "berichtenverkeer",
    Feed.TABLES: "aanlevering met een tabel",
    Feed.DELIVERY: "aanlevering door aanbieders",
    Feed.FINANCE: "berichtenverkeer, begroting en aanvulling van late declaraties",
}


def indicator_for(code: str, definition: IndicatorDefinition | None) -> Indicator | None:
    """A computed indicator, or one of the region itself, in the same form."""
    known = find(code)
    if known is not None or definition is None:
        return known
    is_share = definition.is_share
    return Indicator(
        code=code,
        name=definition.name,
        definition=definition.definition or "Door aanbieders aangeleverd.",
        theme=Theme.DELIVERED,
        kind=Kind.SHARE if is_share else Kind.COUNT,
        unit=SHARE if is_share else COUNT,
        polarity=Polarity(definition.polarity),
        feed=Feed.DELIVERY,
    )


@dataclass(frozen=True)
class Row:
    """One indicator on the overview: now, before, a year ago and the target."""

    indicator: Indicator
    now: Reading
    before: Reading
    year_ago: Reading
    target: Target | None = None

    @property
    def unit(self) -> Unit:
        return self.indicator.unit

    @property
    def shown(self) -> str:
        return self._show(self.now)

    @property
    def shown_before(self) -> str:
        return self._show(self.before)

    @property
    def shown_year_ago(self) -> str:
        return self._show(self.year_ago)

    def _show(self, reading: Reading) -> str:
        if self.unit is DAYS and reading.known is not None:
            return days(reading.known)
        return self.unit.show(reading.value)

    @property
    def interval(self) -> str:
        if self.now.low is None or self.now.high is None:
            return ""
        return f"{self.unit.show(self.now.low)} tot {self.unit.show(self.now.high)}"

    @property
    def cases(self) -> str:
        """On how many cases a share, mean or percentile rests."""
        counted = self.indicator.kind in (Kind.SHARE, Kind.MEAN, Kind.PERCENTILE)
        money = self.indicator.unit.prefix.startswith("€")
        return COUNT.show(self.now.denominator) if counted and not money else ""

    @property
    def change(self) -> Change | None:
        return change(self.indicator, self.now, self.before)

    @property
    def year_change(self) -> Change | None:
        return change(self.indicator, self.now, self.year_ago)

    @property
    def target_text(self) -> str:
        return target_text(self.target, self.unit) if self.target else ""


def target_text(target: Target, unit: Unit) -> str:
    """A target in words: '30% lager dan in 2025, in 2030'."""
    if target.text:
        return target.text
    when = f" in {target.target_year}" if target.target_year else ""
    about = "circa " if target.circa else ""
    if target.value is None:
        return f"{target.get_direction_display() or target.get_kind_display()}{when}"
    if target.is_relative:
        way = "lager" if target.value < 0 else "hoger"
        base = f" dan in {target.base_year}" if target.base_year else ""
        return f"{about}{SHARE.show(abs(target.value))} {way}{base}{when}"
    return f"{about}{unit.show(target.value)}{when}"


def targets_in(figures: Figures, where: Where) -> dict[str, Target]:
    """Targets of the cell; a municipality or provider has none of its own."""
    if where.municipality or where.provider:
        return {}
    return targets_of(figures.now.scheme, segment=where.segment, category=where.category)


@dataclass(frozen=True)
class ThemeRows:
    theme: Theme
    rows: Sequence[Row]


@dataclass(frozen=True)
class Overview:
    """All indicators of a cell, by theme."""

    user: Any
    figures: Figures
    where: Where
    theme: str = ""

    @cached_property
    def themes(self) -> list[ThemeRows]:
        found = [ThemeRows(theme, list(self._rows_of(theme))) for theme in self._wanted()]
        return [part for part in found if part.rows]

    def _wanted(self) -> list[Theme]:
        return [Theme(self.theme)] if self.theme else list(Theme)

    @cached_property
    def _indicators(self) -> list[Indicator]:
        kind = self.where.kind
        fitting = [i for i in INDICATORS if kind in i.cells and not i.variant_of]
        own = IndicatorDefinition.objects.filter(region=self.figures.now.region).order_by("name")
        added = (indicator_for(d.code, d) for d in own if find(d.code) is None)
        return [*fitting, *(i for i in added if i is not None)]

    @cached_property
    def _readings(self) -> tuple[dict[str, Reading], ...]:
        codes = [i.code for i in self._indicators]
        sets = (self.figures.now, self.figures.before, self.figures.year_ago)
        return tuple(readings(self.user, one, self.where, codes) for one in sets)

    @cached_property
    def _targets(self) -> dict[str, Target]:
        return targets_in(self.figures, self.where)

    def _rows_of(self, theme: Theme) -> Iterator[Row]:
        now, before, year_ago = self._readings
        for indicator in self._indicators:
            code = indicator.code
            there = code in now or code in before or code in year_ago or code == UNIT_PRICE
            if indicator.theme is theme and there:
                yield Row(
                    indicator,
                    now.get(code, NOTHING),
                    before.get(code, NOTHING),
                    year_ago.get(code, NOTHING),
                    self._targets.get(code),
                )


@dataclass(frozen=True)
class Part:
    """A part of the cell, on the page of one indicator."""

    label: str
    where: Where
    row: Row


@dataclass(frozen=True)
class IndicatorPage:
    """One indicator in one cell: its course, and the parts of the cell."""

    user: Any
    figures: Figures
    where: Where
    indicator: Indicator
    place: str
    names: dict[str, dict[str, str]]

    @cached_property
    def row(self) -> Row:
        return self._row_of(self.indicator, targets_in(self.figures, self.where))

    def _row_of(self, indicator: Indicator, targets: dict[str, Target]) -> Row:
        code = indicator.code
        now, before, year_ago = (found.get(code, NOTHING) for found in self._readings)
        return Row(indicator, now, before, year_ago, targets.get(code))

    @cached_property
    def _readings(self) -> tuple[dict[str, Reading], ...]:
        codes = [self.indicator.code, *(variant.code for variant in self._variants)]
        sets = (self.figures.now, self.figures.before, self.figures.year_ago)
        return tuple(readings(self.user, one, self.where, codes) for one in sets)

    @cached_property
    def _variants(self) -> list[Indicator]:
        own = self.indicator.code
        if own == UNIT_PRICE:
            codes = codes_with_prefix(self.figures.now, f"{UNIT_PRICE}:")
            return [found for code in codes if (found := find(code)) is not None]
        return [found for found in INDICATORS if found.variant_of == own]

    @cached_property
    def variants(self) -> list[Row]:
        """The same figure by reason, referrer, informant or product."""
        rows = [self._row_of(indicator, {}) for indicator in self._variants]
        return [row for row in rows if row.now.value is not None or row.before.value is not None]

    @cached_property
    def _course(self) -> list[tuple[str, Reading]]:
        code = self.indicator.code
        course = trend(self.user, self.figures.history, self.where, code)
        return [(one.half_year, reading) for one, reading in course]

    @cached_property
    def control(self) -> CourseCard | None:
        """The control chart, from five half-years on."""
        party = "provider" if self.where.provider else "municipality"
        within = spread_within(self.figures.now.region, self.indicator.code, party)
        title = f"{self.indicator.name}, {self.place}"
        return course_card(self.indicator, title, self._course, within)

    @cached_property
    def chart(self) -> LineChart | None:
        course = self._course
        if not any(reading.value is not None for _, reading in course):
            return None
        bounded = any(reading.low is not None for _, reading in course)
        target = self.row.target
        level = target.value if target and target.value and not target.is_relative else None
        return LineChart(
            title=f"{self.indicator.name}, {self.place}",
            periods=tuple(half_year for half_year, _ in course),
            series=(
                Series(
                    self.indicator.name,
                    tuple(reading.value for _, reading in course),
                    tuple(reading.low for _, reading in course) if bounded else (),
                    tuple(reading.high for _, reading in course) if bounded else (),
                ),
            ),
            unit=self.indicator.unit,
            target=None if level is None else Reference("streefwaarde", float(level)),
            zero=True,
        )

    @cached_property
    def _cells(self) -> tuple[dict[Where, Reading], ...]:
        sets = (self.figures.now, self.figures.before, self.figures.year_ago)
        return tuple(cells_of(self.user, one, self.indicator.code) for one in sets)

    def parts(self, dimension: str) -> list[Part]:
        """The cells that split this one along a dimension, in the order of their names."""
        if getattr(self.where, dimension):
            return []
        now, before, year_ago = self._cells
        found = []
        for value, label in self.names[dimension].items():
            where = Where(**{**self.where.filled(), dimension: value})
            if where in now or where in before:
                found.append(
                    Part(
                        label,
                        where,
                        Row(
                            self.indicator,
                            now.get(where, NOTHING),
                            before.get(where, NOTHING),
                            year_ago.get(where, NOTHING),
                        ),
                    )
                )
        return found

    @cached_property
    def splits(self) -> list[tuple[str, list[Part]]]:
        """Tables of parts: per segment, municipality and category."""
        titles = (
            ("segment", "Per segment"),
            ("municipality", "Per gemeente"),
            ("category", "Per categorie"),
        )
        found = [(title, self.parts(name)) for name, title in titles if self._splits_by(name)]
        return [(title, parts) for title, parts in found if parts]

    def _splits_by(self, dimension: str) -> bool:
        filled = {name for name, value in self.where.filled().items() if value}
        wanted = {*filled, dimension}
        return dimension not in filled and any(set(cell.value) == wanted for cell in Cell)
