"""What tasks add to shared pages."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from core.calendar.api import Entry
from core.ui import AttentionItem, Hit, Place, Tone, best_first

from .models import Task
from .queries import due_within, of_person, overdue, visible_to

FEW = 5
AHEAD = 30


def my_tasks_panel(place: Place, subject: Any) -> dict[str, Any] | None:
    """What is late or comes within a month."""
    mine = of_person(place.user, place.tenant_id)
    late = overdue(mine)
    soon = due_within(mine, AHEAD)
    rows = list((late | soon).order_by("due", "pk")[: FEW + 1])
    if not rows:
        return None
    return {"region": place.tenant, "tasks": rows[:FEW], "more": len(rows) > FEW}


def late_tasks(place: Place) -> Iterable[AttentionItem]:
    late = list(overdue(of_person(place.user, place.tenant_id)).order_by("due")[: FEW + 1])
    if len(late) > FEW:
        address = f"{place.url('my-tasks')}?termijn=overdue"
        yield AttentionItem("Meer dan vijf taken zijn te laat.", address, Tone.BAD, late[0].due)
        return
    for task in late:
        yield AttentionItem(task.title, address_of(place, task), Tone.BAD, task.due, "Te laat.")


def address_of(place: Place, task: Task) -> str:
    return place.url("task", pk=task.pk)


def find_tasks(place: Place, words: str, limit: int) -> Iterable[Hit]:
    rows = visible_to(place.user).filter(tenant_id=place.tenant_id)
    for task in best_first(rows, words, ("title", "about"))[:limit]:
        note = task.get_state_display() if not task.is_open else f"uiterlijk {task.due:%d-%m-%Y}"
        yield Hit(task.title, address_of(place, task), note)


def my_terms(place: Place, start: date, last: date) -> Iterable[Entry]:
    """The open tasks of the user as days on the calendar."""
    mine = of_person(place.user, place.tenant_id).filter(due__gte=start, due__lte=last)
    for task in mine.order_by("due", "pk"):
        url = address_of(place, task)
        yield Entry(str(task.pk), task.due, task.title, url=url, about=task.about)
