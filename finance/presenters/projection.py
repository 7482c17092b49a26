"""What stands on the pages of projections: properties between the rows and the templates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from core.charts import SHARE, FanChart, HeatMap
from core.exports import Cell, Column
from core.formats import number
from regions.models import Municipality
from segments.models import Segment

from ..domain.months import month_label
from ..domain.projection_result import Projection, SegmentMethod, Series
from ..models import ExpectedTurn, IndexRule, ProjectionRun
from ..queries.budgets import BudgetBook
from ..queries.gather import planned_savings
from ..queries.movements import UNPLACED
from ..queries.reports import (
    YearFigure,
    euros_of,
    month_chart,
    month_name,
    year_chart,
    year_figures,
)
from ..queries.visible import turns_visible_to
from ..queries.visible_series import visible_series
from ..sentences import (
    budget_sentence,
    chance,
    expected_turn_sentence,
    savings_sentence,
    turning_sentences,
    year_sentence,
)
from ..workbooks import euros
from .beside_spend import beside_spend
from .known import KnownPart, known_rows

ALL = "*"
SHOWN_LAGS = 8

YEAR_COLUMNS = (
    Column("Jaar", "Kalenderjaar", width=10),
    Column("Gemeente", "CBS-code; * is de hele regio", width=12),
    Column("Segment", "Code; * is alle segmenten", width=16),
    Column("Volledig jaar", "Nee: niet alle twaalf maanden vallen in de prognose", width=14),
    euros("Bekend", "Wat op de peilmaand bekend was"),
    euros("Verwacht", "Bekend, aangevuld en geraamd, met besparing"),
    euros("80% onder", "Ondergrens van het interval met 80% kans"),
    euros("80% boven", "Bovengrens van het interval met 80% kans"),
    euros("95% onder", "Ondergrens van het interval met 95% kans"),
    euros("95% boven", "Bovengrens van het interval met 95% kans"),
    euros("Besparing", "Geplande besparing die in 'Verwacht' zit"),
    euros("Begroting", "Zoals vastgelegd; leeg is onbekend"),
    Column("Begroting fictief", "Ja: bedacht voor de demonstratie", width=16),
)
MONTH_COLUMNS = (
    Column("Maand", "Maand van de zorg", width=10),
    *YEAR_COLUMNS[1:3],
    *YEAR_COLUMNS[4:11],
)


@dataclass(frozen=True)
class Choice:
    value: str
    label: str


@dataclass
class ProjectionPage:
    """One finished run as a user may see it, for the cell that was asked for."""

    run: ProjectionRun
    projection: Projection
    visible: Sequence[Series]
    series: Series
    book: BudgetBook
    user: Any

    @classmethod
    def of(
        cls, run: ProjectionRun, user: Any, *, municipality: str = "", segment: str = ""
    ) -> ProjectionPage | None:
        """None where there is no such cell, or the user may not see it."""
        if run.projection is None:
            return None
        visible = visible_series(user, run.region_id, run.projection)
        wanted = (municipality or None, segment or None)
        series = next((s for s in visible if (s.municipality, s.segment) == wanted), None)
        if series is None:
            return None
        return cls(run, run.projection, visible, series, BudgetBook(run.region_id), user)

    @cached_property
    def municipality_names(self) -> dict[str, str]:
        codes = {s.municipality for s in self.visible if s.municipality}
        return dict(
            Municipality.objects.filter(gm_code__in=codes)
            .order_by("organisation__sort_name")
            .values_list("gm_code", "name")
        )

    @cached_property
    def segment_names(self) -> dict[str, str]:
        rows = Segment.objects.filter(scheme=self.run.scheme_id).order_by("order", "code")
        names = {code: f"{code} {name}" for code, name in rows.values_list("code", "name")}
        return {**names, UNPLACED: "Niet ingedeeld"}

    @property
    def place(self) -> str:
        """The cell in words."""
        municipality = (
            self.municipality_names.get(self.series.municipality, self.series.municipality)
            if self.series.municipality
            else "de hele regio"
        )
        if not self.series.segment:
            return municipality
        name = self.segment_names.get(self.series.segment, self.series.segment)
        return f"{municipality}, {name}"

    @property
    def is_region(self) -> bool:
        return self.series.municipality is None and self.series.segment is None

    @cached_property
    def municipalities(self) -> list[Choice]:
        return [Choice(code, name) for code, name in self.municipality_names.items()]

    @cached_property
    def segments(self) -> list[Choice]:
        there = {s.segment for s in self.visible if s.segment}
        return [Choice(code, name) for code, name in self.segment_names.items() if code in there]

    @cached_property
    def years(self) -> tuple[YearFigure, ...]:
        return year_figures(self.projection, self.series, self.book)

    @property
    def this_year(self) -> YearFigure:
        """The year in which the first month to come lies."""
        wanted = (self.projection.as_of + 1) // 12
        return next((f for f in self.years if f.year == wanted), self.years[-1])

    @property
    def last_year(self) -> YearFigure | None:
        """The last whole year that is projected."""
        whole = [f for f in self.years if f.complete and f.year > self.this_year.year]
        return whole[-1] if whole else None

    @property
    def sentences(self) -> list[str]:
        """What the projection says, in plain words."""
        now = self.this_year
        before = next((f for f in self.years if f.year == now.year - 1), None)
        found = [year_sentence(now, before), budget_sentence(now)]
        if self.last_year:
            found.append(year_sentence(self.last_year, None))
        if self.is_region:
            found.append(self._savings_left)
            found += turning_sentences(
                self.projection.turning_point, self.projection.turning_point_without_savings
            )
            found += [sentence for _, sentence in self.expected_turns]
        return [sentence for sentence in found if sentence]

    @cached_property
    def expected_turns(self) -> list[tuple[ExpectedTurn, str]]:
        """What documents expect of the turning point, with what came of it."""
        figures = {figure.year: figure for figure in self.years}
        point = self.projection.turning_point
        rows = turns_visible_to(self.user).filter(region=self.run.region_id)
        return [(row, expected_turn_sentence(row.year, figures, point)) for row in rows]

    @property
    def _savings_left(self) -> str:
        """What of the planned saving of the last year falls on agreed amounts."""
        if self.run.savings is None or self.last_year is None:
            return ""
        year = self.last_year.year
        asked = [one.cents for one in planned_savings(self.run.savings) if one.year == year]
        return savings_sentence(year, euros_of(sum(asked)), self.last_year.savings)

    @cached_property
    def known_elsewhere(self) -> str:
        """Why the page of spend shows another amount of this year; '' where it does not."""
        return beside_spend(self.user, self.run, self.series, self.this_year)

    @cached_property
    def year_chart(self) -> FanChart:
        return year_chart(
            self.projection, self.series, self.years, title=f"Kosten per jaar, {self.place}"
        )

    @cached_property
    def month_chart(self) -> FanChart:
        return month_chart(self.projection, self.series, title=f"Kosten per maand, {self.place}")

    @cached_property
    def known(self) -> KnownPart:
        return KnownPart.of(self.run, self.projection, self.series, self.user)

    def known_rows(self) -> Iterator[Sequence[Cell]]:
        return known_rows(self.run, self.projection, self.visible, self.user)

    @property
    def has_fictitious_budget(self) -> bool:
        return any(f.budget is not None and f.budget.fictitious for f in self.years)

    @property
    def has_savings(self) -> bool:
        return any(self.series.savings)

    @property
    def turning_chances(self) -> list[tuple[int, str, str, str]]:
        """Year, chance with the planned savings, without them, and with them at one price level
        ('' where an older projection does not tell)."""
        planned = self.projection.turning_point.probabilities
        without = dict(self.projection.turning_point_without_savings.probabilities)
        real = self.projection.turning_point_real
        at_one_price = dict(real.probabilities) if real else {}
        return [
            (
                year,
                chance(share),
                chance(without[year]),
                chance(at_one_price[year]) if real else "",
            )
            for year, share in planned
        ]

    @cached_property
    def methods(self) -> list[MethodRow]:
        return [
            MethodRow(method, self.segment_names.get(method.segment, method.segment))
            for method in self.projection.methods
        ]

    @cached_property
    def development_chart(self) -> HeatMap | None:
        """How much of a month is known after 0, 1, 2, ... months, per segment."""
        rows = [row for row in self.methods if len(row.method.developed) > 2]
        if not rows:
            return None
        lags = min(SHOWN_LAGS, *(len(row.method.developed) for row in rows))
        return HeatMap(
            title="Welk deel van de kosten van een maand bekend is, naar het aantal maanden later",
            rows=tuple(row.name for row in rows),
            columns=tuple(str(lag) for lag in range(lags)),
            values=tuple(row.method.developed[:lags] for row in rows),
            unit=SHARE,
            row_label="segment",
            column_label="maanden later",
        )

    @cached_property
    def indexation(self) -> list[tuple[int, Any, str]]:
        """Year, percentage and how certain, as they went into this projection. Where the rule says
        otherwise now, it was not known yet or it changed."""
        inputs = self.run.stored_inputs
        used = {one.year: one.basis_points / 100 for one in inputs.indexation} if inputs else {}
        rules = {r.year: r for r in IndexRule.objects.filter(region=self.run.region_id)}
        return [
            (year, percentage, _certainty(rules.get(year), percentage))
            for year, percentage in used.items()
            if year in self.projection.years
        ]

    @property
    def years_without_index(self) -> list[int]:
        known = {year for year, _, _ in self.indexation}
        first = self.projection.as_of // 12 + 1
        return [year for year in self.projection.years if year >= first and year not in known]

    def year_rows(self) -> Iterator[Sequence[Cell]]:
        """Every series that the user may see, per year."""
        for series in self.visible:
            for f in year_figures(self.projection, series, self.book):
                yield (
                    f.year,
                    series.municipality or ALL,
                    series.segment or ALL,
                    f.complete,
                    f.observed,
                    f.expected,
                    f.low80,
                    f.high80,
                    f.low95,
                    f.high95,
                    f.savings,
                    f.budget.amount if f.budget else None,
                    f.budget.fictitious if f.budget else None,
                )

    def cell_rows(self) -> Iterator[tuple[Sequence[str], Sequence[Cell]]]:
        """The parts that make up the whole, once each: what is expected in every year."""
        for series in self.visible:
            if series.municipality and series.segment:
                yield (
                    (
                        series.municipality,
                        self.municipality_names.get(series.municipality, ""),
                        series.segment,
                        self.segment_names.get(series.segment, ""),
                    ),
                    [euros_of(cents) for cents in series.year_expected],
                )

    def month_rows(self) -> Iterator[Sequence[Cell]]:
        for series in self.visible:
            for place, month in enumerate(self.projection.months):
                amounts = (
                    series.observed[place],
                    series.expected[place],
                    series.months.low80[place],
                    series.months.high80[place],
                    series.months.low95[place],
                    series.months.high95[place],
                    series.savings[place],
                )
                yield (
                    month_label(month),
                    series.municipality or ALL,
                    series.segment or ALL,
                    *(euros_of(cents) for cents in amounts),
                )

    @property
    def notes(self) -> list[str]:
        """What goes with an exported table."""
        found = [
            f"Prognose '{self.run.title}' van {self.run.region.name}, bekend tot en met "
            f"{self.as_of_name}.",
            f"Berekening {self.run.code_version}, startgetal {self.run.seed}, "
            f"{self.run.paths} doorrekeningen, controlegetal {self.run.result_checksum}.",
            "Intervallen van delen tellen niet op tot dat van het geheel.",
        ]
        if self.run.region.is_demo:
            found.append("Fictief: demonstratiegegevens.")
        return found

    @property
    def checksum_groups(self) -> str:
        """The checksum in groups, so that it fits a narrow screen."""
        whole = self.run.result_checksum
        return " ".join(whole[place : place + 16] for place in range(0, len(whole), 16))

    @property
    def as_of_name(self) -> str:
        return month_name(self.projection.as_of)


def _certainty(rule: IndexRule | None, percentage: float) -> str:
    if rule is None:
        return ""
    if rule.percentage != Decimal(str(percentage)):
        return f"nu: {number(rule.percentage, 2)}%"
    return rule.get_certainty_display()


@dataclass(frozen=True)
class MethodRow:
    """How one segment was worked out."""

    method: SegmentMethod
    name: str

    @property
    def paid_by_instalments(self) -> bool:
        return len(self.method.developed) == 2 and self.method.developed[0] == 0

    @property
    def after_1(self) -> float | None:
        return None if self.paid_by_instalments else self._developed(1)

    @property
    def after_3(self) -> float | None:
        return None if self.paid_by_instalments else self._developed(3)

    def _developed(self, lag: int) -> float | None:
        return self.method.developed[lag] if lag < len(self.method.developed) else None

    @property
    def mature_until(self) -> str:
        return month_name(self.method.mature_until)

    @property
    def busiest(self) -> str:
        """The season in words."""
        season = self.method.season
        if max(season) - min(season) < 0.01:
            return "geen"
        high, low = season.index(max(season)), season.index(min(season))
        return f"hoogst in {month_name(high).split()[0]}, laagst in {month_name(low).split()[0]}"
