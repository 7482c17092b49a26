"""A figure as an edition freezes it: what it is now, was before, should become."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What sort of number it is; decides how it is shown and what may be said of a change."""

    COUNT = "count"
    # A number that is no count of separate events: days of stay, providers.
    TOTAL = "total"
    SHARE = "share"
    DAYS = "days"
    MARK = "mark"
    RATE = "rate"
    MONEY = "money"
    INDEX = "index"


@dataclass(frozen=True)
class Point:
    """One value. Shares lie between 0 and 1, money is in euros, percentiles in days.

    `hidden` means that suppression took it away; then all numbers are empty. An empty value that
    is not hidden means that there was nothing to measure.
    """

    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    low: float | None = None
    high: float | None = None
    hidden: bool = False

    @property
    def known(self) -> bool:
        return self.value is not None and not self.hidden


HIDDEN = Point(hidden=True)
NOTHING = Point()


@dataclass(frozen=True)
class TargetLine:
    """A target as people read it, and as a number when it is one."""

    text: str
    value: float | None = None
    year: int | None = None
    source: str = ""


@dataclass(frozen=True)
class Figure:
    """One indicator in one cell, beside one half-year and one year earlier, and its target."""

    code: str
    name: str
    kind: Kind
    polarity: int
    now: Point
    previous: Point
    year_ago: Point
    target: TargetLine | None = None
    explanation: str = ""
    source: str = ""
