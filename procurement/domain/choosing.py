"""What ticks suggest about a funding form. Plain values."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Tick:
    """A criterion that applies to a segment or not, and the form for which it speaks."""

    favours: str
    applies: bool


@dataclass(frozen=True)
class Suggestion:
    """The form for which most criteria speak; '' when they speak for two alike."""

    form: str
    counts: tuple[tuple[str, int, int], ...]


def suggestion(ticks: Iterable[Tick]) -> Suggestion:
    """A count of what applies per form: what the ticks suggest, never a decision."""
    rows = list(ticks)
    total = Counter(tick.favours for tick in rows)
    applying = Counter(tick.favours for tick in rows if tick.applies)
    counts = tuple((form, applying[form], total[form]) for form in total)
    most = applying.most_common(2)
    tie = len(most) == 2 and most[0][1] == most[1][1]
    return Suggestion("" if tie or not most else most[0][0], counts)
