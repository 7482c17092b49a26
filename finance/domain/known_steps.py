"""What is already known of the time to come: decisions, each a step of its own in a projection.

A step changes part of what a cell costs from a month on, or carries part of it to another segment.
Parts are billionths of the cell's cost, worked out beforehand from twelve months; the lines tell
from what. Agreed measures come after all other steps, by the rules of scenarios.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from finance.domain.measures import MeasureInput, Scope, Slot
from finance.domain.months import Month

WHOLE = 1_000_000_000
"""All of a cell's cost, in the parts that rates and shifts are given in."""

AMOUNT, PRICE, CONTRACT, PLACEMENT = "amount", "price", "contract", "placement"
MEMBERSHIP, MEASURE = "membership", "measure"


@dataclass(frozen=True)
class Amount:
    """What a cell costs by agreement, in cents, month by month; `later` is how many months to come
    lie before them. After these months nothing is agreed."""

    municipality: str
    segment: str
    cents: tuple[int, ...]
    later: int = 0

    def as_json(self) -> dict[str, Any]:
        """Amounts from the first month to come keep the spelling of before `later` was there."""
        plain = asdict(self)
        if not self.later:
            del plain["later"]
        return plain


@dataclass(frozen=True)
class Rate:
    """From `first` on the cell costs `parts` more (below nothing: less) than before the step."""

    municipality: str
    segment: str
    first: Month
    parts: int


@dataclass(frozen=True)
class Shift:
    """From `first` on `parts` of what the cell costs is spent in another segment."""

    municipality: str
    segment: str
    target: str
    first: Month
    parts: int


@dataclass(frozen=True)
class StepLine:
    """One thing that a step rests on: in words, the euros of the last twelve months (in cents) on
    which it works, and by how much (in billionths; None where that is not known and it does not
    count). `source` is where it stands: 'contract:12'."""

    label: str
    source: str = ""
    cents: int = 0
    parts: int | None = None
    note: str = ""


@dataclass(frozen=True)
class KnownStep:
    """A decision with the day on which it starts ('2027-01-01'). Amounts take the place of what
    was expected and come before all other steps; of the others only a municipality that leaves
    changes them."""

    kind: str
    source: str
    name: str
    day: str
    rates: tuple[Rate, ...] = ()
    shifts: tuple[Shift, ...] = ()
    lines: tuple[StepLine, ...] = ()
    amounts: tuple[Amount, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Steps from before amounts were known keep their spelling."""
        plain = asdict(self)
        plain["amounts"] = [one.as_json() for one in self.amounts]
        if not self.amounts:
            del plain["amounts"]
        return plain

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> KnownStep:
        return cls(
            **{
                **plain,
                "rates": tuple(Rate(**one) for one in plain["rates"]),
                "shifts": tuple(Shift(**one) for one in plain["shifts"]),
                "lines": tuple(StepLine(**one) for one in plain["lines"]),
                "amounts": tuple(
                    Amount(**{**one, "cents": tuple(one["cents"])})
                    for one in plain.get("amounts", ())
                ),
            }
        )


@dataclass(frozen=True)
class AgreedMeasures:
    """Measures that were agreed, and what they work on (see `finance.domain.measures`);
    `months_in_care` per segment in tenths. `code` of a measure is its key: 'measure:12'."""

    measures: tuple[MeasureInput, ...]
    slots: tuple[Slot, ...] = ()
    months_in_care: tuple[tuple[str, int], ...] = ()

    def as_json(self) -> dict[str, Any]:
        plain = asdict(self)
        plain["measures"] = [measure_as_json(one) for one in self.measures]
        return plain

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> AgreedMeasures:
        return cls(
            tuple(measure_from_json(one) for one in plain["measures"]),
            tuple(Slot(**one) for one in plain["slots"]),
            tuple((segment, int(tenths)) for segment, tenths in plain["months_in_care"]),
        )


def measure_as_json(measure: MeasureInput) -> dict[str, Any]:
    """A measure that leaves agreed amounts alone keeps the spelling of before that was asked."""
    plain = asdict(measure)
    if not measure.changes_agreed:
        del plain["changes_agreed"]
    return plain


def measure_from_json(plain: dict[str, Any]) -> MeasureInput:
    return MeasureInput(
        **{
            **plain,
            "scope": Scope(**plain["scope"]),
            "target": Scope(**plain["target"]),
            "steps": tuple((int(first), int(part)) for first, part in plain.get("steps", ())),
        }
    )
