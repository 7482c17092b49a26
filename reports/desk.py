"""What reports add to shared pages."""

from typing import Any

from core.calendar.api import CalendarSource, register_calendar
from core.tasks.api import DeadlineSource, register_deadlines
from core.ui import HOME, NavItem, Panel, Place, register_nav, register_panel
from regions.desk import STEER

from .queries.calendar import calendar_deadlines, milestones_on, question_deadlines
from .queries.visible import editions_visible_to, without_older_versions

SHOWN_ON_HOME = 4


def newest_panel(place: Place, subject: Any) -> dict[str, Any] | None:
    """The newest editions that this user may read."""
    rows = without_older_versions(editions_visible_to(place.user).filter(region=place.tenant))
    newest = list(rows.order_by("-half_year", "kind", "municipality_name")[:SHOWN_ON_HOME])
    return {"editions": newest, "more": place.url("editions")} if newest else None


register_deadlines(
    DeadlineSource("reports.calendar", "Planning van de rapportages", calendar_deadlines)
)
register_deadlines(DeadlineSource("reports.questions", "Vragen van de raad", question_deadlines))
register_calendar(CalendarSource("reports", "Rapportages", milestones_on, order=15))
register_nav(NavItem("Rapportages", "editions", STEER, 40))
register_panel(Panel(HOME, "editions", "reports/panel_editions.html", newest_panel, order=25))
