"""When a ceiling will be reached: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil

from core.periods import add_months

# So many months after the care nearly all of it is declared.
SETTLED_AFTER = 2
LOOK_BACK = 6


@dataclass(frozen=True)
class Reach:
    """Euros. `level`: what a month costs, of the last months that are known in full; None without
    any. `expected`: the whole year; `reached_on`: the first day on which the ceiling is reached."""

    used: Decimal
    level: Decimal | None
    expected: Decimal | None
    reached_on: date | None


def reach(*, months: Mapping[date, Decimal], year: int, most: Decimal, today: date) -> Reach:
    """From what is known per care month (of this year and the one before).

    A month of less than two months ago counts for its level if less is known of it; months to come
    count for the level. Within a month the days are alike.
    """
    settled = add_months(today.replace(day=1), -SETTLED_AFTER)
    level = _level(months, settled)
    running, reached = Decimal(0), None
    for number in range(1, 13):
        month = date(year, number, 1)
        amount = months.get(month, Decimal(0))
        if month >= settled:
            amount = max(amount, level or Decimal(0))
        if reached is None and amount > 0 and running + amount >= most:
            reached = _day(month, most - running, amount)
        running += amount
    used = sum((months.get(date(year, n, 1), Decimal(0)) for n in range(1, 13)), Decimal(0))
    return Reach(used, level, running if level is not None else None, reached)


def _level(months: Mapping[date, Decimal], settled: date) -> Decimal | None:
    """The mean of the last months that are known in full; a month without money is one too."""
    first = min((month for month in months if month < settled), default=None)
    if first is None:
        return None
    last = [add_months(settled, -back) for back in range(1, LOOK_BACK + 1)]
    known = [months.get(month, Decimal(0)) for month in last if month >= first]
    return sum(known, Decimal(0)) / len(known)


def _day(month: date, room: Decimal, amount: Decimal) -> date:
    """The day at whose end `room` of the month's amount is used up."""
    days = (add_months(month, 1) - month).days
    return month + timedelta(days=max(ceil(Fraction(room) * days / Fraction(amount)) - 1, 0))
