"""Sessions of interpretation: the list, and one session with everything that was said."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from core import clock
from regions.models import Region
from regions.queries.access import access_of

from ..enums.interpretation import SESSION, Perspective, SessionState
from ..models import InterpretationSession
from ..queries import judgements as seen
from ..queries.wanted import told_of_targets
from ..rules.steering import check_can_interpret, is_inside, roles_for

WAY = (SessionState.PREPARING, SessionState.READING, SessionState.JUDGING, SessionState.CONCLUDED)


def session_list(request: HttpRequest, region: Region) -> HttpResponse:
    check_can_interpret(request.user, region)
    rows = seen.sessions_visible_to(request.user).filter(region=region)
    open_tasks = seen.decisions_visible_to(request.user).filter(
        session__region=region, done_on__isnull=True
    )
    context = {
        "sessions": [_line(request.user, row) for row in rows],
        "decisions": open_tasks.order_by("due_on")[:30],
        "today": clock.today(),
    }
    return render(request, "monitoring/interpretations.html", context)


def _line(user: Any, session: InterpretationSession) -> dict[str, Any]:
    judged = seen.judgements_visible_to(user).filter(session=session).exclude(verdict="")
    counts: dict[tuple[str, str], int] = {}
    for row in judged:
        key = (str(row.get_verdict_display()), row.tone)
        counts[key] = counts.get(key, 0) + 1
    return {"session": session, "counts": [(*key, n) for key, n in counts.items()]}


def session_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    check_can_interpret(request.user, region)
    rows = seen.sessions_visible_to(request.user).filter(region=region)
    session = get_object_or_404(rows, pk=pk)
    judged = seen.judgements_visible_to(request.user).filter(session=session)
    readings = list(seen.readings_visible_to(request.user).filter(session=session))
    staff = access_of(request.user).is_staff_of(region.pk)
    figures = list(seen.table_of(request.user, session).select_related("goal"))
    context = {
        "session": session,
        "agreed": told_of_targets(session, figures),
        "table": SESSION,
        "way": [(state.label, state == session.state) for state in WAY],
        "moves": SESSION.moves_from(session.state, roles_for(request.user, session)),
        "figures": figures,
        "verdicts": {row.pk: row for row in judged},
        "perspectives": [
            (one, [row for row in readings if row.perspective == one]) for one in Perspective
        ],
        "providers": seen.provider_judgements_visible_to(request.user).filter(session=session),
        "decisions": seen.decisions_visible_to(request.user).filter(session=session),
        "inside": is_inside(request.user, region),
        "is_staff": staff,
        "shows_meaning": staff or session.is_concluded,
        "reading_now": session.state == SessionState.READING,
        "judging_now": session.state == SessionState.JUDGING,
        "today": clock.today(),
    }
    return render(request, "monitoring/interpretation.html", context)
