"""The agreed amounts of task-based contracts, as a step for a projection.

They take the place of the trend in segments that are paid in instalments only, and in segments that
the region calls task-based as soon as a contract with an agreed amount holds there: also where care
is declared until that day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.db.models import prefetch_related_objects

from core.formats import number
from procurement.models import AvailabilityFee, Contract
from segments.enums import FundingForm
from segments.models import Segment, SegmentScheme

from ..domain.agreed_amounts import Months, TaskBased, amounts_ahead, cell_amounts
from ..domain.known_steps import AMOUNT, WHOLE, KnownStep, StepLine
from ..domain.settling import fee_in_year
from .known_agreements import NOT_MADE, goes_on
from .known_costs import Cost, Costs
from .known_shares import shares_in_force
from .movements import Outlook, first_day, month_number, payments
from .registers import Registers

NAME = "Afgesproken bedragen van taakgerichte contracten"
ALL_THERE_IS = "het segment is taakgericht: het kost wat is afgesproken en niet meer"
Key = tuple[str, str]
"""Provider and segment."""


def amount_steps(look: Outlook, registers: Registers, paid: Collection[str]) -> list[KnownStep]:
    """One step for all segments of which amounts are agreed; none where nothing is known."""
    book = _Book(look, registers)
    tasks = book.paid_only(paid) | book.task_based(paid)
    parts: dict[str, list[dict[str, Months]]] = defaultdict(list)
    lines = []
    for key, one in sorted(tasks.items()):
        ahead = amounts_ahead(one, book.months, book.index)
        parts[key[1]].append(ahead)
        if any(ahead.values()):
            lines.append(book.line(key, one, ahead))
    lines += [book.others(segment, tasks) for segment in sorted(book.declared & set(parts))]
    amounts = [
        amount
        for segment, own in sorted(parts.items())
        for amount in cell_amounts(segment, own, book.months)
    ]
    if not amounts:
        return []
    first = first_day(book.months.start + min(one.later for one in amounts)).isoformat()
    return [KnownStep(AMOUNT, "", NAME, first, lines=tuple(lines), amounts=tuple(amounts))]


def _received(look: Outlook) -> dict[Key, dict[str, Months]]:
    """Instalments per month. In a look from an earlier month those of later are not there yet."""
    found: dict[Key, dict[str, Months]] = defaultdict(lambda: defaultdict(dict))
    as_of = month_number(look.as_of)
    for payment in payments(look):
        own = found[payment.provider, payment.segment][payment.municipality]
        for day, cents in payment.months():
            month = month_number(day)
            if month <= as_of or look.registers_on is None:
                own[month] = own.get(month, 0) + cents
    return found


class _Book:
    """What is agreed with providers of task-based care."""

    def __init__(self, look: Outlook, registers: Registers) -> None:
        self.look = look
        self.declared: set[str] = set()
        self.months = range(month_number(look.as_of) + 1, month_number(look.until))
        self.received = _received(look)
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

    def paid_only(self, paid: Collection[str]) -> dict[Key, TaskBased]:
        """Of who was paid in the last year, in segments where nothing is declared."""
        last_year = range(self.months.start - 12, self.months.start)
        return {
            key: TaskBased(by_place, self._agreed(key), self._holds(key))
            for key, by_place in self.received.items()
            if key[1] in paid
            and any(month in last_year for own in by_place.values() for month in own)
        }

    def task_based(self, paid: Collection[str]) -> dict[Key, TaskBased]:
        """Of who agreed on an amount in a segment that the region calls task-based and where care
        is declared until now. Together they are what the segment costs."""
        made = {one.pk for own in self.contracts.values() for one in own}
        agreed = {
            (row.contract.provider.agb_code, row.segment)
            for row in self.settlements
            if row.contract_id in made
        }
        named = Segment.objects.filter(
            scheme=self.look.scheme_id, funding_form=FundingForm.TASK_BASED
        ).values_list("code", flat=True)
        self.declared = {code for _, code in agreed} & set(named) - set(paid)
        since = SegmentScheme.objects.get(pk=self.look.scheme_id).valid_from
        shares = shares_in_force(self.look, self.declared)
        return {
            key: TaskBased(
                _from(since, self.received.get(key, {})), self._agreed(key),
                self._holds(key, since), self._use(key[1]), shares.get(key[1], {}),
            )
            for key in agreed
            if key[1] in self.declared
        }  # fmt: skip

    @cached_property
    def costs(self) -> list[Cost]:
        return Costs.of(self.look).rows

    def _use(self, segment: str) -> dict[str, Fraction]:
        """What each municipality spent in a segment in twelve months."""
        found: dict[str, Fraction] = defaultdict(Fraction)
        for row in self.costs:
            if row.segment == segment:
                found[row.municipality] += row.cents
        return dict(found)

    def _holds(self, key: Key, since: date = date.min) -> Callable[[int], bool]:
        own = self._of(key)

        def holds(month: int) -> bool:
            day = first_day(month)
            return since <= day and any(row.start_date <= day < _end(row) for row in own)

        return holds

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
        contract, last = self._of(key)[-1:], self._before(key, one)
        known = sorted({month for own in ahead.values() for month in own})[:12]
        next_ = _sum(ahead, known)
        rise = Fraction(next_, last) * Fraction(12, len(known)) - 1 if known and last else 0
        name = str(contract[0]) if contract else key[0]
        source = f"contract:{contract[0].pk}" if contract else ""
        return StepLine(f"{name}, segment {key[1]}", source, last, round(WHOLE * rise), _note(one))

    def _before(self, key: Key, one: TaskBased) -> int:
        """Cents of twelve months: in instalments, or declared while that was done."""
        start = self.months.start
        if key[1] not in self.declared:
            return _sum(one.paid, range(start - 12, start))
        return int(sum(row.cents for row in self.costs if (row.provider, row.segment) == key))

    def others(self, segment: str, tasks: Collection[Key]) -> StepLine:
        """Who declared in a segment and has no agreed amount there."""
        rest = sum(
            row.cents
            for row in self.costs
            if row.segment == segment and (row.provider, segment) not in tasks
        )
        return StepLine(
            f"Andere aanbieders, segment {segment}", "", int(rest), -WHOLE, ALL_THERE_IS
        )


def _from(day: date, by_place: Mapping[str, Months]) -> dict[str, Months]:
    """Instalments of the months from a day on."""
    return {
        place: {month: cents for month, cents in own.items() if first_day(month) >= day}
        for place, own in by_place.items()
    }


def _sum(by_place: Mapping[str, Months], months: Iterable[int]) -> int:
    return sum(own.get(month, 0) for own in by_place.values() for month in months)


def _note(one: TaskBased) -> str:
    years = "; ".join(
        f"{year}: {number(Decimal(cents).scaleb(-2), 2)} euro afgesproken"
        for year, cents in sorted(one.agreed.items())
    )
    if not years:
        return "de termijnen, met de index"
    return f"{years}; verder {'de termijnen' if one.paid else 'dit bedrag'} met de index"


def _end(row: Contract) -> date:
    return date.max if row.end_date is None or goes_on(row) else row.end_date
