"""What goes into the suppression function: cells, how they add up, and the thresholds."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from core.suppression.marks import HIDDEN, Hidden

Key = Hashable
T = TypeVar("T")

FEWEST_CASES = 10
FEWEST_PROVIDERS = 3
NARROWEST_MARGIN = 0.2


@dataclass(frozen=True)
class Thresholds:
    """A region may raise these, never lower them (ValueError).

    `cases`: a count from 1 to cases - 1 is hidden. `providers`: money of fewer is hidden.
    `margin`: how far, as a share of the amount, a hidden amount must stay uncertain both ways.
    """

    cases: int = FEWEST_CASES
    providers: int = FEWEST_PROVIDERS
    margin: float = NARROWEST_MARGIN

    def __post_init__(self) -> None:
        lowered = (
            self.cases < FEWEST_CASES
            or self.providers < FEWEST_PROVIDERS
            or self.margin < NARROWEST_MARGIN
        )
        if lowered:
            raise ValueError("thresholds for suppression can only be raised")


@dataclass(frozen=True)
class Count:
    """A number of people, or of cases each of which is about one person.

    `shown` is False for a count that is only the numerator or denominator of something shown.
    """

    key: Key
    value: int
    shown: bool = True


@dataclass(frozen=True)
class Amount:
    """Money, with the number of clients and of providers that it comes from.

    `shown` is False for what is printed nowhere and only takes up slack in a sum.
    """

    key: Key
    value: Decimal | float
    clients: int
    providers: int
    shown: bool = True


@dataclass(frozen=True)
class Share:
    """A share of counts, named by the keys of its numerator and denominator.

    Who sees a share can work out numerator, complement and denominator, so it is hidden with
    any of them.
    """

    key: Key
    numerator: Key
    denominator: Key


@dataclass(frozen=True)
class Derived:
    """A mean, percentile or ratio; hidden with any of the cells it is made `of`.

    Name the count of its cases, and the amount where it is one per something.
    """

    key: Key
    of: tuple[Key, ...]


@dataclass(frozen=True)
class Sum:
    """The parts add up to the total, and everyone may know that they do."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True)
class Part:
    """How much of a cell is an insider's own, and of an amount how many of its clients."""

    value: Decimal | float
    clients: int = 0


@dataclass(frozen=True)
class Insider:
    """A reader who knows more than what is published to all: `whole` cells and `parts` of cells.

    He may not find what others have: cells that are not his own, and the rest of the others.
    """

    whole: frozenset[Key] = frozenset()
    parts: Mapping[Key, Part] = field(default_factory=dict)


@dataclass(frozen=True)
class Publication:
    """Everything an attacker may lay side by side: all tables, formats and earlier editions.

    `published` are keys that are out already and cannot be hidden any more; `own` are cells that
    this reader may see (a municipality or provider its own), and so may subtract with. Cells in
    `keep_hidden` were hidden in an earlier publication of the same figures. `insiders` read this
    same publication beside what they know; what they know is not shown to all for that.
    """

    counts: tuple[Count, ...] = ()
    amounts: tuple[Amount, ...] = ()
    shares: tuple[Share, ...] = ()
    derived: tuple[Derived, ...] = ()
    sums: tuple[Sum, ...] = ()
    published: frozenset[Key] = frozenset()
    own: frozenset[Key] = frozenset()
    keep_hidden: frozenset[Key] = frozenset()
    insiders: tuple[Insider, ...] = ()


@dataclass(frozen=True)
class Suppression:
    """Which cells carry the mark.

    `primary` are small in themselves, and are part of `hidden`; never show the difference.
    `exposed` could not be protected, because what is out already gives them away: do not publish
    before someone has looked.
    """

    hidden: frozenset[Key]
    primary: frozenset[Key] = field(repr=False)
    exposed: frozenset[Key] = frozenset()

    def show(self, key: Key, value: T) -> T | Hidden:
        """The value, or the mark."""
        return HIDDEN if key in self.hidden else value


def unique_keys(keys: Iterable[Key]) -> set[Key]:
    """The keys as a set; ValueError when one stands there twice."""
    seen: set[Key] = set()
    for key in keys:
        if key in seen:
            raise ValueError(f"cell {key!r} is given twice")
        seen.add(key)
    return seen
