"""Contracts that begin and end later, as steps for a projection: where the care goes and at what
price."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from core.formats import date_long, number
from procurement.models import Contract
from segments.enums import unit_name

from ..domain.known_steps import CONTRACT, KnownStep, StepLine
from .known_agreements import Agreements, Line, Sums, first_month, lines_of
from .known_costs import Cost

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
        yield _end_step(book, day, f"contracts:{day}", name, by_contract, whole=True)
        return
    for pk, own in sorted(by_contract.items()):
        contract = book.contracts[pk]
        name = f"{contract.provider} stopt: contract {contract.number} tot en met {last}"
        yield _end_step(book, day, f"contract:{pk}", name, {pk: own}, whole=False)


def _end_step(
    book: Agreements, day: date, source: str, name: str, rows: dict[int, list[Cost]], *, whole: bool
) -> KnownStep:
    """The care goes on with who else delivers it, at their price."""
    sums: Sums = defaultdict(lambda: [Fraction(0), Fraction(0)])
    factors = []
    for pk, own in sorted(rows.items()):
        for row in own:
            factor, note = _elsewhere(book, row, day)
            label = str(book.contracts[pk]) if whole else _product(row)
            line = Line(label, f"contract:{pk}", note)
            sums[line][0] += row.cents
            sums[line][1] += row.cents * factor
            factors.append((row, factor))
    rates = book.costs.change(factors, first_month(day))
    return KnownStep(CONTRACT, source, name, day.isoformat(), rates=rates, lines=lines_of(sums))


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
