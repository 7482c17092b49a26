"""What stands on the pages of the look back and of the triangle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np

from core.charts import MILLIONS, SHARE, HeatMap, LineChart, Series
from core.exports import Cell, Column
from core.money import euros
from providers.models import Provider

from ..domain.backtest import Attempt, BackTest, Milestone, milestones
from ..domain.months import Month, month_label
from ..domain.projection import cell_triangle
from ..domain.projection_result import SegmentMethod
from ..domain.provider_triangles import ProviderTriangle, provider_triangles
from ..queries.movements import provider_rows, view_of
from ..queries.reports import euros_of, month_name
from ..workbooks import euros as euro_column
from .projection import ALL, ProjectionPage

RIVAL_NAMES = (
    "Vorig jaar plus index",
    "Laatste twaalf maanden",
    "Rechte lijn",
    "Rechte lijn zonder de laatste twee maanden",
)
COLUMNS = (
    Column("Gezien eind", "Maand van waaruit vooruit is gekeken", width=12),
    Column("Gemeente", "CBS-code; * is de hele regio", width=12),
    Column("Segment", "Code; * is alle segmenten", width=16),
    Column("Jaar", "Kalenderjaar dat werd geraamd", width=8),
    Column("Maanden voorbij", "Aantal maanden van dat jaar dat voorbij was", 0),
    euro_column("Geraamd", "Wat deze werkwijze toen zei"),
    euro_column("80% onder", "Ondergrens van toen"),
    euro_column("80% boven", "Bovengrens van toen"),
    *(euro_column(name, f"Eenvoudige raming: {name.lower()}") for name in RIVAL_NAMES),
    euro_column("Geworden", "Bekend en aangevuld, zoals nu gezien"),
    Column("Afwijking", "Geraamd gedeeld door geworden, min 1, in procent", 2),
)  # fmt: skip
SHOWN_MONTHS, SHOWN_LAGS = 24, 12


@dataclass(frozen=True)
class MilestoneRow:
    milestone: Milestone

    @property
    def rivals(self) -> list[float | None]:
        return list(self.milestone.rivals)

    @property
    def beats_all(self) -> bool:
        best = self.milestone.best_rival
        return best is not None and self.milestone.own < best


@dataclass(frozen=True)
class AttemptRow:
    """One look ahead, in euros."""

    attempt: Attempt

    @property
    def month(self) -> str:
        return month_name(self.attempt.origin)

    @property
    def amounts(self) -> list[Decimal]:
        one = self.attempt
        return [euros_of(cents) for cents in (one.said, one.low80, one.high80, one.became)]


@dataclass
class LookBackPage:
    """The look back of a projection for the cell that was asked for."""

    shown: ProjectionPage
    back_test: BackTest

    @cached_property
    def attempts(self) -> list[Attempt]:
        series = self.shown.series
        return self.back_test.of(series.municipality or "", series.segment or "")

    @cached_property
    def milestones(self) -> list[MilestoneRow]:
        return [MilestoneRow(one) for one in milestones(self.attempts)]

    @property
    def rival_names(self) -> tuple[str, ...]:
        return RIVAL_NAMES

    @property
    def rows(self) -> list[AttemptRow]:
        return [AttemptRow(one) for one in self.attempts]

    @property
    def sentence(self) -> str:
        """How it went, claiming no more than the number of looks allows."""
        count = len(self.attempts)
        held = sum(one.held for one in self.attempts)
        years = sorted({one.year for one in self.attempts})
        return (
            f"{count} keer vooruitgekeken naar {len(years)} "
            f"{'jaar dat' if len(years) == 1 else 'jaren die'} nu voorbij "
            f"{'is' if len(years) == 1 else 'zijn'}. In {held} van de {count} keer viel de "
            "uitkomst binnen de marge van 80%. Maanden van hetzelfde jaar lijken op elkaar: tel ze "
            "niet als losse proeven."
        )

    @cached_property
    def chart(self) -> LineChart:
        rows = self.attempts
        return LineChart(
            title=f"Wat er van een jaar werd gezegd, maand na maand: {self.shown.place}",
            periods=tuple(month_label(one.origin) for one in rows),
            series=(
                Series(
                    "geraamd",
                    tuple(euros_of(one.said) for one in rows),
                ),
                Series("80% onder", tuple(euros_of(one.low80) for one in rows)),
                Series("80% boven", tuple(euros_of(one.high80) for one in rows)),
                Series("geworden", tuple(euros_of(one.became) for one in rows)),
                Series(
                    "vorig jaar plus index",
                    tuple(
                        None if one.rivals[0] is None else euros_of(one.rivals[0]) for one in rows
                    ),
                ),
            ),
            unit=MILLIONS,
        )

    def export_rows(self) -> Iterator[Sequence[Cell]]:
        """Every attempt of the totals that the user may see."""
        visible = {(s.municipality or "", s.segment or "") for s in self.shown.visible}
        for one in self.back_test.attempts:
            if (one.municipality, one.segment) in visible:
                yield (
                    month_label(one.origin),
                    one.municipality or ALL,
                    one.segment or ALL,
                    one.year,
                    one.known,
                    *(euros_of(cents) for cents in (one.said, one.low80, one.high80)),
                    *(_euros(cents) for cents in one.rivals),
                    euros_of(one.became),
                    None if one.miss is None else round(one.miss * 100, 2),
                )


@dataclass(frozen=True)
class ProviderRow:
    """One provider with enough declarations to have a triangle of its own; euros."""

    name: str
    agb: str
    after_one: float | None
    after_three: float | None
    known: Decimal
    to_come: Decimal
    error: Decimal


@dataclass
class TrianglePage:
    """How the months of one segment grew as declarations came in, of all its providers or of the
    chosen one."""

    shown: ProjectionPage
    method: SegmentMethod
    chosen_provider: str = ""

    @cached_property
    def triangles(self) -> dict[str, ProviderTriangle]:
        """By AGB code, of who has enough; '' is all together."""
        run, inputs = self.shown.run, self.shown.run.stored_inputs
        if inputs is None:
            return {}
        rows = provider_rows(view_of(run), self.method.segment)
        made = provider_triangles(rows, first=inputs.first, as_of=inputs.as_of, lags=inputs.lags)
        return {one.provider: one for one in made}

    @cached_property
    def providers(self) -> list[ProviderRow]:
        rows = Provider.objects.filter(region=self.shown.run.region_id)
        names = dict(rows.values_list("agb_code", "name"))
        return [
            ProviderRow(
                names.get(agb, agb) if agb else "Alle aanbieders", agb, one.developed(1),
                one.developed(3), euros(one.known), euros(one.to_come), euros(one.error),
            )
            for agb, one in self.triangles.items()
        ]  # fmt: skip

    @cached_property
    def provider(self) -> ProviderRow | None:
        own = (one for one in self.providers if one.agb and one.agb == self.chosen_provider)
        return next(own, None)

    @cached_property
    def provider_chart(self) -> HeatMap | None:
        """The same map of the chosen provider, by its own growth."""
        inputs = self.shown.run.stored_inputs
        if self.provider is None or inputs is None:
            return None
        one = self.triangles[self.provider.agb]
        becomes = [round(amount * 100) for amount in one.completion.ultimate]
        return self._map(self.provider.name, inputs.first, one.triangle.cumulative, becomes)

    @property
    def name(self) -> str:
        return self.shown.segment_names.get(self.method.segment, self.method.segment)

    @cached_property
    def chart(self) -> HeatMap | None:
        """The part of what a month becomes that came in at every lag; empty is still to come."""
        inputs = self.shown.run.stored_inputs
        whole = self.shown.projection.find(segment=self.method.segment)
        if inputs is None or whole is None:
            return None
        past = inputs.as_of - inputs.first + 1
        cells = [cell for cell in inputs.cells if cell.segment == self.method.segment]
        total = sum(
            (cell_triangle(cell, inputs=inputs, months=past).cumulative for cell in cells),
            start=np.zeros((past, min(inputs.lags, past))),
        )
        return self._map(self.name, inputs.first, total, whole.expected)

    @staticmethod
    def _map(name: str, first: Month, total: np.ndarray, becomes: Sequence[int]) -> HeatMap:
        past = len(total)
        shown = range(max(past - SHOWN_MONTHS, 0), past)
        lags = min(SHOWN_LAGS, total.shape[1])
        return HeatMap(
            title=f"Hoe de maanden van {name} binnenkwamen",
            rows=tuple(month_label(first + month) for month in shown),
            columns=tuple(str(lag) for lag in range(lags)),
            values=tuple(
                _parts(total[month], lags, becomes[month], past - month) for month in shown
            ),
            unit=SHARE,
            row_label="maand van de zorg",
            column_label="maanden later bekend",
        )  # fmt: skip

    @property
    def effects(self) -> list[tuple[str, float, str]]:
        """Months in which declaring was out of the ordinary."""
        return [
            (month_name(month), ratio, "inhaalslag" if ratio > 1 else "weinig gedeclareerd")
            for month, ratio in self.method.effects
        ]

    @property
    def scores(self) -> list[tuple[str, float, bool]]:
        """Every way of completing with its error, the best first."""
        ranked = sorted(self.method.scores, key=lambda pair: pair[1])
        return [(method_name(code), error, code == self.method.chosen) for code, error in ranked]

    @property
    def chosen(self) -> str:
        return method_name(self.method.chosen)


def _euros(cents: int | None) -> Decimal | None:
    return None if cents is None else euros_of(cents)


def _parts(
    months: np.ndarray, lags: int, becomes: int, known_lags: int
) -> tuple[float | None, ...]:
    return tuple(_part(months, lag, becomes, known_lags) for lag in range(lags))


def _part(months: np.ndarray, lag: int, becomes: int, known_lags: int) -> float | None:
    if lag >= known_lags or becomes <= 0:
        return None
    before = months[lag - 1] if lag else 0.0
    return float(months[lag] - before) / (becomes / 100)


def method_name(code: str) -> str:
    """'24-50' in words."""
    if not code:
        return "in termijnen betaald"
    window, young = code.split("-")
    history = "de hele historie" if window == "all" else f"de laatste {window} maanden"
    return f"groei uit {history}; trend telt zolang minder dan {young}% bekend is"
