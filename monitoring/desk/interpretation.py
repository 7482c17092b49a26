"""What sessions of interpretation add to shared pages."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from core.audit.registry import HistorySubject, register_history
from core.tasks.api import DeadlineSource, Due, register_deadlines
from core.ui import NavItem, Panel, Place, register_nav, register_panel
from regions.desk import STEER
from regions.enums import Role
from regions.queries.access import access_of
from segments.desk import SEGMENT_PAGE

from ..enums.interpretation import SessionState
from ..models import InterpretationSession, SteeringDecision
from ..queries import judgements as seen
from ..rules.steering import can_interpret, is_inside


def may_interpret(place: Place) -> bool:
    return can_interpret(place.user, place.tenant)


def newest_judgement(place: Place, segment: Any) -> dict[str, Any] | None:
    """What was last judged of a segment, for who may read it."""
    if not may_interpret(place):
        return None
    sessions = seen.sessions_visible_to(place.user).filter(
        segment=segment, state=SessionState.CONCLUDED
    )
    session = sessions.order_by("-half_year").first()
    if session is None:
        return None
    rows = seen.judgements_visible_to(place.user).filter(session=session)
    return {"region": place.tenant, "session": session, "judgements": list(rows)}


def session_days(tenant_id: int, until: date) -> Iterable[Due]:
    """The day of a session that still has to be read and judged."""
    rows = InterpretationSession.objects.filter(region=tenant_id, held_on__lte=until)
    waiting = rows.exclude(state=SessionState.CONCLUDED).select_related("region", "segment")
    for session in waiting:
        yield Due(
            key=str(session.pk),
            day=session.held_on or until,
            title=f"Samen duiden: {session}"[:300],
            url=_url(session),
            team=Role.POLICY_OFFICER,
            remind_days=(14, 1),
        )


def decision_days(tenant_id: int, until: date) -> Iterable[Due]:
    """What was decided and is not done yet."""
    rows = SteeringDecision.objects.filter(
        session__region=tenant_id, done_on__isnull=True, due_on__lte=until
    )
    for row in rows.select_related("session__region", "session__segment"):
        yield Due(
            key=str(row.pk),
            day=row.due_on,
            title=row.what[:160],
            url=_url(row.session),
            owner_id=row.owner_id,
            team=None if row.owner_id else row.team,
            about=f"Sturingsbesluit bij {row.session}: {row.who}"[:200],
            remind_days=(14, 1),
        )


def _url(session: InterpretationSession) -> str:
    return reverse("interpretation", args=[session.region.slug, session.pk])


register_deadlines(DeadlineSource("monitoring.session", "Samen duiden", session_days))
register_deadlines(DeadlineSource("monitoring.steering", "Sturingsbesluit", decision_days))
register_nav(
    NavItem("Verwijsgids", "guide", STEER, 45, lambda place: is_inside(place.user, place.tenant))
)
register_nav(NavItem("Duiding", "interpretations", STEER, 25, may_interpret))
register_panel(
    Panel(SEGMENT_PAGE, "judgement", "monitoring/panel_judgement.html", newest_judgement, 20)
)
register_history(
    HistorySubject(
        "duiding",
        "Duiding",
        lambda user, tenant_id: seen.sessions_visible_to(user).filter(
            region__in=access_of(user).staff_region_ids & {tenant_id}
        ),
        lambda place, session: place.url("interpretation", pk=session.pk),
    )
)
