"""Everything agreed that changes in the time to come, beside what care cost until now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from procurement.enums.contracts import ContractStatus
from procurement.models import Contract, IndexationLine, IndexationRun, Tariff

from ..domain.known_steps import WHOLE, StepLine
from .known_costs import Costs
from .known_moves import Moves
from .known_terms import Known, Terms, known_terms
from .movements import Outlook
from .registers import Registers

NOT_MADE = (ContractStatus.DRAFT, ContractStatus.OFFERED, ContractStatus.DECLINED)


class Line(NamedTuple):
    label: str
    source: str
    note: str


Sums = dict[Line, list[Fraction]]
"""Per line: cents of the last twelve months, and what is added to them."""


@dataclass
class Agreements:
    """Tariffs and contracts to come, against the costs."""

    look: Outlook
    registers: Registers
    costs: Costs

    def __post_init__(self) -> None:
        self.after, self.until = self.look.as_of, self.look.until
        rows = [row for row in self.costs.rows if row.product]
        spots = {row.spot for row in rows}
        self.new = self._new_contracts({row.provider for row in rows})
        spots |= {
            (contract.provider.agb_code, place, product, unit)
            for contract in self.new
            for _, place, product, unit in spots
        }
        self.known: Known = known_terms(
            self.registers, spots=spots, after=self.after, until=self.until
        )

    def _new_contracts(self, busy: set[str]) -> list[Contract]:
        """Contracts to begin of providers that cost nothing yet, and for which no amount is agreed
        (see `known_amounts`)."""
        settled = {row.contract_id for row in self.registers.settlements()}
        rows = [
            row
            for row in self.registers.contracts()
            if self.after < row.start_date < self.until
            and row.status not in NOT_MADE
            and row.provider.agb_code not in busy
            and row.pk not in settled
        ]
        return sorted(rows, key=lambda row: (row.start_date, row.number))

    @cached_property
    def index(self) -> dict[int, Fraction]:
        """Rises that the projection expects anyway, per year to come."""
        return {
            one.year: Fraction(one.basis_points, 10_000)
            for one in self.registers.index_years()
            if one.year > self.look.as_of.year
        }

    def goes_on(self, terms: Terms) -> bool:
        contract = self.contracts.get(terms.contract or 0)
        return contract is not None and goes_on(contract)

    def rise_expected(self, day: date) -> Fraction:
        """By how much everything is multiplied on a day: the index, on 1 January."""
        return 1 + self.index.get(day.year, Fraction(0)) if day == new_year(day) else Fraction(1)

    @cached_property
    def tariffs(self) -> dict[tuple[str, str, date], list[Tariff]]:
        found: dict[tuple[str, str, date], list[Tariff]] = defaultdict(list)
        for row in self.registers.tariffs():
            if self.after < row.valid_from < self.until:
                found[row.product_code, row.unit, row.valid_from].append(row)
        return found

    @cached_property
    def rounds(self) -> dict[int, IndexationRun]:
        """The round that made a tariff."""
        lines = IndexationLine.objects.filter(
            run__region=self.look.region_id, made__valid_from__gt=self.after
        ).select_related("run")
        return {line.made_id: line.run for line in lines if line.made_id}

    @cached_property
    def moves(self) -> Moves:
        return Moves(self.look, self.registers)

    @cached_property
    def contracts(self) -> dict[int, Contract]:
        return {row.pk: row for row in self.registers.contracts()}


def goes_on(contract: Contract) -> bool:
    """Whether it is renewed by itself when its term is over: nobody gave notice."""
    return contract.renews_tacitly and contract.status != ContractStatus.NOTICE


def new_year(day: date) -> date:
    return date(day.year, 1, 1)


def lines_of(sums: dict[Line, list[Fraction]]) -> tuple[StepLine, ...]:
    return tuple(
        StepLine(
            line.label,
            line.source,
            round(cents),
            round(WHOLE * added / cents) if cents else 0,
            line.note,
        )
        for line, (cents, added) in sorted(sums.items())
    )
