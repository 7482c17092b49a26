"""Contracts that begin and end later, as steps for a projection: where the care goes and at what
price."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from core.formats import date_long, number, percent
from procurement.models import Contract
from segments.enums import unit_name

from ..domain.known_steps import CONTRACT, KnownStep, StepLine
from ..domain.months import Month
from .known_agreements import Agreements, Line, Sums, lines_of
from .known_costs import Cost
from .known_moves import Leaving
from .movements import first_day, first_month

APART = 10
"""So many contracts that end on one day are told one by one; more are one step with a line each."""

SAME_PRICE = "niemand anders levert dit: gerekend met dezelfde prijs"
NO_VOLUME = "geen indicatie van het volume: telt niet mee"
NO_CARE = "nog niemand levert deze zorg: telt niet mee"
NO_TARIFF = "geen tarief bekend: gerekend met dezelfde prijs"


def end_steps(book: Agreements, day: date, rows: list[Cost]) -> Iterator[KnownStep]:
    by_contract: dict[int, list[Cost]] = defaultdict(list)
    for row in rows:
        by_contract[book.known.before(row.spot, day).contract or 0].append(row)
    last = date_long(day - timedelta(days=1))
    if len(by_contract) > APART:
        name = f"{len(by_contract)} contracten lopen tot en met {last}"
        ends = [_Ends(book, day, pk, row) for pk, own in by_contract.items() for row in own]
        yield _end_step(book, ends, f"contracts:{day}", name)
        return
    for pk, own in sorted(by_contract.items()):
        contract = book.contracts[pk]
        name = f"{contract.provider} stopt: contract {contract.number} tot en met {last}"
        yield _end_step(book, [_Ends(book, day, pk, row) for row in own], f"contract:{pk}", name)


class _Ends:
    """Care of a contract that ends: how it goes elsewhere, and at what price."""

    def __init__(self, book: Agreements, day: date, contract: int, row: Cost) -> None:
        self.book, self.day, self.contract, self.row = book, day, contract, row
        self.factor, self.note = _elsewhere(book, row, day)
        plan = book.moves.plan_of(contract, row.spot)
        self.parts = book.moves.leaving(plan, row.product) if plan else []
        if self.parts:
            self.note = f"volgens het overgangsplan{self._told()}; {self.note}"
        else:
            self.parts = [Leaving(first_month(day), Fraction(1))]

    def _told(self) -> str:
        named = [
            f"{percent(float(one.part), 0)} naar {one.to.provider} vanaf "
            f"{date_long(one.to.from_day)}"
            for one in self.parts
            if one.to
        ]
        if not named:
            return f" in {len(self.parts)} maanden"
        return f": {', '.join(named)}, de rest aan het eind"

    @property
    def change(self) -> Fraction:
        """How much dearer it is when all of it has gone."""
        return sum((one.part * self._factor(one) for one in self.parts), Fraction(0))

    def steps(self) -> Iterator[tuple[Month, Fraction]]:
        """Per month the change on top of the months before."""
        before = Fraction(1)
        for month in sorted({one.month for one in self.parts}):
            gone = (one for one in self.parts if one.month <= month)
            now = 1 + sum((one.part * self._factor(one) for one in gone), Fraction(0))
            yield month, (now / before if before else now) - 1
            before = now

    def _factor(self, one: Leaving) -> Fraction:
        """At the tariff of who takes it over, where that is known."""
        own = self.book.known.before(self.row.spot, self.day).tariff
        if one.to is None or not own:
            return self.factor
        spot = (one.to.provider.agb_code, *self.row.spot[1:])
        terms = self.book.known.terms.get((spot, self.day))
        if terms is None or not terms.tariff:
            return self.factor
        return Fraction(terms.tariff) / Fraction(own) - 1


def _end_step(book: Agreements, ends: list[_Ends], source: str, name: str) -> KnownStep:
    """The care goes on with who else delivers it, at their price."""
    sums: Sums = defaultdict(lambda: [Fraction(0), Fraction(0)])
    by_month: dict[Month, list[tuple[Cost, Fraction]]] = defaultdict(list)
    whole = source.startswith("contracts:")
    for one in sorted(ends, key=lambda one: one.contract):
        label = str(book.contracts[one.contract]) if whole else _product(one.row)
        line = Line(label, f"contract:{one.contract}", one.note)
        sums[line][0] += one.row.cents
        sums[line][1] += one.row.cents * one.change
        for month, change in one.steps():
            by_month[month].append((one.row, change))
    lines = lines_of(sums)
    rates = tuple(
        rate for month, own in sorted(by_month.items()) for rate in book.costs.change(own, month)
    )
    day = min(first_day(min(by_month)), ends[0].day).isoformat()
    return KnownStep(CONTRACT, source, name, day, rates=rates, lines=lines)


def _elsewhere(book: Agreements, row: Cost, day: date) -> tuple[Fraction, str]:
    others = _others(book, row, day)
    if not others:
        return Fraction(0), SAME_PRICE
    own = book.known.before(row.spot, day).tariff
    priced = [
        (one.cents, Fraction(tariff), one)
        for one in others
        if (tariff := book.known.on(one.spot, day).tariff)
    ]
    if not own or not priced:
        return Fraction(0), NO_TARIFF
    weight = sum((cents for cents, _, _ in priced), Fraction(0))
    mean = sum((cents * tariff for cents, tariff, _ in priced), Fraction(0)) / weight
    rose = any(book.known.before(one.spot, day).tariff != tariff for _, tariff, one in priced)
    expected = book.rise_expected(day) if rose else Fraction(1)
    return (
        mean / Fraction(own) / expected - 1,
        f"gaat naar wie dit ook levert: {number(own, 2)} wordt {number(_decimal(mean), 2)} euro",
    )


def _others(book: Agreements, row: Cost, day: date) -> list[Cost]:
    """Who else delivers it and goes on: in the municipality, else in the region."""
    same = [
        one
        for one in book.costs.rows
        if (one.product, one.unit) == (row.product, row.unit)
        and one.provider != row.provider
        and one.cents > 0
        and book.known.on(one.spot, day).held
    ]
    near = [one for one in same if one.municipality == row.municipality]
    return near or same


def start_steps(book: Agreements, day: date) -> Iterator[KnownStep]:
    for contract in book.new:
        if contract.start_date == day:
            yield _start_step(book, contract)


def _start_step(book: Agreements, contract: Contract) -> KnownStep:
    """A provider that is new takes over what its indication names, from those who deliver it
    now, at its own tariffs. Without an indication nothing is known of how much."""
    day, agb = contract.start_date, contract.provider.agb_code
    name = f"{contract.provider} begint: contract {contract.number} vanaf {date_long(day)}"
    source = f"contract:{contract.pk}"
    takes = [row for row in book.costs.rows if row.product and _covers(book, agb, row, day)]
    indicated = _indicated(book, contract)
    total = sum((row.cents for row in takes), Fraction(0))
    if not indicated or not total:
        nothing = StepLine(str(contract), source, 0, None, NO_VOLUME if total else NO_CARE)
        return KnownStep(CONTRACT, source, name, day.isoformat(), lines=(nothing,))
    share = min(Fraction(indicated) / total, Fraction(1))
    sums: Sums = defaultdict(lambda: [Fraction(0), Fraction(0)])
    factors = []
    for row in takes:
        own = book.known.on((agb, *row.spot[1:]), day).tariff
        theirs = book.known.on(row.spot, day).tariff
        factor = Fraction(own) / Fraction(theirs) - 1 if own and theirs else Fraction(0)
        note = (
            f"neemt over van anderen: {number(theirs, 2)} wordt {number(own, 2)} euro"
            if own and theirs
            else NO_TARIFF
        )
        line = Line(_product(row), source, note)
        sums[line][0] += row.cents * share
        sums[line][1] += row.cents * share * factor
        factors.append((row, share * factor))
    rates = book.costs.change(factors, first_month(day))
    return KnownStep(CONTRACT, source, name, day.isoformat(), rates=rates, lines=lines_of(sums))


def _covers(book: Agreements, agb: str, row: Cost, day: date) -> bool:
    terms = book.known.terms.get(((agb, *row.spot[1:]), day))
    return terms is not None and terms.held


def _indicated(book: Agreements, contract: Contract) -> int:
    """Cents of the first year indicated from the start on."""
    rows = [
        row
        for row in book.registers.indications()
        if row.provider_id == contract.provider_id and row.year >= contract.start_date.year
    ]
    first = min((row.year for row in rows), default=None)
    return sum(int(row.amount * 100) for row in rows if row.year == first)


def _product(row: Cost) -> str:
    return f"{row.product} ({unit_name(row.unit)})"


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
