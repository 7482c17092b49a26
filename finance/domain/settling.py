"""What is settled of a task-based contract over a year: plain values."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core.money import euros


@dataclass(frozen=True)
class Settled:
    """Euros. `beyond`: what was delivered outside the margin, negative when too little;
    `to_pay`: what is still owed, negative when it comes back."""

    low: Decimal
    high: Decimal
    beyond: Decimal
    owed: Decimal
    to_pay: Decimal


def settle(
    *,
    agreed: Decimal,
    margin: Decimal,
    delivered: Decimal | None,
    fees: Decimal,
    paid: Decimal,
) -> Settled:
    """`margin` in percent of what was agreed, both ways; without `delivered` nothing lies beyond
    it."""
    room = euros(agreed * margin / 100)
    low, high = agreed - room, agreed + room
    beyond = Decimal(0) if delivered is None else delivered - min(max(delivered, low), high)
    owed = agreed + beyond + fees
    return Settled(low, high, beyond, owed, owed - paid)


def fee_in_year(
    *, amount: Decimal, valid_from: date | None, valid_to: date | None, year: int
) -> Decimal:
    """The part of a yearly fee for the days of a year on which it holds (half-open)."""
    start, end = date(year, 1, 1), date(year + 1, 1, 1)
    days = (min(valid_to or end, end) - max(valid_from or start, start)) // timedelta(days=1)
    return euros(amount * max(days, 0) / ((end - start) // timedelta(days=1)))
