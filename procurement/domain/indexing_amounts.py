"""The amounts per year in a round of indexation: worked out, put and taken back with tariffs."""

from collections.abc import Callable, Collection, Iterable

from core.errors import DomainError

from ..models import Contract, IndexationAmount, IndexationRun
from .indexation import Rise, indexed
from .yearly_amounts import Standing, YearlyAmount, kind_of, yearly_amounts

# The rise of a contract, or None when no rule holds for it.
RiseOf = Callable[[Contract], Rise | None]


def add_amounts(
    run: IndexationRun, contracts: Iterable[Contract], kinds: Collection[str], rise_of: RiseOf
) -> None:
    """Effects: the lines of the round for each amount of the chosen kinds; no amount changes."""
    chosen = list(contracts)
    IndexationAmount.objects.bulk_create(
        _line(run, kind, one, rise_of)
        for kind in yearly_amounts()
        if kind.code in kinds
        for one in kind.standing(run, chosen)
    )


def _line(
    run: IndexationRun, kind: YearlyAmount, one: Standing, rise_of: RiseOf
) -> IndexationAmount:
    end, day = one.contract.end_date, run.effective_from
    skipped = "het contract loopt dan af" if end and end <= day else one.skipped
    rise = None if skipped else rise_of(one.contract)
    if rise is None and not skipped:
        skipped = "er geldt geen regel voor indexering"
    return IndexationAmount(
        run=run, kind=kind.code, row=one.pk, contract=one.contract, title=one.title,
        percentage=rise.percentage if rise else 0, working=rise.working if rise else "",
        old_amount=one.amount,
        new_amount=indexed(one.amount, rise.percentage) if rise else one.amount,
        old_end=one.end, skipped=skipped,
    )  # fmt: skip


def apply_amounts(run: IndexationRun) -> None:
    """Raises DomainError when an amount changed since the round was worked out."""
    for line in run.amounts.filter(skipped="").select_related("run"):
        made = kind_of(line).put(line)
        if made is None:
            raise DomainError(
                f"{line.title} van contract {line.contract.number} is veranderd sinds deze "
                "doorrekening. Laat haar vervallen en reken opnieuw door.",
                code="bedrag-veranderd",
            )
        line.made = made
        line.save(update_fields=["made"])


def undo_amounts(run: IndexationRun) -> None:
    """Raises DomainError when somebody worked on with a new amount."""
    for line in run.amounts.filter(skipped="").select_related("run"):
        if not kind_of(line).take_back(line):
            raise DomainError(
                f"{line.title} van contract {line.contract.number} is intussen veranderd, of er is "
                "al mee verder gewerkt. Herstel dat eerst; daarna kunt u de indexering "
                "terugdraaien.",
                code="bedrag-veranderd",
            )
