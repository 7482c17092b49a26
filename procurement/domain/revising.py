"""Revisions (herzieningen): drafted as a list of changes, offered, accepted or refused.

What a revision changes is written down as the fields of parts (`procurement.domain.parts`); only
acceptance touches the contract: rows that change end on the day it takes effect, others begin.
"""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import capfirst

from core import clock
from core.errors import DomainError
from core.formats import date_long
from core.periods import add_months
from core.states.api import take
from core.states.models import Step
from core.tasks.api import sync_tasks

from ..enums.contracts import (
    ChangeAction,
    ContractStatus,
    RefusalEffect,
    RevisionState,
    VersionKind,
)
from ..models import (
    Ballot,
    Contract,
    ContractRevision,
    Obligation,
    RevisionChange,
    Tariff,
)
from ..rules.contracts import check_can_manage_contracts, roles_about
from ..states import REVISION
from .contracts import check_terms, phases_checked
from .heads import HEAD_FIELDS, HEAD_LISTS, add_version, keep_original
from .leaving import check_products_stay
from .lifecycle import Notice, give_notice
from .parts import HEAD, PARTS, plain_value

# Contract standard art. 1.4: a change takes effect within six calendar months.
WITHIN_MONTHS = 6


@transaction.atomic
def keep_revision(*, revision: ContractRevision, by: Any) -> ContractRevision:
    """Add or change a revision that is still a draft. Numbers follow each other per contract."""
    check_can_manage_contracts(by, revision.contract.region)
    if revision.pk is None:
        _check_running(revision.contract)
        Contract.objects.select_for_update().get(pk=revision.contract_id)
        latest = revision.contract.revisions.aggregate(latest=Max("number"))["latest"] or 0
        revision.number = latest + 1
    _check_draft(revision)
    revision.full_clean()
    revision.save()
    sync_tasks(revision.contract.region_id)
    return revision


def _check_running(contract: Contract) -> None:
    if contract.status not in ContractStatus.LIVE:
        raise DomainError(
            f"Contract {contract.number} loopt niet ({contract.get_status_display()}). Alleen een "
            "lopend contract kan worden herzien; een concept past u direct aan.",
            code="contract-loopt-niet",
        )


def _check_draft(revision: ContractRevision) -> None:
    if revision.state != RevisionState.DRAFT:
        raise DomainError(
            f"De herziening is {revision.get_state_display()}; de inhoud ligt vast. Maak zo nodig "
            "een nieuwe herziening.",
            code="herziening-ligt-vast",
        )


@transaction.atomic
def add_change(
    *,
    revision: ContractRevision,
    part: str,
    action: str,
    by: Any,
    target: Any = None,
    values: dict[str, Any] | None = None,
) -> RevisionChange:
    """Write a change into a draft: `values` are the new fields, `target` the row that changes.

    A second change of the same row replaces the first. What stands there now is read afresh: a form
    has already written into the row that it was given.
    """
    check_can_manage_contracts(by, revision.contract.region)
    _check_draft(revision)
    if part == HEAD:
        label, before = "Contract", _head_values(Contract.objects.get(pk=revision.contract_id))
        values = {k: v for k, v in (values or {}).items() if v != before.get(k)}
        before = {name: before.get(name) for name in values}
        revision.changes.filter(part=HEAD).delete()
    else:
        label, before = _label_and_before(revision, part, target, values or {})
        if target is not None:
            revision.changes.filter(part=part, target=target.pk).delete()
    if action == ChangeAction.CHANGE and (values or {}) == before:
        raise DomainError(
            "Dit staat al zo in het contract. Vul in wat er anders wordt.", code="niets-veranderd"
        )
    return RevisionChange.objects.create(
        revision=revision,
        part=part,
        action=action,
        target=target.pk if target is not None and part != HEAD else None,
        label=label[:300],
        values={} if action == ChangeAction.END else values,
        before=before,
    )


def put_drafted(*, revision: ContractRevision, part: str, row: Any) -> dict[str, Any]:
    """Write into `row`, unsaved, what the revision already says of it, so that a second look goes
    on from there. Returns the lists of the head, which belong to a row that is saved."""
    drafted = revision.changes.filter(part=part, target=None if part == HEAD else row.pk).last()
    if drafted is None or (part != HEAD and row.pk is None):
        return {}
    if part != HEAD:
        PARTS[part].put(row, drafted.values)
        return {}
    _put_head(row, drafted.values)
    return {name: value for name, value in drafted.values.items() if name in HEAD_LISTS}


def _label_and_before(
    revision: ContractRevision, part: str, target: Any, values: dict[str, Any]
) -> tuple[str, dict[str, Any]]:
    kind = PARTS[part]
    if target is not None:
        stored = kind.rows(revision.contract).get(pk=target.pk)
        return kind.title(stored), kind.values(stored)
    row = kind.new(revision.contract)
    kind.put(row, values)
    return kind.title(row), {}


def _head_values(contract: Contract) -> dict[str, Any]:
    return {name: plain_value(contract, name) for name in (*HEAD_FIELDS, *HEAD_LISTS)}


@transaction.atomic
def remove_change(*, change: RevisionChange, by: Any) -> None:
    check_can_manage_contracts(by, change.revision.contract.region)
    _check_draft(change.revision)
    change.delete()


@transaction.atomic
def offer_revision(
    *, revision: ContractRevision, by: Any, reason: str = "", ballot: Ballot | None = None
) -> Step:
    """Offer a revision to the provider. Effects: state; without a last day for the answer, the day
    on which it takes effect is that day.

    What takes a product out or shortens the contract needs, where the colleges vote on it, the
    `ballot` that was won.
    """
    if not revision.changes.exists():
        raise DomainError(
            "Deze herziening verandert niets. Voeg eerst een wijziging toe.",
            code="herziening-leeg",
        )
    check_products_stay(revision.contract, revision.changes.all(), ballot)
    limit = add_months(clock.today(), WITHIN_MONTHS)
    if revision.effective_from > limit and not revision.answer_before:
        raise DomainError(
            f"De wijziging gaat pas na {date_long(limit)} in. De contractstandaard (artikel 1.4) "
            "houdt zes maanden aan; noem dan een uiterste dag voor het antwoord.",
            code="antwoorddag-ontbreekt",
        )
    if revision.answer_before is None:
        revision.answer_before = revision.effective_from
        revision.save(update_fields=["answer_before"])
    return _take(revision, "offer", by, reason)


@transaction.atomic
def move(*, revision: ContractRevision, name: str, by: Any, reason: str = "") -> Step:
    """A move without effects of its own: withdraw."""
    return _take(revision, name, by, reason)


@transaction.atomic
def accept_revision(
    *, revision: ContractRevision, by: Any, answered_on: date | None = None, reason: str = ""
) -> Step:
    """The provider agrees.

    Effects: state; every change is made as from `effective_from`; a version of the head. What no
    longer fits (a row that ended meanwhile, a gap between phases) refuses the whole.
    """
    step = _answer(revision, "accept", by, answered_on, reason)
    contract = Contract.objects.select_for_update().get(pk=revision.contract_id)
    keep_original(contract, by)
    with phases_checked():
        _apply(contract, list(revision.changes.all()), revision.effective_from)
    _check_phases_within(contract, revision.effective_from)
    add_version(
        contract, VersionKind.REVISION, revision.effective_from, by, capfirst(str(revision)),
        revision=revision,
    )  # fmt: skip
    return step


@transaction.atomic
def refuse_revision(
    *, revision: ContractRevision, by: Any, reason: str, answered_on: date | None = None
) -> Step:
    """The provider does not agree.

    Effects: state; when refusal counts as notice (contract standard art. 1.4) the contract is given
    notice and ends on the day before the change would have begun.
    """
    step = _answer(revision, "refuse", by, answered_on, reason)
    if revision.on_refusal == RefusalEffect.NOTICE:
        day = answered_on or clock.today()
        last_day = max(revision.effective_from - timedelta(days=1), day)
        give_notice(
            contract=Contract.objects.get(pk=revision.contract_id),
            notice=Notice(given_on=day, last_day=last_day, agreed=True),
            by=by,
            reason=f"Herziening {revision.number} is geweigerd; dat geldt als opzegging.",
            system=True,
        )
    return step


def _answer(
    revision: ContractRevision, move: str, by: Any, answered_on: date | None, reason: str
) -> Step:
    day = answered_on or clock.today()
    ContractRevision.objects.filter(pk=revision.pk, state="offered").update(answered_on=day)
    return _take(revision, move, by, reason)


def _take(revision: ContractRevision, move: str, by: Any, reason: str) -> Step:
    roles = roles_about(by, revision.contract)
    tenant_id = revision.contract.region_id
    sync_tasks(tenant_id)
    return take(revision, REVISION, move, by=by, roles=roles, tenant_id=tenant_id, reason=reason)


def _apply(contract: Contract, changes: list[RevisionChange], day: date) -> None:
    """Make all changes: first what stood there ends, then what comes begins."""
    beginning = []
    for change in changes:
        if change.part == HEAD:
            _change_head(contract, change.values)
        elif (row := _successor(contract, change, day)) is not None:
            beginning.append((row, change))
    for row, change in beginning:
        _save(row, change)


def _successor(contract: Contract, change: RevisionChange, day: date) -> Any:
    """End the row that changes; the unsaved row that comes in its place, None when none does."""
    kind = PARTS[change.part]
    row, until = kind.new(contract), None
    if change.target is not None:
        old = kind.rows(contract).filter(pk=change.target).first()
        if old is None or (old.valid_to and old.valid_to <= day):
            raise DomainError(
                f"‘{change.label}’ staat niet meer in het contract. Trek de herziening in en maak "
                "een nieuwe.",
                code="onderdeel-vervallen",
            )
        until = old.valid_to
        row = _close(old, day, kind.values(old), kind)
    if change.action == ChangeAction.END:
        return None
    kind.put(row, change.values)
    row.valid_from, row.valid_to = day, until
    return row


def _close(old: Any, day: date, values: dict[str, Any], kind: Any) -> Any:
    """End a row on the day, or take it away when it has not begun; returns an unsaved successor."""
    successor = kind.new(old.contract)
    kind.put(successor, values)
    if isinstance(old, Obligation):
        successor.state, successor.proof = old.state, old.proof
    if isinstance(old, Tariff):
        successor.fictitious, successor.lot_id = old.fictitious, old.lot_id
    if old.valid_from and old.valid_from >= day:
        old.delete()
    else:
        old.valid_to = day
        old.save(update_fields=["valid_to"])
    return successor


def _save(row: Any, change: RevisionChange) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        raise DomainError(
            f"‘{change.label}’ past niet: {' '.join(error.messages)}", code="wijziging-past-niet"
        ) from error
    row.save()


def _change_head(contract: Contract, values: dict[str, Any]) -> None:
    _put_head(contract, values)
    contract.full_clean()
    check_terms(contract)
    contract.save()
    for name in HEAD_LISTS:
        if name in values:
            getattr(contract, name).set(values[name])


def _put_head(contract: Contract, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if name not in HEAD_LISTS:
            setattr(contract, name, Contract._meta.get_field(name).to_python(value))  # type: ignore[union-attr]


def _check_phases_within(contract: Contract, day: date) -> None:
    last = PARTS["fase"].rows_on(contract, day).order_by("-end_date").first()
    if last and contract.end_date and last.end_date > contract.end_date:
        raise DomainError(
            "De fasen lopen langer door dan het contract. Pas in de herziening ook de fasen aan.",
            code="fase-buiten-looptijd",
        )
