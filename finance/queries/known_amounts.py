"""The agreed amounts of task-based contracts, as a step for a projection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db.models import prefetch_related_objects

from core.formats import number
from procurement.models import AvailabilityFee, Contract
from segments.enums import FundingForm

from ..domain.agreed_amounts import Months, TaskBased, amounts_ahead, cell_amounts
from ..domain.known_steps import AMOUNT, WHOLE, KnownStep, StepLine
from ..domain.settling import fee_in_year
from .known_agreements import NOT_MADE, goes_on
from .movements import Outlook, month_number, payments
from .registers import Registers

NAME = "Afgesproken bedragen van taakgerichte contracten"
Key = tuple[str, str]
"""Provider and segment."""


def amount_steps(look: Outlook, registers: Registers, paid: Collection[str]) -> list[KnownStep]:
    """One step for all segments that are paid in instalments only; none where nothing is known."""
    received = _received(look, paid)
    if not received:
        return []
    book = _Book(look, registers)
    parts: dict[str, list[dict[str, Months]]] = defaultdict(list)
    lines = []
    for key, by_place in sorted(received.items()):
        one = book.task(key, by_place)
        ahead = amounts_ahead(one, book.months, book.index)
        parts[key[1]].append(ahead)
        if any(ahead.values()):
            lines.append(book.line(key, one, ahead))
    amounts = [
        amount
        for segment, own in sorted(parts.items())
        for amount in cell_amounts(segment, own, book.months)
    ]
    if not amounts:
        return []
    day = (look.as_of + timedelta(days=1)).isoformat()
    return [KnownStep(AMOUNT, "", NAME, day, lines=tuple(lines), amounts=tuple(amounts))]


def _received(look: Outlook, paid: Collection[str]) -> dict[Key, dict[str, Months]]:
    """Instalments per month, of who was paid in the last year. In a look from an earlier month
    those of later are not there yet."""
    found: dict[Key, dict[str, Months]] = defaultdict(lambda: defaultdict(dict))
    as_of = month_number(look.as_of)
    for payment in payments(look):
        if payment.segment not in paid:
            continue
        own = found[payment.provider, payment.segment][payment.municipality]
        for day, cents in payment.months():
            month = month_number(day)
            if month <= as_of or look.registers_on is None:
                own[month] = own.get(month, 0) + cents
    return {
        key: by_place
        for key, by_place in found.items()
        if any(as_of - 12 < month <= as_of for own in by_place.values() for month in own)
    }


class _Book:
    """What is agreed with providers that are paid in instalments."""

    def __init__(self, look: Outlook, registers: Registers) -> None:
        self.months = range(month_number(look.as_of) + 1, month_number(look.until))
        self.index: Mapping[int, Fraction] = {
            one.year: Fraction(one.basis_points, 10_000) for one in registers.index_years()
        }
        made = [
            row
            for row in registers.contracts()
            if row.funding_form == FundingForm.TASK_BASED and row.status not in NOT_MADE
        ]
        prefetch_related_objects(made, "segments")
        self.contracts: dict[str, list[Contract]] = defaultdict(list)
        for row in made:
            self.contracts[row.provider.agb_code].append(row)
        self.settlements = registers.settlements()
        self.fees: dict[int, list[AvailabilityFee]] = defaultdict(list)
        for fee in AvailabilityFee.objects.filter(contract__in=[row.pk for row in made]):
            self.fees[fee.contract_id].append(fee)

    def task(self, key: Key, by_place: dict[str, Months]) -> TaskBased:
        own = self._of(key)

        def holds(month: int) -> bool:
            day = date(month // 12, month % 12 + 1, 1)
            return any(row.start_date <= day < _end(row) for row in own)

        return TaskBased(by_place, self._agreed(key), holds)

    def _of(self, key: Key) -> list[Contract]:
        agb, segment = key
        return [
            row
            for row in self.contracts[agb]
            if segment in (codes := {one.code for one in row.segments.all()}) or not codes
        ]

    def _agreed(self, key: Key) -> dict[int, int]:
        """Cents per year: the amount of the settlement, with what is owed for availability."""
        agb, segment = key
        found: dict[int, Decimal] = defaultdict(Decimal)
        for row in self.settlements:
            if (row.contract.provider.agb_code, row.segment) == (agb, segment):
                found[row.year] += row.agreed
                if segment == self._first_segment(row.contract_id, row.year):
                    found[row.year] += self._fees(row.contract_id, row.year)
        return {year: int(amount * 100) for year, amount in found.items()}

    def _first_segment(self, contract: int, year: int) -> str:
        """Availability is told of a contract, and counts with its first segment of the year."""
        return min(
            row.segment
            for row in self.settlements
            if (row.contract_id, row.year) == (contract, year)
        )

    def _fees(self, contract: int, year: int) -> Decimal:
        fees = (
            fee_in_year(
                amount=one.amount, valid_from=one.valid_from, valid_to=one.valid_to, year=year
            )
            for one in self.fees[contract]
        )
        return sum(fees, Decimal(0))

    def line(self, key: Key, one: TaskBased, ahead: dict[str, Months]) -> StepLine:
        """What it cost in the last twelve months, and how much more the twelve to come."""
        contract, start = self._of(key)[-1:], self.months.start
        last = _sum(one.paid, range(start - 12, start))
        known = [month for month in range(start, start + 12) if any(month in a for a in
                 ahead.values())]  # fmt: skip
        next_ = _sum(ahead, range(start, start + 12))
        rise = Fraction(next_, last) * Fraction(12, len(known)) - 1 if known and last else 0
        name = str(contract[0]) if contract else key[0]
        source = f"contract:{contract[0].pk}" if contract else ""
        return StepLine(f"{name}, segment {key[1]}", source, last, round(WHOLE * rise), _note(one))


def _sum(by_place: Mapping[str, Months], months: range) -> int:
    return sum(own.get(month, 0) for own in by_place.values() for month in months)


def _note(one: TaskBased) -> str:
    years = "; ".join(
        f"{year}: {number(Decimal(cents).scaleb(-2), 2)} euro afgesproken"
        for year, cents in sorted(one.agreed.items())
    )
    return f"{years}; verder de termijnen met de index" if years else "de termijnen, met de index"


def _end(row: Contract) -> date:
    return date.max if row.end_date is None or goes_on(row) else row.end_date
