"""What a scenario is made from beside its projection, and what it says: plain figures in cents."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from finance.domain.known_steps import measure_as_json, measure_from_json
from finance.domain.measures import POINTS, MeasureInput, Slot
from finance.domain.projection_inputs import checksum_of
from finance.domain.projection_result import TurningPoint


@dataclass(frozen=True)
class Care:
    """Care of a cell in the last year: an ordinary month's clients in hundredths, and how many
    trajectories began."""

    municipality: str
    segment: str
    clients: int
    begun: int


@dataclass(frozen=True)
class ScenarioInputs:
    """`projection` is the checksum of the inputs of the projection under it. `months_in_care` per
    segment, in tenths of a month."""

    projection: str
    measures: tuple[MeasureInput, ...]
    slots: tuple[Slot, ...] = ()
    care: tuple[Care, ...] = ()
    months_in_care: tuple[tuple[str, int], ...] = ()
    seed: int = 1
    paths: int = 10_000

    def as_json(self) -> dict[str, Any]:
        plain = asdict(self)
        plain["measures"] = [measure_as_json(one) for one in self.measures]
        for one in plain["measures"]:
            if not one["steps"]:
                # Inputs from before steps were known keep their checksum.
                del one["steps"]
        return plain

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> ScenarioInputs:
        return cls(
            **{
                **plain,
                "measures": tuple(measure_from_json(one) for one in plain["measures"]),
                "slots": tuple(Slot(**one) for one in plain["slots"]),
                "care": tuple(Care(**one) for one in plain["care"]),
                "months_in_care": tuple((s, int(m)) for s, m in plain["months_in_care"]),
            }
        )

    @property
    def checksum(self) -> str:
        return checksum_of(self.as_json())


@dataclass(frozen=True)
class ScenarioSeries:
    """A cell or a total (None) over calendar years, in cents: without measures, with them, and the
    limits with them."""

    municipality: str | None
    segment: str | None
    base: tuple[int, ...]
    expected: tuple[int, ...]
    low95: tuple[int, ...]
    low80: tuple[int, ...]
    high80: tuple[int, ...]
    high95: tuple[int, ...]

    @property
    def effect(self) -> tuple[int, ...]:
        return tuple(b - a for a, b in zip(self.base, self.expected, strict=True))


@dataclass(frozen=True)
class CellEffect:
    """What one measure adds in one cell per year, in the declared order; and what it would have
    added more had no amount been agreed, empty where none is."""

    municipality: str
    segment: str
    added: tuple[int, ...]
    on_agreed: tuple[int, ...] = ()


@dataclass(frozen=True)
class MeasureEffect:
    """One measure per year for the whole region, in cents: `alone`, as if it were the only one,
    and `added` to those before it in the declared order. `low` and `high` are `alone` at the
    limits of its effect."""

    code: str
    alone: tuple[int, ...]
    low: tuple[int, ...]
    high: tuple[int, ...]
    added: tuple[int, ...]
    cells: tuple[CellEffect, ...]


@dataclass(frozen=True)
class ScenarioResult:
    """`measures` in the declared order. `effect_low` and `effect_high` are the limits of 80 % of
    what all measures do together."""

    years: tuple[int, ...]
    whole_years: tuple[int, ...]
    as_of: int
    series: tuple[ScenarioSeries, ...]
    measures: tuple[MeasureEffect, ...]
    effect_low: tuple[int, ...]
    effect_high: tuple[int, ...]
    turning: TurningPoint
    turning_real: TurningPoint
    turning_base: TurningPoint
    turning_base_real: TurningPoint
    indexation: tuple[tuple[int, int], ...]
    inputs_checksum: str

    def find(
        self, *, municipality: str | None = None, segment: str | None = None
    ) -> ScenarioSeries | None:
        wanted = (municipality, segment)
        return next((s for s in self.series if (s.municipality, s.segment) == wanted), None)

    def rise(self, year: int) -> Fraction:
        """The price level of a year over that of the year before."""
        return Fraction(POINTS + dict(self.indexation).get(year, 0), POINTS)

    @property
    def region(self) -> ScenarioSeries:
        return self.series[0]

    @property
    def together(self) -> tuple[int, ...]:
        """What all measures do together, per year."""
        return self.region.effect

    @property
    def alone(self) -> tuple[int, ...]:
        """The sum of what each would do alone."""
        return tuple(
            sum(one.alone[place] for one in self.measures) for place in range(len(self.years))
        )

    @property
    def overlap(self) -> tuple[int, ...]:
        """What would be counted twice if the effects alone were added up."""
        return tuple(b - a for a, b in zip(self.alone, self.together, strict=True))

    def on_agreed(
        self, code: str, *, municipality: str | None = None, segment: str | None = None
    ) -> tuple[int, ...]:
        """What does not count of a measure because it falls on agreed amounts, per year, of a cell
        or a total."""
        effect = next(one for one in self.measures if one.code == code)
        rows = [
            cell.on_agreed
            for cell in effect.cells
            if cell.on_agreed
            and municipality in (None, cell.municipality)
            and segment in (None, cell.segment)
        ]
        return tuple(sum(row[place] for row in rows) for place in range(len(self.years)))

    def as_json(self) -> dict[str, Any]:
        plain = asdict(self)
        for cell in (cell for one in plain["measures"] for cell in one["cells"]):
            if not cell["on_agreed"]:
                # Results from before agreed amounts were left alone keep their checksum.
                del cell["on_agreed"]
        return plain

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> ScenarioResult:
        points = {
            name: _turning(plain[name])
            for name in ("turning", "turning_real", "turning_base", "turning_base_real")
        }
        lists = {
            name: tuple(plain[name])
            for name in ("years", "whole_years", "effect_low", "effect_high")
        }
        return cls(
            **{
                **plain,
                **lists,
                **points,
                "indexation": tuple((int(year), int(rise)) for year, rise in plain["indexation"]),
                "series": tuple(ScenarioSeries(**_tuples(one)) for one in plain["series"]),
                "measures": tuple(_effect(one) for one in plain["measures"]),
            }
        )

    @property
    def checksum(self) -> str:
        return checksum_of(self.as_json())


def _tuples(plain: dict[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list | tuple) else value
        for name, value in plain.items()
    }


def _effect(plain: dict[str, Any]) -> MeasureEffect:
    cells = tuple(CellEffect(**_tuples(one)) for one in plain["cells"])
    return MeasureEffect(**{**_tuples(plain), "cells": cells})


def _turning(plain: dict[str, Any]) -> TurningPoint:
    return TurningPoint(
        plain["year"], tuple((int(year), float(share)) for year, share in plain["probabilities"])
    )
