"""Tariffs and rounds of indexation that start later, as steps for a projection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from core.formats import date_long, number
from procurement.models import IndexationRun, Tariff
from segments.enums import unit_name

from ..domain.known_steps import PRICE, KnownStep, Rate
from .known_agreements import Agreements, Line, Sums, lines_of, new_year
from .known_costs import Cost
from .movements import first_month, month_number


class _Price(NamedTuple):
    """Where a new price comes from: key, name, and the round of indexation if it is one."""

    source: str
    name: str
    round: IndexationRun | None


def price_steps(book: Agreements, day: date, rows: list[Cost]) -> Iterator[KnownStep]:
    by_source: dict[_Price, list[Cost]] = defaultdict(list)
    for row in rows:
        by_source[_price(book, row, day)].append(row)
    for price, own in sorted(by_source.items(), key=lambda one: one[0].source):
        yield _price_step(book, day, price, own)


def _price_step(book: Agreements, day: date, price: _Price, rows: list[Cost]) -> KnownStep:
    expected, early = _expected(book, day, price), price.round and day != new_year(day)
    sums: Sums = defaultdict(lambda: [Fraction(0), Fraction(0)])
    factors = []
    for row in rows:
        old, new = _old_and_new(book, row, day)
        rise = new / old
        sums[_price_line(book, row, day)][0] += row.cents
        sums[_price_line(book, row, day)][1] += row.cents * (rise / expected - 1)
        factors.append((row, rise - 1 if early else rise / expected - 1))
    rates: tuple[Rate, ...] = ()
    if early and expected != 1:
        back = [(row, 1 / expected - 1) for row in rows]
        rates = book.costs.change(back, month_number(new_year(day)))
    rates += book.costs.change(factors, first_month(day))
    return KnownStep(
        PRICE, price.source, price.name, day.isoformat(), rates=rates, lines=lines_of(sums)
    )


def _expected(book: Agreements, day: date, price: _Price) -> Fraction:
    """The rise that was expected for it anyway: a tariff of 1 January, and a round of that
    year whenever it starts, take the place of the index."""
    if price.round and price.round.year == day.year:
        return book.rise_expected(new_year(day))
    return book.rise_expected(day)


def _old_and_new(book: Agreements, row: Cost, day: date) -> tuple[Fraction, Fraction]:
    old, new = (book.known.before(row.spot, day), book.known.on(row.spot, day))
    return Fraction(old.tariff or 1), Fraction(new.tariff or 1)


def _price_line(book: Agreements, row: Cost, day: date) -> Line:
    old, new = book.known.before(row.spot, day).tariff, book.known.on(row.spot, day).tariff
    made = _made(book, row, day)
    return Line(
        f"{row.product} ({unit_name(row.unit)}): {number(old, 2)} wordt {number(new, 2)} euro",
        f"tariff:{made.pk}" if made else "",
        "",
    )


def _made(book: Agreements, row: Cost, day: date) -> Tariff | None:
    """The tariff that starts then: of the contract, else of the region."""
    now = book.known.on(row.spot, day)
    rows = book.tariffs.get((row.product, row.unit, day), [])
    fits = [one for one in rows if one.contract_id in (None, now.contract)]
    fits = [one for one in fits if one.amount == now.tariff]
    return min(fits, key=lambda one: one.contract_id is None, default=None)


def _price(book: Agreements, row: Cost, day: date) -> _Price:
    made = _made(book, row, day)
    made_by = book.rounds.get(made.pk) if made else None
    if made_by:
        state = made_by.get_state_display()
        return _Price(f"indexation:{made_by.pk}", f"Indexering {made_by.year} ({state})", made_by)
    return _Price(f"tariffs:{day}", f"Tarieven vanaf {date_long(day)}", None)
