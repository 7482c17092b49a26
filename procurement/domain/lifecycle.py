"""The life of a contract: offered, agreed, suspended, given notice, ended."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from core import clock
from core.errors import DomainError
from core.formats import date_long
from core.states.api import take
from core.states.models import Step
from core.tasks.api import sync_tasks

from ..enums.contracts import ContractStatus, VersionKind
from ..enums.voting import VoteSubject
from ..models import Ballot, Contract
from ..rules.contracts import roles_about
from ..states import CONTRACT
from .contracts import check_terms
from .heads import add_version, keep_original
from .leaving import check_may_leave
from .terms import earliest_last_day, notice_by


@dataclass(frozen=True)
class Notice:
    """Notice of a contract: given on a day, for a last day. `agreed`: both parties want it so.

    `by_provider`: the provider gave it, so that no vote of the region is asked.
    """

    given_on: date
    last_day: date
    agreed: bool = False
    by_provider: bool = False


def _take(
    contract: Contract, move: str, by: Any, reason: str = "", *, system: bool = False
) -> Step:
    roles = None if system else roles_about(by, contract)
    sync_tasks(contract.region_id)
    return take(
        contract, CONTRACT, move, by=by, roles=roles, tenant_id=contract.region_id, reason=reason,
        field="status",
    )  # fmt: skip


@transaction.atomic
def offer(*, contract: Contract, by: Any, reason: str = "") -> Step:
    """Offer a draft to the provider. Effects: its term is checked, its state moves."""
    check_terms(contract)
    return _take(contract, "offer", by, reason)


@transaction.atomic
def accept(*, contract: Contract, by: Any, reason: str = "") -> Step:
    """Write down that both sides agree. Effects: the state moves; version 0 is kept."""
    step = _take(contract, "accept", by, reason)
    keep_original(contract, by)
    return step


@transaction.atomic
def move(*, contract: Contract, name: str, by: Any, reason: str = "") -> Step:
    """A move without effects of its own: take back, decline, suspend, resume."""
    return _take(contract, name, by, reason)


@transaction.atomic
def give_notice(
    *,
    contract: Contract,
    notice: Notice,
    by: Any,
    reason: str,
    system: bool = False,
    ballot: Ballot | None = None,
) -> Step:
    """Give notice. Effects: the state moves, the contract ends on the given last day (or earlier,
    when it ends by itself before), and a version tells so from the day of the notice on.

    Where the colleges vote on this, `ballot` is the vote that was won.
    """
    step = _take(contract, "give_notice", by, reason, system=system)
    if not (system or notice.by_provider):
        check_may_leave(contract, subject=VoteSubject.PROVIDER, ballot=ballot)
    if not notice.agreed:
        _check_notice_in_time(contract, notice)
    keep_original(contract, by)
    end = notice.last_day + timedelta(days=1)
    if end <= contract.start_date or notice.last_day < notice.given_on:
        raise DomainError(
            "De laatste dag ligt voor het begin van het contract of voor de dag van de opzegging. "
            "Kies een latere laatste dag.",
            code="einde-te-vroeg",
        )
    if contract.end_date is None or end < contract.end_date:
        _set_end(contract, end)
    add_version(contract, VersionKind.NOTICE, notice.given_on, by, reason)
    return step


def _check_notice_in_time(contract: Contract, notice: Notice) -> None:
    term = contract.notice
    if term is None:
        return
    if notice_by(notice.last_day + timedelta(days=1), *term) < notice.given_on:
        first = earliest_last_day(notice.given_on, *term)
        raise DomainError(
            f"De opzegtermijn is {contract.notice_in_words}. Bij opzegging op "
            f"{date_long(notice.given_on)} is de laatste dag op zijn vroegst {date_long(first)}. "
            "Kies een latere laatste dag, of leg vast dat beide partijen het eens zijn.",
            code="opzegtermijn-te-kort",
        )


@transaction.atomic
def withdraw_notice(*, contract: Contract, by: Any, reason: str) -> Step:
    """Take notice back. Effects: the state moves and the end of before the notice returns."""
    step = _take(contract, "withdraw_notice", by, reason)
    given = contract.versions.filter(kind=VersionKind.NOTICE).order_by("-number").first()
    before = given and contract.versions.filter(number__lt=given.number).order_by("-number").first()
    if before:
        end = before.head["end_date"]
        _set_end(contract, date.fromisoformat(end) if end else None)
        add_version(contract, VersionKind.NOTICE, clock.today(), by, "Opzegging ingetrokken")
    return step


@transaction.atomic
def dissolve(
    *, contract: Contract, last_day: date, by: Any, reason: str, ballot: Ballot | None = None
) -> Step:
    """Dissolve a contract. Effects: the state moves; it ends after the given last day.

    Where the colleges vote on this, `ballot` is the vote that was won.
    """
    step = _take(contract, "dissolve", by, reason)
    check_may_leave(contract, subject=VoteSubject.PROVIDER, ballot=ballot)
    keep_original(contract, by)
    end = max(last_day + timedelta(days=1), contract.start_date + timedelta(days=1))
    if contract.end_date is None or end < contract.end_date:
        _set_end(contract, end)
    add_version(contract, VersionKind.NOTICE, clock.today(), by, reason)
    return step


def _set_end(contract: Contract, end: date | None) -> None:
    contract.end_date = end
    contract.save(update_fields=["end_date"])


@transaction.atomic
def close_ended(*, today: date) -> int:
    """Move contracts whose last day has passed to their final state; returns how many."""
    ended = Contract.objects.filter(end_date__lte=today, status__in=ContractStatus.LIVE)
    closing = list(ended.order_by("pk"))
    for contract in closing:
        name = "end_notice" if contract.status == ContractStatus.NOTICE else "expire"
        _take(contract, name, None, system=True)
    return len(closing)
