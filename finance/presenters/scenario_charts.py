"""Charts of a scenario: the fan per year, the steps from year to year, municipalities apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.charts import (
    EUROS,
    SHARE,
    FanChart,
    Series,
    SmallMultiples,
    WaterfallChart,
    WaterfallStep,
)

from ..domain.scenario_result import ScenarioInputs, ScenarioResult, ScenarioSeries
from ..domain.waterfall import Change, Waterfall, waterfall
from ..queries.budgets import BudgetFigure
from ..queries.reports import euros_of

MANY_PANELS = 24


@dataclass(frozen=True)
class ScenarioYear:
    """One year of one series, in euros."""

    year: int
    complete: bool
    base: Decimal
    expected: Decimal
    low80: Decimal
    high80: Decimal
    budget: BudgetFigure | None

    @property
    def effect(self) -> Decimal:
        return self.expected - self.base

    @property
    def difference(self) -> Decimal | None:
        return None if self.budget is None else self.expected - self.budget.amount


def this_year(outcome: ScenarioResult) -> int:
    """The year in which the first month to come lies."""
    return (outcome.as_of + 1) // 12


def year_fan(
    outcome: ScenarioResult, series: ScenarioSeries, years: Sequence[ScenarioYear], *, title: str
) -> FanChart:
    """Whole years: what is over as history, from there with limits; the region's turning point."""
    whole = [one for one in years if one.complete]
    last = max((i for i, one in enumerate(whole) if one.year < this_year(outcome)), default=-1)
    place = {year: i for i, year in enumerate(outcome.years)}

    def ahead(limits: tuple[int, ...]) -> tuple[Decimal | None, ...]:
        return tuple(
            euros_of(limits[place[one.year]]) if i >= last else None for i, one in enumerate(whole)
        )

    budgets = tuple(one.budget.amount if one.budget else None for one in whole)
    whole_region = series.municipality is None and series.segment is None
    turning = outcome.turning.year if whole_region else None
    return FanChart(
        title=title,
        periods=tuple(str(one.year) for one in whole),
        history=tuple(one.expected if i <= last else None for i, one in enumerate(whole)),
        median=ahead(series.expected),
        low_80=ahead(series.low80),
        high_80=ahead(series.high80),
        low_95=ahead(series.low95),
        high_95=ahead(series.high95),
        budget=budgets if any(amount is not None for amount in budgets) else (),
        turning_point=str(turning) if turning else None,
        turning_label=f"omslagpunt {turning}" if turning else "",
    )


def steps_of(
    outcome: ScenarioResult, inputs: ScenarioInputs, series: ScenarioSeries, year: int
) -> Waterfall:
    """The steps from the year before to `year` for a cell or total."""
    clients = {(one.municipality, one.segment): one.clients for one in inputs.care}
    after = outcome.years.index(year)
    before = max(after - 1, 0)
    changes = [
        Change(
            cell.base[before], cell.base[after], cell.expected[before], cell.expected[after],
            Fraction(clients.get((cell.municipality or "", cell.segment or ""), 0), 100),
        )
        for cell in outcome.series
        if cell.municipality and cell.segment
        and series.municipality in (None, cell.municipality)
        and series.segment in (None, cell.segment)
    ]  # fmt: skip
    return waterfall(changes, rise=outcome.rise(year))


def step_chart(found: Waterfall, year: int, *, place: str) -> WaterfallChart:
    parts = (
        ("Meer of minder jeugdigen", found.volume),
        ("Prijs (indexering)", found.price),
        ("Zwaardere of lichtere zorg", found.mix),
        ("Maatregelen", found.measures),
    )
    return WaterfallChart(
        title=f"Van {year - 1} naar {year}, {place}",
        steps=(
            WaterfallStep(str(year - 1), euros_of(found.start), total=True),
            *(WaterfallStep(name, euros_of(cents)) for name, cents in parts),
            WaterfallStep(str(year), euros_of(found.end), total=True),
        ),
        unit=EUROS,
    )


def multiples(
    outcome: ScenarioResult, rows: Sequence[ScenarioSeries], names: Mapping[str, str]
) -> SmallMultiples | None:
    """Each municipality's cost, this year being 100 %, with the region behind it."""
    years = [year for year in outcome.whole_years if year >= this_year(outcome)]
    if len(years) < 2 or not rows:
        return None
    panels = [
        Series(names.get(row.municipality or "", row.municipality or ""), line)
        for row in rows
        if (line := _indexed(outcome, row, years))
    ]
    common = _indexed(outcome, outcome.region, years)
    if not panels or not common:
        return None
    return SmallMultiples(
        title=f"Kosten per gemeente, {years[0]} is 100%",
        periods=tuple(str(year) for year in years),
        panels=tuple(sorted(panels, key=lambda one: one.name)[:MANY_PANELS]),
        common=Series("de hele regio", common),
        unit=SHARE,
        zero=False,
    )


def _indexed(
    outcome: ScenarioResult, row: ScenarioSeries, years: Sequence[int]
) -> tuple[float, ...]:
    amounts = [row.expected[outcome.years.index(year)] for year in years]
    return tuple(amount / amounts[0] for amount in amounts) if amounts[0] > 0 else ()
