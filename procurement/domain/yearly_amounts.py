"""Amounts per year that a round of indexation may raise beside tariffs, by the same rule.

A kind says which amounts there are and how one is put, checked and taken back. Contract standard
art. 3.2 applies to tariffs and to the task-based budget; what a contract pays for availability
follows too, and a ceiling when the region chooses so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import QuerySet

from ..models import (
    AvailabilityFee,
    Contract,
    IndexationAmount,
    IndexationRun,
    SpendingCap,
    holding_on,
)
from .new_ends import ONE_DAY, new_end


@dataclass(frozen=True)
class Standing:
    """An amount as it stands on the day before; `skipped` says why it does not follow."""

    pk: int
    contract: Contract
    title: str
    amount: Decimal
    end: date | None = None
    skipped: str = ""


class YearlyAmount(Protocol):
    """A kind of amount. `usual` kinds take part unless somebody chooses otherwise."""

    code: str
    label: str
    usual: bool

    def owners(self, region_id: int) -> QuerySet[Any]:
        """Keys of contracts that ever had such an amount."""

    def standing(self, run: IndexationRun, contracts: Iterable[Contract]) -> list[Standing]: ...

    def put(self, line: IndexationAmount) -> int | None:
        """The key of the new row; None when the old one changed since."""

    def take_back(self, line: IndexationAmount) -> bool:
        """False when the new row changed since, or something rests on it."""


_kinds: dict[str, YearlyAmount] = {}


def register_yearly_amount(kind: YearlyAmount) -> None:
    _kinds[kind.code] = kind


def yearly_amounts() -> tuple[YearlyAmount, ...]:
    return tuple(_kinds.values())


def usual_codes() -> list[str]:
    return [kind.code for kind in _kinds.values() if kind.usual]


def kind_of(line: IndexationAmount) -> YearlyAmount:
    return _kinds[line.kind]


class _Fees:
    """Availability fees: the old one ends on the day and another begins."""

    code, label, usual = "vergoeding", "beschikbaarheidsvergoeding", True

    def owners(self, region_id: int) -> QuerySet[Any]:
        return AvailabilityFee.objects.filter(contract__region=region_id).values("contract")

    def standing(self, run: IndexationRun, contracts: Iterable[Contract]) -> list[Standing]:
        day = run.effective_from
        rows = AvailabilityFee.objects.filter(contract__in=list(contracts))
        followed = set(rows.filter(valid_from=day).values_list("contract", "title"))
        return [
            Standing(
                row.pk, row.contract, row.title, row.amount, row.valid_to,
                "er is al een vergoeding vanaf die dag"
                if (row.contract_id, row.title) in followed
                else "",
            )
            for row in holding_on(rows, day - ONE_DAY).select_related("contract__provider")
        ]  # fmt: skip

    def put(self, line: IndexationAmount) -> int | None:
        day = line.run.effective_from
        row = AvailabilityFee.objects.filter(pk=line.row).select_related("contract").first()
        if row is None or (row.amount, row.valid_to) != (line.old_amount, line.old_end):
            return None
        ends = self._ends(row, line.old_end, day)
        row.valid_to = day
        row.save(update_fields=["valid_to"])
        made = AvailabilityFee(
            contract=row.contract, lot=row.lot, title=row.title, places=row.places,
            amount=line.new_amount, valid_from=day, valid_to=ends,
        )  # fmt: skip
        made.save()
        return made.pk

    def take_back(self, line: IndexationAmount) -> bool:
        day = line.run.effective_from
        made = AvailabilityFee.objects.filter(pk=line.made or 0).first()
        old = AvailabilityFee.objects.filter(pk=line.row).select_related("contract").first()
        if made is None or old is None or made.amount != line.new_amount:
            return False
        if made.valid_to != self._ends(old, line.old_end, day):
            return False
        made.delete()
        old.valid_to = line.old_end
        old.save(update_fields=["valid_to"])
        return True

    def _ends(self, row: AvailabilityFee, end: date | None, day: date) -> date | None:
        return new_end(row.valid_from or row.contract.start_date, end, day)


class _Ceilings:
    """Ceilings are of a year: that of the year before gives the one of the year itself."""

    code, label, usual = "plafond", "budgetplafond", False

    def owners(self, region_id: int) -> QuerySet[Any]:
        return SpendingCap.objects.filter(contract__region=region_id).values("contract")

    def standing(self, run: IndexationRun, contracts: Iterable[Contract]) -> list[Standing]:
        if not run.begins_the_year:
            return []
        rows = SpendingCap.objects.filter(contract__in=list(contracts))
        now = holding_on(rows, run.effective_from).filter(year=run.year)
        there = set(now.values_list("contract"))
        before = holding_on(rows.filter(year=run.year - 1), run.effective_from - ONE_DAY)
        return [
            Standing(
                row.pk, row.contract, f"Plafond {run.year}", row.amount, row.valid_to,
                f"er is al een plafond voor {run.year}" if (row.contract_id,) in there else "",
            )
            for row in before.select_related("contract__provider")
        ]  # fmt: skip

    def put(self, line: IndexationAmount) -> int | None:
        row = SpendingCap.objects.filter(pk=line.row, amount=line.old_amount).first()
        if row is None:
            return None
        made = SpendingCap(
            contract=row.contract, year=line.run.year, amount=line.new_amount,
            signal_share=row.signal_share, valid_from=line.run.effective_from,
        )  # fmt: skip
        made.full_clean()
        made.save()
        return made.pk

    def take_back(self, line: IndexationAmount) -> bool:
        made = SpendingCap.objects.filter(pk=line.made or 0, amount=line.new_amount).first()
        if made is None or hasattr(made, "signal"):
            return False
        made.delete()
        return True


for _kind in (_Fees(), _Ceilings()):
    register_yearly_amount(_kind)
