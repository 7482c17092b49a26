"""Ten local plans add up to one regional order; the differences stay in sight."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)
# A share that differs more than this from the region's own is worth a look.
NOTABLE = Decimal("0.05")


@dataclass(frozen=True)
class Ordered:
    """One line of a local plan: municipality and lot by name, amount in euros or None."""

    municipality: str
    lot: str
    amount: Decimal | None


@dataclass(frozen=True)
class Cell:
    """`share` is the lot's part of the municipality's total; `difference` from the region's."""

    municipality: str
    amount: Decimal | None
    share: Decimal | None
    difference: Decimal | None

    @property
    def is_notable(self) -> bool:
        return self.difference is not None and abs(self.difference) > NOTABLE


@dataclass(frozen=True)
class LotRow:
    lot: str
    total: Decimal
    share: Decimal | None
    cells: tuple[Cell, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class RegionalOrder:
    municipalities: tuple[str, ...]
    totals: tuple[Decimal, ...]
    rows: tuple[LotRow, ...]
    total: Decimal


def add_up(
    lines: Iterable[Ordered], municipalities: Sequence[str], lots: Sequence[str]
) -> RegionalOrder:
    """One row per lot, one column per municipality. A missing amount is no zero: it is missing."""
    amounts = {(line.lot, line.municipality): line.amount for line in lines}
    totals = {
        name: sum((amounts.get((lot, name)) or ZERO for lot in lots), ZERO)
        for name in municipalities
    }
    whole = sum(totals.values(), ZERO)
    rows = tuple(_row(lot, amounts, totals, whole) for lot in lots)
    return RegionalOrder(tuple(municipalities), tuple(totals.values()), rows, whole)


def _row(
    lot: str,
    amounts: dict[tuple[str, str], Decimal | None],
    totals: dict[str, Decimal],
    whole: Decimal,
) -> LotRow:
    given = {name: amounts.get((lot, name)) for name in totals}
    total = sum((amount or ZERO for amount in given.values()), ZERO)
    share = total / whole if whole else None
    cells = []
    for name, amount in given.items():
        own = amount / totals[name] if amount is not None and totals[name] else None
        difference = own - share if own is not None and share is not None else None
        cells.append(Cell(name, amount, own, difference))
    missing = tuple(name for name, amount in given.items() if amount is None)
    return LotRow(lot, total, share, tuple(cells), missing)
