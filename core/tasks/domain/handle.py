"""What people do with tasks."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.db import transaction

from core import clock
from core.errors import DomainError
from core.states.api import take

from .. import rules
from ..enums import TASK, WHO, TaskState
from ..models import EXPLICIT, Task
from ..registry import REMIND


@transaction.atomic
def add_task(
    *,
    tenant_id: int,
    title: str,
    due: date,
    by: Any,
    owner_id: int | None = None,
    team: str | None = None,
    url: str = "",
    about: str = "",
    party_id: int | None = None,
    remind_days: tuple[int, ...] = REMIND,
    note: str = "",
) -> Task:
    """Write down a task; without owner and team it is for `by`. Effects: one Task."""
    if owner_id is None and not team:
        owner_id = getattr(by, "pk", None)
    task = Task(
        tenant_id=tenant_id,
        source=EXPLICIT,
        key=uuid4().hex,
        title=title,
        about=about,
        due=due,
        owner_id=owner_id,
        owner_chosen=True,
        team=team or "",
        party_id=party_id,
        url=url,
        remind_days=list(remind_days),
        note=note,
        created_by=by,
    )
    task.full_clean()
    task.save()
    return task


@transaction.atomic
def finish_task(*, task: Task, by: Any, note: str = "") -> Task:
    """The task is done. Effects: state, moment, who; a Step."""
    return _move(task, "finish", by=by, note=note)


@transaction.atomic
def drop_task(*, task: Task, by: Any, reason: str) -> Task:
    """The task need not be done any more, and why."""
    return _move(task, "drop", by=by, note=reason)


@transaction.atomic
def reopen_task(*, task: Task, by: Any, reason: str) -> Task:
    return _move(task, "reopen", by=by, note=reason)


def _move(task: Task, move: str, *, by: Any, note: str, withdrawn: bool = False) -> Task:
    """Move, and write beside it who and when; `by` None is the system."""
    if by is not None:
        rules.check_can_handle(by, task)
    Task.objects.select_for_update().get(pk=task.pk)
    if move == "reopen":
        _write(task, done_at=None, done_by=None, withdrawn=False)
    roles = None if by is None else WHO
    take(task, TASK, move, by=by, roles=roles, tenant_id=task.tenant_id, reason=note)
    if move != "reopen":
        _write(task, done_at=clock.now(), done_by=by, withdrawn=withdrawn)
    if note:
        _write(task, note=note)
    return task


def _write(task: Task, **values: Any) -> None:
    for name, value in values.items():
        setattr(task, name, value)
    task.save(update_fields=list(values))


def withdraw(task: Task) -> None:
    """Its source no longer gives it."""
    _move(task, "drop", by=None, note="De termijn geldt niet meer.", withdrawn=True)


def bring_back(task: Task, why: str) -> None:
    _move(task, "reopen", by=None, note=why)


@transaction.atomic
def hand_over(*, task: Task, owner: Any, by: Any, note: str = "") -> Task:
    """Give a task to somebody else, or back to its team with `owner` None."""
    rules.check_can_handle(by, task)
    row = Task.objects.select_for_update().get(pk=task.pk)
    if not row.is_open:
        raise DomainError("Deze taak is al afgesloten.", code="taak-afgesloten")
    if owner is None and not row.team:
        raise DomainError(
            "Deze taak hoort bij geen team. Kies iemand die haar overneemt.",
            code="taak-zonder-team",
        )
    if owner is not None:
        rules.check_can_own(owner, row.team, row.tenant_id)
    row.owner, row.owner_chosen = owner, True
    row.note = note or row.note
    row.save(update_fields=["owner", "owner_chosen", "note"])
    return row


@transaction.atomic
def postpone(*, task: Task, due: date, reason: str, by: Any) -> Task:
    """Move the day of an explicit task, with a reason."""
    rules.check_can_handle(by, task)
    row = Task.objects.select_for_update().get(pk=task.pk)
    rules.check_can_postpone(row)
    if not reason.strip():
        raise DomainError("Geef een reden voor het uitstel.", code="reden-ontbreekt")
    if due <= row.due:
        raise DomainError(
            "Kies een dag na de huidige. Uitstellen is altijd naar later.", code="dag-niet-later"
        )
    row.due, row.note = due, reason.strip()
    row.save(update_fields=["due", "note"])
    return row


@transaction.atomic
def hand_over_all(*, tenant_id: int, old_owner: Any, new_owner: Any, by: Any) -> int:
    """All open tasks of somebody to somebody else, in one act; how many.

    For who leaves: also when the old owner has no role any more.
    """
    rules.check_can_hand_over_all(by, tenant_id)
    rules.check_can_own(new_owner, "", tenant_id)
    if old_owner.pk == new_owner.pk:
        raise DomainError("Kies een ander dan de huidige eigenaar.", code="zelfde-eigenaar")
    rows = Task.objects.select_for_update().filter(
        tenant_id=tenant_id, owner=old_owner, state=TaskState.OPEN
    )
    return rows.update(owner=new_owner, owner_chosen=True)
