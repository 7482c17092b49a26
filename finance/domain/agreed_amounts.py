"""What task-based contracts cost in months to come: what was agreed, not what a trend says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from finance.domain.allocation import Weight, split_cents
from finance.domain.known_steps import Amount
from finance.domain.months import Month

Months = dict[Month, int]
"""Cents per month."""

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class TaskBased:
    """Of one provider in one segment: what was paid per municipality and month in instalments
    (also those of months to come, where they are known), what is agreed for a year, and whether a
    contract holds in a month. Cents. How amounts go over municipalities: `shares` of a year, else
    `use`, else as the last twelve months were paid."""

    paid: Mapping[str, Months]
    agreed: Mapping[int, int]
    holds: Callable[[Month], bool]
    use: Mapping[str, Weight] = field(default_factory=dict)
    shares: Mapping[int, Mapping[str, Weight]] = field(default_factory=dict)


def amounts_ahead(
    one: TaskBased, months: range, index: Mapping[int, Fraction]
) -> dict[str, Months]:
    """Per municipality the months to come of which the amount is known while a contract holds.

    An instalment that is there counts as it is. What is left of an agreed year goes over its other
    months. A year without an agreement costs what the year before it does a month, with the index.
    """
    use = _positive(one.use or _last_paid(one.paid, months))
    found = {
        place: {month: cents for month, cents in one.paid.get(place, {}).items() if month in months}
        for place in use
    }
    if not use:
        return found
    received, level = _together(one.paid), Fraction(0)
    for year in range(_last_year(received, months), months[-1] // MONTHS_A_YEAR + 1):
        of_year = range(year * MONTHS_A_YEAR, (year + 1) * MONTHS_A_YEAR)
        held = [month for month in of_year if one.holds(month)]
        level = _level(one.agreed.get(year), held, received, of_year) or level * (
            1 + index.get(year, Fraction(0))
        )
        to_come = [month for month in held if month in months and month not in received]
        left = level * len(to_come)
        if year in one.agreed:
            left = Fraction(one.agreed[year] - sum(received.get(month, 0) for month in of_year))
        _spread(found, _positive(one.shares.get(year, use)), max(round(left), 0), to_come)
    return found


def _last_paid(paid: Mapping[str, Months], months: range) -> dict[str, Weight]:
    before = range(months.start - MONTHS_A_YEAR, months.start)
    return {
        place: sum(amounts.get(month, 0) for month in before) for place, amounts in paid.items()
    }


def _positive(weights: Mapping[str, Weight]) -> dict[str, Weight]:
    return {place: weight for place, weight in weights.items() if weight > 0}


def _last_year(received: Months, months: range) -> int:
    """Of the last instalment before the months to come; without one, that of the first of them."""
    before = [month for month in received if month < months.start]
    return max(before, default=months.start) // MONTHS_A_YEAR


def _level(
    agreed: int | None, held: Sequence[Month], received: Months, of_year: range
) -> Fraction | None:
    """Cents of a month of a year as agreed, else as its instalments say; None without both."""
    if agreed is not None and held:
        return Fraction(agreed, len(held))
    own = [received[month] for month in of_year if month in received]
    return Fraction(sum(own), len(own)) if own else None


def _together(paid: Mapping[str, Months]) -> Months:
    together: Months = {}
    for amounts in paid.values():
        for month, cents in amounts.items():
            together[month] = together.get(month, 0) + cents
    return together


def _spread(
    found: dict[str, Months], weights: Mapping[str, Weight], cents: int, months: Sequence[Month]
) -> None:
    """Effects: the amounts of these months; odd cents in the first of them."""
    if not months:
        return
    for place, part in split_cents(cents=cents, weights=weights).items():
        each, odd = divmod(part, len(months))
        for number, month in enumerate(months):
            found.setdefault(place, {})[month] = each + (number < odd)


def cell_amounts(segment: str, parts: Collection[dict[str, Months]], months: range) -> list[Amount]:
    """All contracts of a segment together, per municipality, from the month in which all of them
    are known and as long as they are."""
    places = sorted({place for part in parts for place in part})
    found = []
    for place in places:
        own = [part[place] for part in parts if place in part]
        known = [month for month in months if all(month in amounts for amounts in own)]
        cents = tuple(
            sum(amounts[month] for amounts in own)
            for number, month in enumerate(known)
            if month == known[0] + number
        )
        if cents:
            found.append(Amount(place, segment, cents, known[0] - months.start))
    return found
