"""Whether a figure changed, and whether the data can bear saying so.

A change is called certain only when chance alone would show one as large in fewer than 1 in 20
comparisons: for shares by Newcombe's interval for a difference (from the two Wilson intervals),
for counts by the normal approximation to two Poisson counts on the square-root scale. Medians,
marks and money carry no interval here; of those only the two values are told.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from .points import Kind, Point

# Two-sided 5 % on the standard normal scale.
Z = 1.959964
# A change smaller than this share of the earlier value is told as 'ongeveer gelijk'.
ABOUT_EQUAL = 0.02


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    EQUAL = "equal"
    UNKNOWN = "unknown"


class Certainty(StrEnum):
    CERTAIN = "certain"
    CHANCE = "chance"
    UNTESTED = "untested"


@dataclass(frozen=True)
class Change:
    """`relative` is the change as a share of the earlier value; empty when that was zero."""

    direction: Direction
    certainty: Certainty
    difference: float = 0.0
    relative: float | None = None

    @property
    def is_certain(self) -> bool:
        return self.certainty == Certainty.CERTAIN

    def is_good(self, polarity: int) -> bool | None:
        """Whether it went the wished way; None when neither way is, or nothing is certain."""
        if not self.is_certain or polarity == 0:
            return None
        return (self.direction == Direction.UP) == (polarity > 0)


UNKNOWN = Change(Direction.UNKNOWN, Certainty.UNTESTED)


def change(kind: Kind, now: Point, before: Point) -> Change:
    """From `before` to `now`; unknown when either is hidden or without a value."""
    if now.hidden or before.hidden or now.value is None or before.value is None:
        return UNKNOWN
    difference = now.value - before.value
    relative = difference / abs(before.value) if before.value else None
    return Change(
        _direction(difference, relative), _certainty(kind, now, before), difference, relative
    )


def _direction(difference: float, relative: float | None) -> Direction:
    if difference == 0 or (relative is not None and abs(relative) < ABOUT_EQUAL):
        return Direction.EQUAL
    return Direction.UP if difference > 0 else Direction.DOWN


def _certainty(kind: Kind, now: Point, before: Point) -> Certainty:
    if kind == Kind.SHARE and None not in (now.low, now.high, before.low, before.high):
        return _certain(_shares_differ(now, before))
    if kind == Kind.COUNT:
        return _certain(_counts_differ(now.value or 0, before.value or 0))
    return Certainty.UNTESTED


def _certain(differs: bool) -> Certainty:
    return Certainty.CERTAIN if differs else Certainty.CHANCE


def _shares_differ(now: Point, before: Point) -> bool:
    """Newcombe (1998), method 10: the interval of the difference leaves out zero."""
    difference = now.value - before.value  # type: ignore[operator]
    below = sqrt((now.value - now.low) ** 2 + (before.high - before.value) ** 2)  # type: ignore[operator]
    above = sqrt((now.high - now.value) ** 2 + (before.value - before.low) ** 2)  # type: ignore[operator]
    return difference - below > 0 or difference + above < 0


def _counts_differ(now: float, before: float) -> bool:
    """The square root of a Poisson count has a variance of about one quarter."""
    return abs(sqrt(max(now, 0)) - sqrt(max(before, 0))) > Z * sqrt(0.5)
