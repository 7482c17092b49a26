"""The lists of tasks: what they are sorted by, their files, and what is done with many at once."""

from typing import Any

from core.formats import date_long
from core.ui.bulk import BulkAction
from core.ui.registers import Field, Register

from .domain import handle
from .forms import HandOver, Postpone
from .registry import role_label, source_label


def _for_request(request: Any) -> dict[str, Any]:
    return {"user": request.user, "tenant_id": request.place.tenant_id}


def _finish(task: Any, request: Any, values: dict[str, Any]) -> str:
    handle.finish_task(task=task, by=request.user)
    return "wordt afgerond"


def _hand_over(task: Any, request: Any, values: dict[str, Any]) -> str:
    handle.hand_over(task=task, owner=values["owner"], by=request.user, note=values["note"])
    return f"gaat naar {values['owner']}"


def _postpone(task: Any, request: Any, values: dict[str, Any]) -> str:
    old = task.due
    handle.postpone(task=task, due=values["due"], reason=values["reason"], by=request.user)
    return f"van {date_long(old)} naar {date_long(values['due'])}"


ACTIONS = (
    BulkAction("finish", "Afronden", _finish),
    BulkAction("hand-over", "Overdragen", _hand_over, HandOver, _for_request),
    BulkAction("postpone", "Uitstellen", _postpone, Postpone),
)
SORTING = {"termijn": "due", "taak": "title", "onderwerp": "about", "wie": "owner__name"}
FIELDS = (
    Field("Taak", "title", width=60),
    Field("Onderwerp", "about", width=30),
    Field("Uiterlijk op", "due"),
    Field("Te laat", "is_overdue", "Open, en de dag is voorbij."),
    Field("Wie", "owner.name", "Leeg: iemand van het team.", width=25),
    Field("Team", lambda task: role_label(task.team) if task.team else ""),
    Field("Soort", lambda task: source_label(task.source)),
    Field("Stand", "get_state_display"),
    Field("Afgerond op", "done_at"),
    Field("Toelichting", "note", width=40),
)
MY_TASKS = Register("my-tasks", "Mijn taken", SORTING, "termijn", FIELDS, ACTIONS)
TEAM_TASKS = Register("team-tasks", "Taken van het team", SORTING, "termijn", FIELDS, ACTIONS)
