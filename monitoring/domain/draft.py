"""A publication while it is written."""

from dataclasses import dataclass, field
from decimal import Decimal

from core.suppression import Amount, Count, Derived, Key, Publication, Share, Sum

NOBODY_IN_PARTICULAR = 10**9


@dataclass
class Draft:
    """Cells by key, shares by the pair of cells that they relate, and what is certain anyway."""

    counts: dict[Key, Count] = field(default_factory=dict)
    amounts: dict[Key, Amount] = field(default_factory=dict)
    shares: list[Share] = field(default_factory=list)
    pairs: set[tuple[Key, Key]] = field(default_factory=set)
    derived: list[Derived] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    certain: set[Key] = field(default_factory=set)

    def __contains__(self, key: Key) -> bool:
        return key in self.counts or key in self.amounts

    def value(self, key: Key) -> Decimal:
        cell = self.counts.get(key) or self.amounts[key]
        return Decimal(cell.value)

    def add_rest(self, key: Key, value: Decimal) -> None:
        """A number of cases that stands nowhere but could be worked out."""
        self.counts[key] = Count(key, int(value), shown=False)

    def add_slack(self, key: Key, value: Decimal) -> None:
        """A number that nobody knows and that needs no protection."""
        behind = NOBODY_IN_PARTICULAR
        self.amounts[key] = Amount(key, value, behind, behind, shown=False)

    def finished(self) -> Publication:
        return Publication(
            counts=tuple(self.counts.values()),
            amounts=tuple(self.amounts.values()),
            shares=tuple(self.shares),
            derived=tuple(self.derived),
            sums=tuple(self.sums),
            published=frozenset(self.certain),
        )
