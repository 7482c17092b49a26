"""What development tables add to shared pages."""

from typing import Any

from core import clock
from core.tasks.api import DeadlineSource, register_deadlines
from core.ui import Panel, Place, register_panel

from ..desk_slots import PLAN_PAGE
from ..queries import deadlines, tables


def tables_of_plan(place: Place, plan: Any) -> dict[str, Any] | None:
    """The development tables out of which a plan came, with what they settled and promised."""
    rows = tables.tables_visible_to(place.user).filter(plan=plan)
    found = rows.prefetch_related("issues__section", "commitments__owner")
    if not found:
        return None
    return {"region": place.tenant, "plan": plan, "tables": found, "today": clock.today()}


register_panel(Panel(PLAN_PAGE, "tables", "procurement/panel_plan_tables.html", tables_of_plan, 20))
for _code, _label, _find in (
    ("commitments", "Toezegging aan een ontwikkeltafel", deadlines.commitments_until),
    ("tables", "Bijeenkomst van een ontwikkeltafel", deadlines.table_meetings_until),
    ("reports", "Verslag van een ontwikkeltafel", deadlines.table_reports_until),
):
    register_deadlines(DeadlineSource(f"procurement.{_code}", _label, _find))
