"""What stands on the page of a projection about decisions that are known already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse

from core.exports import Cell, Column
from regions.models import Region
from regions.queries.access import access_of

from ..domain.known_steps import MEASURE, WHOLE, KnownStep, StepLine
from ..domain.projection_result import Projection, Series, StepEffect
from ..models import ProjectionRun
from ..queries.known_effects import KIND_NAMES, effects_by_kind, measures_on_agreed
from ..queries.reports import euros_of
from ..workbooks import euros

PAGES = {
    "contract": "contract",
    "contracts": "contracts",
    "tariff": "tariff",
    "tariffs": "tariffs",
    "indexation": "indexation-run",
    "placements": "placements",
    "measure": "finance-measure",
}
KEYLESS = {"contracts", "tariffs"}

KNOWN_COLUMNS = (
    Column("Besluit", "Wat al is besloten of afgesproken", width=50),
    Column("Soort", "Waar het over gaat", width=28),
    Column("Vanaf", "Eerste dag waarop het geldt", width=12),
    Column("Jaar", "Kalenderjaar", width=8),
    Column("Gemeente", "CBS-code; * is de hele regio", width=12),
    Column("Segment", "Code; * is alle segmenten", width=16),
    euros("Erbij", "Wat dit besluit verandert na de besluiten erboven"),
    euros("Op afspraken", "Valt op bedragen die al zijn afgesproken: telt niet mee"),
)
BASE_COLUMNS = (
    Column("Besluit", "Waar deze regel bij hoort", width=50),
    Column("Regel", "Tarief, contract, product of maatregel", width=60),
    euros("Kosten", "Twaalf maanden waarop het werkt, zonder de laatste twee"),
    Column("Verandering", "Boven wat de index al verwacht, in procent; leeg: telt niet mee", 4),
    Column("Toelichting", "Waar de zorg heen gaat, of waarom het niet meetelt", width=60),
)


@dataclass(frozen=True)
class LineRow:
    line: StepLine
    url: str

    @property
    def euros(self) -> Decimal:
        return euros_of(self.line.cents)

    @property
    def change(self) -> float | None:
        return None if self.line.parts is None else self.line.parts / WHOLE

    @property
    def percentage(self) -> float | None:
        return None if self.line.parts is None else 100 * self.line.parts / WHOLE


@dataclass(frozen=True)
class StepRow:
    """A step with its euros per shown year, and those that fall on agreed amounts and do not
    count; `lines` only for who works at the region."""

    name: str
    kind: str
    starts_on: date | None
    amounts: tuple[Decimal, ...]
    on_agreed: tuple[Decimal, ...]
    url: str = ""
    lines: tuple[LineRow, ...] = ()

    @property
    def counts(self) -> bool:
        return any(self.amounts)

    @property
    def falls_on_agreed(self) -> bool:
        return any(self.on_agreed)


@dataclass(frozen=True)
class KnownPart:
    """The steps of one run for one series, as a user may see them. Who does not work at the region
    sees the steps summed per kind: a step by itself may be about one provider."""

    run: ProjectionRun
    projection: Projection
    series: Series
    is_staff: bool

    @classmethod
    def of(cls, run: ProjectionRun, projection: Projection, series: Series, user: Any) -> KnownPart:
        return cls(run, projection, series, access_of(user).is_staff_of(run.region_id))

    @property
    def years(self) -> list[int]:
        """From the year in which the first month to come lies."""
        return [y for y in self.projection.years if y >= (self.projection.as_of + 1) // 12]

    @cached_property
    def _places(self) -> list[int]:
        return [list(self.projection.years).index(year) for year in self.years]

    @cached_property
    def rows(self) -> list[StepRow]:
        if self.is_staff:
            return [self._row(effect) for effect in self.projection.steps]
        found = effects_by_kind(self.projection, self.series, self._places)
        if any(self.on_agreed):
            found.setdefault(MEASURE, [0] * len(self._places))
        none = tuple(Decimal(0) for _ in self._places)
        return [
            StepRow(
                KIND_NAMES[kind],
                KIND_NAMES[kind],
                None,
                tuple(map(euros_of, amounts)),
                tuple(self.on_agreed) if kind == MEASURE else none,
            )
            for kind, amounts in found.items()
        ]

    @cached_property
    def on_agreed(self) -> list[Decimal]:
        """Of agreed measures, what falls on agreed amounts and does not count, per year."""
        return list(map(euros_of, measures_on_agreed(self.projection, self.series, self._places)))

    @property
    def falls_on_agreed(self) -> bool:
        return any(self.on_agreed)

    @cached_property
    def _inputs(self) -> dict[tuple[str, str], KnownStep]:
        inputs = self.run.stored_inputs
        return {(one.source, one.name): one for one in inputs.steps} if inputs else {}

    def _row(self, effect: StepEffect) -> StepRow:
        given = self._inputs.get((effect.source, effect.name))
        return StepRow(
            effect.name,
            KIND_NAMES[effect.kind],
            date.fromisoformat(effect.day),
            tuple(euros_of(self._added(effect, place)) for place in self._places),
            tuple(euros_of(self._fallen(effect, place)) for place in self._places),
            source_url(self.run.region, effect.source),
            tuple(
                LineRow(line, source_url(self.run.region, line.source))
                for line in (given.lines if given else ())
            ),
        )

    def _added(self, effect: StepEffect, place: int) -> int:
        return effect.added(
            place, municipality=self.series.municipality, segment=self.series.segment
        )

    def _fallen(self, effect: StepEffect, place: int) -> int:
        return effect.fallen_on_agreed(
            place, municipality=self.series.municipality, segment=self.series.segment
        )

    # -- the sum that ends in what is expected ---------------------------------------------------

    @property
    def total(self) -> list[Decimal]:
        return [euros_of(self._steps_in(place)) for place in self._places]

    @property
    def without(self) -> list[Decimal]:
        """Expected before the steps and the planned saving: level, trend, season and index."""
        return [
            euros_of(
                self.series.year_expected[place]
                - self.series.year_savings[place]
                - self._steps_in(place)
            )
            for place in self._places
        ]

    @property
    def savings(self) -> list[Decimal]:
        return [euros_of(self.series.year_savings[place]) for place in self._places]

    @property
    def expected(self) -> list[Decimal]:
        return [euros_of(self.series.year_expected[place]) for place in self._places]

    def _steps_in(self, place: int) -> int:
        return sum(self._added(effect, place) for effect in self.projection.steps)


def source_url(region: Region, source: str) -> str:
    """The page where a decision stands; '' where it has none of its own."""
    kind, _, key = source.partition(":")
    if kind not in PAGES or (kind not in KEYLESS and not key.isdigit()):
        return ""
    arguments = [region.slug] if kind in KEYLESS else [region.slug, int(key)]
    return reverse(PAGES[kind], args=arguments)


def known_rows(
    run: ProjectionRun, projection: Projection, visible: Sequence[Series], user: Any
) -> Iterator[Sequence[Cell]]:
    """Every step and year of every series that the user may see, where it changes anything."""
    for series in visible:
        part = KnownPart.of(run, projection, series, user)
        for row in part.rows:
            amounts = zip(part.years, row.amounts, row.on_agreed, strict=True)
            for year, amount, on_agreed in amounts:
                if amount or on_agreed:
                    yield (
                        row.name, row.kind, row.starts_on, year,
                        series.municipality or "*", series.segment or "*", amount, on_agreed,
                    )  # fmt: skip


def base_rows(part: KnownPart) -> Iterator[Sequence[Cell]]:
    """What the steps rest on."""
    for row in part.rows:
        for one in row.lines:
            yield row.name, one.line.label, one.euros, one.percentage, one.line.note
