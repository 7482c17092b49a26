"""What stands on the pages of scenarios."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from core.charts import FanChart, SmallMultiples, WaterfallChart
from core.exports import Cell, Column
from regions.models import Municipality
from regions.queries.access import access_of
from segments.models import Segment

from ..domain.measures import MeasureInput
from ..domain.scenario_result import MeasureEffect, ScenarioInputs, ScenarioResult, ScenarioSeries
from ..domain.waterfall import Waterfall
from ..enums import Driver
from ..models import Measure, Scenario
from ..queries.budgets import BudgetBook
from ..queries.movements import UNPLACED
from ..queries.reports import euros_of
from ..workbooks import euros
from .scenario_charts import (
    ScenarioYear,
    multiples,
    step_chart,
    steps_of,
    this_year,
    year_fan,
)
from .scenario_words import effect_told, on_agreed_told, turning_rows, turning_told

ALL = "*"

YEAR_COLUMNS = (
    Column("Jaar", "Kalenderjaar", width=10),
    Column("Gemeente", "CBS-code; * is de hele regio", width=12),
    Column("Segment", "Code; * is alle segmenten", width=16),
    Column("Volledig jaar", "Nee: niet alle twaalf maanden vallen in de prognose", width=14),
    euros("Zonder maatregelen", "Prognose zonder maatregelen en besparing"),
    euros("Met maatregelen", "Verwacht onder dit scenario"),
    euros("Verschil", "Met min zonder"),
    euros("80% onder", "Ondergrens van het interval met 80% kans"),
    euros("80% boven", "Bovengrens van het interval met 80% kans"),
    euros("Begroting", "Zoals vastgelegd; leeg is onbekend"),
)
MEASURE_COLUMNS = (
    Column("Jaar", "Kalenderjaar", width=10),
    Column("Maatregel", "Code", width=24),
    Column("Naam", "", width=40),
    Column("Wat verandert", "Instroom, duur, intensiteit, prijs of verschuiving", width=18),
    euros("Alleen", "Wat deze maatregel alleen zou doen"),
    euros("Alleen, laag", "Bij de ondergrens van het effect"),
    euros("Alleen, hoog", "Bij de bovengrens van het effect"),
    euros("Telt mee voor", "Wat deze toevoegt aan de vorige; telt op tot het geheel"),
    euros("Op afspraken", "Valt op bedragen die al zijn afgesproken: telt niet mee"),
)


@dataclass(frozen=True)
class MeasureRow:
    """One measure in one year, in euros; `on_agreed` falls on agreed amounts and does not count."""

    place: int
    measure: MeasureInput
    row: Measure | None
    alone: Decimal
    low: Decimal
    high: Decimal
    added: Decimal
    on_agreed: Decimal

    @property
    def driver(self) -> str:
        return str(Driver(self.measure.driver).label)


@dataclass
class ScenarioPage:
    """A computed scenario as a user may see it, for a cell and a year."""

    scenario: Scenario
    outcome: ScenarioResult
    inputs: ScenarioInputs
    visible: Sequence[ScenarioSeries]
    series: ScenarioSeries
    year: int

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        user: Any,
        *,
        municipality: str = "",
        segment: str = "",
        year: int | None = None,
    ) -> ScenarioPage | None:
        """None where there is no such cell, or the user may not see it."""
        outcome, inputs = scenario.outcome, scenario.stored_inputs
        if outcome is None or inputs is None:
            return None
        visible = visible_parts(user, scenario.region_id, outcome)
        wanted = (municipality or None, segment or None)
        series = next((s for s in visible if (s.municipality, s.segment) == wanted), None)
        if series is None:
            return None
        choices = years_to_show(outcome)
        chosen = year if year in choices else choices[-1]
        return cls(scenario, outcome, inputs, visible, series, chosen)

    @property
    def is_region(self) -> bool:
        return self.series.municipality is None and self.series.segment is None

    @cached_property
    def municipality_names(self) -> dict[str, str]:
        codes = {s.municipality for s in self.visible if s.municipality}
        rows = Municipality.objects.filter(gm_code__in=codes).order_by("organisation__sort_name")
        return dict(rows.values_list("gm_code", "name"))

    @cached_property
    def segment_names(self) -> dict[str, str]:
        rows = Segment.objects.filter(scheme=self.scenario.projection.scheme_id)
        names = dict(rows.order_by("order", "code").values_list("code", "name"))
        there = {s.segment for s in self.visible if s.segment}
        found = {code: f"{code} {name}" for code, name in names.items() if code in there}
        return {**found, UNPLACED: "Niet ingedeeld"} if UNPLACED in there else found

    @property
    def place(self) -> str:
        parts = [
            self.municipality_names.get(self.series.municipality or "", "de hele regio"),
            self.segment_names.get(self.series.segment or "", ""),
        ]
        return ", ".join(part for part in parts if part)

    @property
    def choices_of_year(self) -> list[int]:
        return years_to_show(self.outcome)

    @cached_property
    def years(self) -> list[ScenarioYear]:
        return list(self._years(self.series))

    def _years(self, series: ScenarioSeries) -> Iterator[ScenarioYear]:
        book = self._book
        for place, year in enumerate(self.outcome.years):
            yield ScenarioYear(
                year=year,
                complete=year in self.outcome.whole_years,
                base=euros_of(series.base[place]),
                expected=euros_of(series.expected[place]),
                low80=euros_of(series.low80[place]),
                high80=euros_of(series.high80[place]),
                budget=book.of_year(year, municipality=series.municipality, segment=series.segment),
            )

    @cached_property
    def _book(self) -> BudgetBook:
        return BudgetBook(self.scenario.region_id)

    @cached_property
    def chart(self) -> FanChart:
        title = f"Kosten per jaar met maatregelen, {self.place}"
        return year_fan(self.outcome, self.series, self.years, title=title)

    # -- measures ---------------------------------------------------------------------------

    @cached_property
    def measures(self) -> list[MeasureRow]:
        known = {m.code: m for m in Measure.objects.filter(region=self.scenario.region_id)}
        used = {one.code: one for one in self.inputs.measures}
        return [
            self._measure(number, effect, used[effect.code], known.get(effect.code))
            for number, effect in enumerate(self.outcome.measures, 1)
        ]

    def _measure(
        self, number: int, effect: MeasureEffect, used: MeasureInput, row: Measure | None
    ) -> MeasureRow:
        at = self.outcome.years.index(self.year)
        low, high = sorted((effect.low[at], effect.high[at]))
        return MeasureRow(
            number, used, row,
            alone=euros_of(effect.alone[at]), low=euros_of(low), high=euros_of(high),
            added=euros_of(effect.added[at]),
            on_agreed=euros_of(self.outcome.on_agreed(effect.code)[at]),
        )  # fmt: skip

    @property
    def at(self) -> int:
        return self.outcome.years.index(self.year)

    @property
    def together(self) -> Decimal:
        return euros_of(self.outcome.together[self.at])

    @property
    def together_low(self) -> Decimal:
        return euros_of(self.outcome.effect_low[self.at])

    @property
    def together_high(self) -> Decimal:
        return euros_of(self.outcome.effect_high[self.at])

    @property
    def alone(self) -> Decimal:
        return euros_of(self.outcome.alone[self.at])

    @property
    def overlap(self) -> Decimal:
        return euros_of(self.outcome.overlap[self.at])

    @cached_property
    def on_agreed(self) -> Decimal:
        """What of all measures falls on agreed amounts here and does not count."""
        key = {"municipality": self.series.municipality, "segment": self.series.segment}
        rows = [self.outcome.on_agreed(one.code, **key) for one in self.outcome.measures]
        return euros_of(sum(row[self.at] for row in rows))

    @property
    def falls_on_agreed(self) -> bool:
        return any(one.on_agreed for one in self.measures)

    @cached_property
    def without_effect(self) -> list[Measure]:
        """Chosen, but nobody has said how much they do."""
        used = {one.code for one in self.inputs.measures}
        rows = self.scenario.chosen.select_related("measure")
        return [row.measure for row in rows if row.measure.code not in used]

    # -- from year to year ------------------------------------------------------------------

    @cached_property
    def steps(self) -> Waterfall:
        """From the year before the chosen one to the chosen one."""
        return steps_of(self.outcome, self.inputs, self.series, self.year)

    @cached_property
    def step_chart(self) -> WaterfallChart:
        return step_chart(self.steps, self.year, place=self.place)

    @property
    def step_rows(self) -> list[tuple[str, Decimal]]:
        return [
            (step.name, step.value)
            for step in self.step_chart.steps
            if isinstance(step.value, Decimal)
        ]

    @cached_property
    def multiples(self) -> SmallMultiples | None:
        """The municipalities beside each other, on the page of the region."""
        rows = [s for s in self.visible if s.municipality and s.segment is None]
        return multiples(self.outcome, rows, self.municipality_names) if self.is_region else None

    @property
    def turning_rows(self) -> list[tuple[int, str, str, str, str]]:
        return turning_rows(self.outcome)

    @property
    def sentences(self) -> list[str]:
        return [
            self._effect_sentence(),
            on_agreed_told(self.year, self.on_agreed),
            *turning_told(self.outcome),
        ]

    def _effect_sentence(self) -> str:
        if not self.inputs.measures:
            return "In dit scenario zit geen maatregel met een effect."
        return effect_told(self.year, self.together, self.together_low, self.together_high)

    # -- files ------------------------------------------------------------------------------

    def year_rows(self) -> Iterator[Sequence[Cell]]:
        for series in self.visible:
            for one in self._years(series):
                yield (
                    one.year,
                    series.municipality or ALL,
                    series.segment or ALL,
                    one.complete,
                    one.base,
                    one.expected,
                    one.effect,
                    one.low80,
                    one.high80,
                    one.budget.amount if one.budget else None,
                )

    def cell_rows(self) -> Iterator[tuple[Sequence[str], Sequence[Cell]]]:
        """The parts that make up the whole, once each: what is expected with the measures."""
        for series in self.visible:
            if series.municipality and series.segment:
                yield (
                    (
                        series.municipality,
                        self.municipality_names.get(series.municipality, ""),
                        series.segment,
                        self.segment_names.get(series.segment, ""),
                    ),
                    [euros_of(cents) for cents in series.expected],
                )

    def measure_rows(self) -> Iterator[Sequence[Cell]]:
        used = {one.code: one for one in self.inputs.measures}
        for effect in self.outcome.measures:
            on_agreed = self.outcome.on_agreed(effect.code)
            for place, year in enumerate(self.outcome.years):
                amounts = (effect.alone, effect.low, effect.high, effect.added, on_agreed)
                yield (
                    year, effect.code, used[effect.code].name,
                    str(Driver(used[effect.code].driver).label),
                    *(euros_of(row[place]) for row in amounts),
                )  # fmt: skip

    @property
    def checksum_groups(self) -> str:
        """The checksum in groups, so that it fits a narrow screen."""
        whole = self.scenario.result_checksum
        return " ".join(whole[place : place + 16] for place in range(0, len(whole), 16))

    @property
    def notes(self) -> list[str]:
        found = [
            f"Scenario '{self.scenario}' van {self.scenario.region.name}, op de prognose "
            f"'{self.scenario.projection.title}'.",
            f"Berekening {self.scenario.code_version}, startgetal {self.inputs.seed}, "
            f"{self.inputs.paths} doorrekeningen, controlegetal {self.scenario.result_checksum}.",
            "Intervallen van delen tellen niet op tot dat van het geheel. 'Telt mee voor' telt wel "
            "op; 'Alleen' niet, omdat maatregelen elkaar raken.",
        ]
        return [*found, "Fictief."] if self.scenario.fictitious else found


def visible_parts(user: Any, region_id: int, outcome: ScenarioResult) -> list[ScenarioSeries]:
    """As `visible_series` of projections: staff all, others the region and their own."""
    access = access_of(user)
    if access.is_staff_of(region_id):
        return list(outcome.series)
    own = access.municipalities_in(region_id)
    return [
        series
        for series in outcome.series
        if series.municipality in own or (series.municipality is None and series.segment is None)
    ]


def years_to_show(outcome: ScenarioResult) -> list[int]:
    """Whole years from the one after this, for which there is a year before."""
    this = this_year(outcome)
    found = [year for year in outcome.whole_years if year > this and year - 1 in outcome.years]
    return found or [outcome.years[-1]]
