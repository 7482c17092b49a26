"""What a projection is made from, complete: the same inputs give the same projection, always."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from finance.domain.known_steps import AgreedMeasures, KnownStep
from finance.domain.months import Month


@dataclass(frozen=True)
class Movement:
    """What became known in month `known` about the care of month `care`, in cents."""

    care: Month
    known: Month
    cents: int


@dataclass(frozen=True)
class CellInputs:
    """All movements of one municipality in one segment."""

    municipality: str
    segment: str
    movements: tuple[Movement, ...]


@dataclass(frozen=True)
class IndexYear:
    """The price rise on 1 January of `year`, in hundredths of a percent (496 is 4,96 %)."""

    year: int
    basis_points: int


@dataclass(frozen=True)
class PlannedSaving:
    """The level of a saving in a year (not an increment), in cents and with the sign as given:
    negative makes care cheaper. Without municipality or segment it is for all of them."""

    year: int
    cents: int
    municipality: str | None = None
    segment: str | None = None


@dataclass(frozen=True)
class PaidSegment:
    """A segment paid by instalments: up to `until` all is known, after it nothing."""

    segment: str
    until: Month


@dataclass(frozen=True)
class Silence:
    """Providers that declared every month and have been silent since `since`; `basis_points` is
    their part of the segment's cost in the year before, in hundredths of a percent."""

    segment: str
    since: Month
    basis_points: int


@dataclass(frozen=True)
class ProjectionInputs:
    """`first` and `as_of` are the first care month and the last month known in full; `last` is
    the last month to project, the end of the contract phase. `lags` is how many months a
    declaration may take; what comes later still counts as if it came in the last of them. `steps`
    and `agreed` are decisions known by `as_of` that start after it."""

    first: Month
    as_of: Month
    last: Month
    cells: tuple[CellInputs, ...]
    indexation: tuple[IndexYear, ...] = ()
    savings: tuple[PlannedSaving, ...] = ()
    paid: tuple[PaidSegment, ...] = ()
    seed: int = 1
    paths: int = 10_000
    lags: int = 25
    damping: float = 0.97
    young_below: float = 0.5
    chosen: bool = False
    silent: tuple[Silence, ...] = ()
    steps: tuple[KnownStep, ...] = ()
    agreed: AgreedMeasures | None = None

    def __post_init__(self) -> None:
        if not self.first <= self.as_of < self.last:
            raise ValueError("first month, as-of month and last month must follow each other")
        keys = [(cell.municipality, cell.segment) for cell in self.cells]
        if keys != sorted(set(keys)):
            raise ValueError("cells must be sorted by municipality and segment, each once")

    @property
    def months(self) -> range:
        """All months, past and projected."""
        return range(self.first, self.last + 1)

    def paid_until(self, segment: str) -> Month | None:
        """The last month paid of a segment with instalments; None for one with declarations."""
        return next((one.until for one in self.paid if one.segment == segment), None)

    def silence_of(self, segment: str) -> tuple[Silence, ...]:
        """Silences of a segment, their months counted from the first care month."""
        return tuple(
            Silence(segment, one.since - self.first, one.basis_points)
            for one in self.silent
            if one.segment == segment
        )

    def as_json(self) -> dict[str, Any]:
        """Plain values; movements as [care, known, cents] to keep the document small."""
        plain = asdict(replace(self, cells=(), steps=()))
        plain["steps"] = [step.as_json() for step in self.steps]
        plain["agreed"] = self.agreed.as_json() if self.agreed else None
        for later in ("chosen", "silent", "steps", "agreed"):
            # Inputs stored before these were known keep their checksum.
            if not plain[later]:
                del plain[later]
        plain["cells"] = [
            {
                "municipality": cell.municipality,
                "segment": cell.segment,
                "movements": [[m.care, m.known, m.cents] for m in cell.movements],
            }
            for cell in self.cells
        ]
        return plain

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> ProjectionInputs:
        cells = tuple(
            CellInputs(
                cell["municipality"],
                cell["segment"],
                tuple(Movement(*movement) for movement in cell["movements"]),
            )
            for cell in plain["cells"]
        )
        return cls(
            **{
                **plain,
                "cells": cells,
                "indexation": tuple(IndexYear(**one) for one in plain["indexation"]),
                "savings": tuple(PlannedSaving(**one) for one in plain["savings"]),
                "paid": tuple(PaidSegment(**one) for one in plain["paid"]),
                "silent": tuple(Silence(**one) for one in plain.get("silent", ())),
                "steps": tuple(KnownStep.from_json(one) for one in plain.get("steps", ())),
                "agreed": AgreedMeasures.from_json(known)
                if (known := plain.get("agreed"))
                else None,
            }
        )

    @property
    def checksum(self) -> str:
        """SHA-256 of the inputs in one fixed spelling."""
        return checksum_of(self.as_json())


def checksum_of(plain: dict[str, Any]) -> str:
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
