"""The last step of the line from framework to clause: what the figures of a goal say."""

from typing import Any

from core.ui import Panel, Place, register_panel
from procurement.desk_slots import GOAL_LINE

from ..domain.change import NOTHING
from ..indicators import find
from ..presenters import Row
from ..queries.figures import figures_for, half_years_of
from ..queries.reading import Where, readings
from ..rules import can_see_figures


def figures_of_goal(place: Place, goal: Any) -> dict[str, Any] | None:
    """The indicators of a goal in the newest half-year, for the goal's own segment.

    Figures of another division into segments say nothing of this segment: then of the whole.
    """
    codes = [link.indicator.code for link in goal.indicators.select_related("indicator")]
    halves = half_years_of(place.tenant) if can_see_figures(place.user, place.tenant) else []
    figures = figures_for(place.tenant, halves[0]) if halves else None
    if not codes or figures is None:
        return None
    own = figures.now.scheme_id == goal.segment.scheme_id
    where = Where(segment=goal.segment.code) if own else Where()
    now = readings(place.user, figures.now, where, codes)
    before = readings(place.user, figures.before, where, codes) if figures.before else {}
    rows = [
        Row(indicator, now.get(code, NOTHING), before.get(code, NOTHING), NOTHING)
        for code in codes
        if (indicator := find(code)) is not None
    ]
    return {"rows": rows, "figures": figures, "own": own, "goal": goal, "region": place.tenant}


register_panel(Panel(GOAL_LINE, "figures", "monitoring/panel_goal.html", figures_of_goal))
