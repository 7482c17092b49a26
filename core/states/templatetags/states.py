from collections.abc import Collection
from typing import Any

from django import template

from ..api import steps_of
from ..models import Step
from ..table import Move, StateTable

register = template.Library()


@register.simple_tag
def moves_of(
    table: StateTable, obj: Any, roles: Collection[str], field: str = "state"
) -> list[Move]:
    """The moves that somebody with these roles can make now."""
    return table.moves_from(getattr(obj, field), roles)


@register.simple_tag
def state_after(table: StateTable, step: Step) -> str:
    """The state that a step led to, in words."""
    return table.label(step.target)


@register.inclusion_tag("states/steps.html")
def steps(table: StateTable, obj: Any) -> dict[str, Any]:
    """What happened to the object: every move with who, when and why."""
    known = {move.name: move.label for move in table.moves}
    rows = [
        {"step": s, "label": known.get(s.move, s.move), "target": table.label(s.target)}
        for s in steps_of(obj, table)
    ]
    return {"rows": rows}
