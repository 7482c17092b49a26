"""Terms of every source become tasks, move when their date moves, close when they are gone."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import structlog
from django.db import connection, transaction

from core import clock
from core.jobs.api import enqueue

from ..enums import TaskState
from ..models import Task
from ..registry import DeadlineSource, Due, deadline_sources, organisation
from .handle import bring_back, withdraw

log = structlog.get_logger()

SYNC = "tasks.sync"
# How far ahead tasks are made.
AHEAD = timedelta(days=400)
MOVED = ("title", "about", "due", "owner_id", "team", "party_id", "url", "remind_days")


@dataclass
class Synced:
    """What one round did."""

    added: int = 0
    changed: int = 0
    closed: int = 0
    reopened: int = 0
    failed: tuple[str, ...] = ()


def sync_now(*, tenant_id: int) -> Synced:
    """Bring the tasks of one tenant in line with all sources, at once.

    What would be of somebody who no longer works here goes to the team. A source that fails leaves
    its tasks as they were; the others go on.
    """
    done = Synced()
    here = frozenset(person.pk for person, _ in organisation().people(tenant_id))
    for source in deadline_sources():
        try:
            with transaction.atomic():
                _sync_source(source, tenant_id, here, done)
        except Exception as error:  # noqa: BLE001 -- one faulty source must not stop the rest
            done.failed = (*done.failed, source.code)
            log.error("tasks_source_failed", source=source.code, error=type(error).__name__)
    return done


def _sync_source(
    source: DeadlineSource, tenant_id: int, here: frozenset[int], done: Synced
) -> None:
    _one_at_a_time(tenant_id)
    until = clock.today() + AHEAD
    wanted = {due.key: due for due in source.find(tenant_id, until) if due.day <= until}
    rows = Task.objects.filter(tenant_id=tenant_id, source=source.code)
    known = {task.key: task for task in rows}
    fresh = [_dated(source, due, clock.today()) for key, due in wanted.items() if key not in known]
    new = [_task(source, tenant_id, _owned(due, here)) for due in fresh]
    Task.objects.bulk_create(new)
    done.added += len(new)
    for key, task in known.items():
        if key in wanted:
            due = _dated(source, wanted[key], clock.day_of(task.created_at))
            _follow(task, _owned(due, here), here, done)
        elif task.is_open:
            withdraw(task)
            done.closed += 1


def _owned(due: Due, here: frozenset[int]) -> Due:
    return due if due.owner_id in here or not due.team else replace(due, owner_id=None)


def _dated(source: DeadlineSource, due: Due, first_seen: date) -> Due:
    return replace(due, day=source.day_of(due.day, first_seen))


def _one_at_a_time(tenant_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('tasks.sync'), %s)", [tenant_id])


def _task(source: DeadlineSource, tenant_id: int, due: Due) -> Task:
    return Task(tenant_id=tenant_id, source=source.code, key=due.key, **_values(due))


def _values(due: Due) -> dict[str, Any]:
    if due.owner_id is None and not due.team:
        raise ValueError(f"term {due.key!r} is nobody's")
    return {
        "title": due.title[:300],
        "about": due.about[:200],
        "due": due.day,
        "owner_id": due.owner_id,
        "team": due.team or "",
        "party_id": due.party_id,
        "url": due.url,
        "remind_days": sorted(due.remind_days, reverse=True),
    }


def _follow(task: Task, due: Due, here: frozenset[int], done: Synced) -> None:
    """A task takes over what its source says; a closed one opens when its date moved."""
    values = _values(due)
    if task.owner_chosen and (task.owner_id in here or not due.team):
        del values["owner_id"]
    moved = task.due != due.day
    changed = [name for name, value in values.items() if getattr(task, name) != value]
    if changed:
        for name in changed:
            setattr(task, name, values[name])
        task.save(update_fields=changed)
        done.changed += 1
    if task.state != TaskState.OPEN and (moved or task.withdrawn):
        why = "De termijn is verplaatst." if moved else "De termijn geldt weer."
        bring_back(task, why)
        done.reopened += 1


class _Ring:
    """Rings for one tenant once per transaction, however many changes ask for it."""

    def __init__(self, tenant_id: int) -> None:
        self.tenant_id = tenant_id

    def __call__(self) -> None:
        from ..tasks import sync_tenant  # noqa: PLC0415 -- tasks imports this module

        try:
            sync_tenant.delay(self.tenant_id)
        except (OSError, sync_tenant.OperationalError) as error:
            log.warning("tasks_bell_not_heard", error=type(error).__name__)


def sync_tasks(tenant_id: int) -> None:
    """Ask for a round after this transaction; a bell that is not heard waits for the morning."""
    waiting = [entry[1] for entry in connection.run_on_commit]
    if not any(isinstance(w, _Ring) and w.tenant_id == tenant_id for w in waiting):
        transaction.on_commit(_Ring(tenant_id))


def ask_for_all() -> int:
    """A job per tenant; how many."""
    tenants = list(organisation().tenants())
    for tenant in tenants:
        enqueue(kind=SYNC, title="Termijnen bijwerken", tenant_id=int(tenant.pk))
    return len(tenants)
