"""Changing many contracts in one round: worked out, applied in one job, undone or confirmed."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock
from core.errors import DomainError
from core.jobs.api import Job, RunningJob
from core.states.api import take
from core.states.models import Step
from core.tasks.api import sync_tasks
from regions.models import Region
from regions.queries.access import access_of

from ..enums.contracts import ContractStatus
from ..models import ChangeLine, ChangeRound, Contract
from ..rules.contracts import check_can_manage_contracts
from ..states import CHANGE_ROUND
from .bulk_changes import CHANGES
from .rounds import start_job, work_off

JOB_KIND = "procurement.changes"


@transaction.atomic
def prepare_changes(
    *,
    region: Region,
    kind: str,
    contracts: Iterable[Contract],
    values: dict[str, Any],
    reason: str,
    by: Any,
    effective_from: date | None = None,
) -> ChangeRound:
    """Work a round out: old and new per contract. No contract changes.

    `values` by kind: `last_day`; `manager` and `name`; `kind`, `title` and `text` of a clause;
    `product` (id) and `name`. A contract that does not run, or to which it does not apply, stays
    out, with the reason.
    """
    check_can_manage_contracts(by, region)
    run = ChangeRound.objects.create(
        region=region, kind=kind, values=values, reason=reason, made_by=by,
        effective_from=effective_from or clock.today(),
    )  # fmt: skip
    lines = [_line(run, contract) for contract in contracts]
    if not lines:
        raise DomainError("Kies eerst een of meer contracten.", code="niets-gekozen")
    ChangeLine.objects.bulk_create(lines)
    return run


def _line(run: ChangeRound, contract: Contract) -> ChangeLine:
    if contract.region_id != run.region_id:
        raise DomainError("Dit contract is van een andere regio.", code="andere-regio")
    told = CHANGES[run.kind].told(run, contract)
    skipped = told.skipped
    if contract.status not in ContractStatus.LIVE:
        skipped = f"loopt niet ({contract.get_status_display()})"
    return ChangeLine(
        round=run, contract=contract, was=told.was[:300], becomes=told.becomes[:300],
        before=told.before, skipped=skipped,
    )  # fmt: skip


def _take(run: ChangeRound, move: str, by: Any, reason: str = "") -> Step:
    roles = access_of(by).roles_in(run.region_id)
    sync_tasks(run.region_id)
    return take(run, CHANGE_ROUND, move, by=by, roles=roles, tenant_id=run.region_id, reason=reason)


def start_changing(*, run: ChangeRound, by: Any) -> Job:
    return start_job(
        run=run, table=CHANGE_ROUND, kind=JOB_KIND, title=f"{run} in contracten", by=by
    )


def work(job: RunningJob) -> dict[str, Any]:
    return work_off(job, model=ChangeRound, apply=apply_changes, doing="Contracten wijzigen")


@transaction.atomic
def apply_changes(*, run: ChangeRound, by: Any, reason: str = "") -> Step:
    """Apply a round: all contracts or none. One that changed since refuses the whole."""
    step = _take(run, "apply", by, reason)
    change = CHANGES[run.kind]
    for line in _lines(run):
        contract = line.contract
        now = change.told(run, contract)
        if contract.status not in ContractStatus.LIVE or (now.before, now.skipped) != (
            line.before,
            "",
        ):
            raise DomainError(
                f"Contract {contract.number} is veranderd sinds deze doorrekening. Laat haar "
                "vervallen en maak een nieuwe.",
                code="contract-veranderd",
            )
        line.made = _made(change, run, contract, by)
        line.save(update_fields=["made"])
    return step


def _lines(run: ChangeRound) -> list[ChangeLine]:
    contracts = Contract.objects.filter(pk__in=run.lines.values("contract"))
    list(contracts.select_for_update(of=("self",)).order_by("pk"))
    return list(run.lines.filter(skipped="").select_related("contract__region"))


def _made(change: Any, run: ChangeRound, contract: Contract, by: Any) -> dict[str, Any]:
    try:
        found: dict[str, Any] = change.make(run, contract, by)
    except ValidationError as error:
        raise DomainError(
            f"Contract {contract.number}: {' '.join(error.messages)}", code="wijziging-past-niet"
        ) from error
    except DomainError as error:
        raise DomainError(
            f"Contract {contract.number}: {error.message}", code=error.code
        ) from error
    return found


@transaction.atomic
def undo_changes(*, run: ChangeRound, by: Any, reason: str) -> Step:
    """Undo a round that is not yet confirmed: every contract as it was, or none."""
    step = _take(run, "undo", by, reason)
    change = CHANGES[run.kind]
    for line in _lines(run):
        if line.made and not change.undo(run, line.contract, line, by):
            raise DomainError(
                f"Contract {line.contract.number} is intussen op dit punt veranderd. Herstel dat "
                "eerst; daarna kunt u de wijziging terugdraaien.",
                code="contract-veranderd",
            )
    return step


@transaction.atomic
def move(*, run: ChangeRound, name: str, by: Any, reason: str = "") -> Step:
    """A move without effects of its own: confirm, drop."""
    return _take(run, name, by, reason)
