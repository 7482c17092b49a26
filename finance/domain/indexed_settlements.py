"""The task-based amount of a year follows a round of indexation (contract standard art. 3.2)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from procurement.domain.yearly_amounts import Standing
from procurement.models import Contract, IndexationAmount, IndexationRun

from ..enums import SettlementState
from ..models import Settlement


class AgreedAmounts:
    """What is agreed with a task-based contract for a year, per segment.

    The amount of the year before gives that of the year itself, as a settlement that is still a
    draft; projections reckon with it from then on.
    """

    code, label, usual = "jaarbedrag", "afgesproken jaarbedrag", True

    def owners(self, region_id: int) -> QuerySet[Any]:
        return Settlement.objects.filter(region=region_id).values("contract")

    def standing(self, run: IndexationRun, contracts: Iterable[Contract]) -> list[Standing]:
        if not run.begins_the_year:
            return []
        rows = Settlement.objects.filter(contract__in=list(contracts))
        there = set(rows.filter(year=run.year).values_list("contract", "segment"))
        return [
            Standing(
                row.pk, row.contract, f"Jaarbedrag {run.year}, segment {row.segment}", row.agreed,
                skipped=f"er is al een bedrag voor {run.year}"
                if (row.contract_id, row.segment) in there
                else "",
            )
            for row in rows.filter(year=run.year - 1).select_related("contract__provider")
        ]  # fmt: skip

    def put(self, line: IndexationAmount) -> int | None:
        old = Settlement.objects.filter(pk=line.row, agreed=line.old_amount).first()
        if old is None:
            return None
        made = Settlement(
            region=old.region, contract=old.contract, segment=old.segment, year=line.run.year,
            agreed=line.new_amount, margin=old.margin, fictitious=old.fictitious,
            note=f"Geïndexeerd met {line.working}.",
        )  # fmt: skip
        made.full_clean()
        made.save()
        return made.pk

    def take_back(self, line: IndexationAmount) -> bool:
        made = Settlement.objects.filter(pk=line.made or 0, agreed=line.new_amount).first()
        if made is None or made.state != SettlementState.DRAFT or made.delivered is not None:
            return False
        made.delete()
        return True
