"""What ticks suggest about a funding form, and findings about a procedure. Plain values."""

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


@dataclass(frozen=True)
class Finding:
    """What a criterion says of a segment: the procedure for which it speaks ('' for none)."""

    favours: str
    weight: int


@dataclass(frozen=True)
class Leaning:
    """The procedure with most points ('' on a tie), the points of each, and how much is weighed.

    `weighed` and `total` are weights: of the criteria with a finding, and of all criteria.
    """

    kind: str
    points: tuple[tuple[str, int], ...]
    weighed: int
    total: int


def leaning(findings: Iterable[Finding], *, total: int) -> Leaning:
    """The weights of the criteria, added up per procedure: a suggestion, never a decision."""
    rows = list(findings)
    points: Counter[str] = Counter()
    for row in rows:
        if row.favours:
            points[row.favours] += row.weight
    most = points.most_common(2)
    tie = not most or not most[0][1] or (len(most) == 2 and most[0][1] == most[1][1])
    weighed = sum(row.weight for row in rows)
    return Leaning("" if tie else most[0][0], tuple(points.most_common()), weighed, total)
