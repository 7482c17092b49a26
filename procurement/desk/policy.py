"""What plans, decisions and consultation add to shared pages."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from core.audit.registry import HistorySubject, register_history
from core.calendar.api import CALENDAR_PAGE, CalendarSource, register_calendar
from core.tasks.api import DeadlineSource, register_deadlines
from core.ui import (
    HOME,
    AttentionItem,
    Hit,
    NavItem,
    NavSection,
    Panel,
    Place,
    SearchSource,
    register_attention,
    register_nav,
    register_panel,
    register_passages,
    register_search,
    register_section,
)
from core.ui.prose import without_marks
from regions.desk import BUY
from segments.desk import SCHEME_PAGE, SEGMENT_PAGE
from segments.queries.beside import register_topics

from ..desk_slots import CONTRACT_PAGE
from ..enums.choices import ProcedureState
from ..enums.policy import ConsultationState, PlanKind, PlanState, QuestionState
from ..models import PlanSection
from ..queries import choices, deadlines, planning
from ..queries import plans as seen
from ..queries.line import Line, clauses_of
from ..queries.passages import passages
from ..rules.policy import can_edit_policy

DECIDE = "besluiten"
SHOWN_ON_HOME = 5

register_section(NavSection(DECIDE, "Kaders en besluiten", 15))
register_nav(
    NavItem("Plannen", "plans", DECIDE, 10),
    NavItem("Van kader naar contract", "line", DECIDE, 20),
    NavItem("Kaders", "frameworks", DECIDE, 30),
    NavItem("Raden en besluiten", "decisions", DECIDE, 40),
    NavItem("Vragen en wensen", "council-questions", DECIDE, 50),
    NavItem("Consultaties", "consultations", DECIDE, 60),
    NavItem("Bijeenkomsten", "meetings", DECIDE, 70),
    NavItem("Procedures", "procedures", BUY, 20),
    NavItem("Ontwikkeltafels", "tables", BUY, 25),
)


def find_plans(place: Place, words: str, limit: int) -> Iterable[Hit]:
    """Plans by title, then chapters by what is in them."""
    plans = seen.plans_of(place.tenant, place.user)
    for plan in plans.filter(title__unaccent__icontains=words)[:limit]:
        yield Hit(str(plan), place.url("plan", pk=plan.pk), plan.get_kind_display())
    sections = seen.sections_visible_to(place.user).filter(document__region=place.tenant_id)
    matching = Q(title__unaccent__icontains=words) | Q(text__unaccent__icontains=words)
    for section in sections.filter(matching)[:limit]:
        yield Hit(str(section), _chapter(place, section), _around(section, words))


def _chapter(place: Place, section: PlanSection) -> str:
    return f"{place.url('plan', pk=section.document_id)}#hoofdstuk-{section.pk}"


def _around(section: PlanSection, words: str) -> str:
    """The title of the plan and some words around what was found."""
    text = " ".join(without_marks(section.text).split())
    at = text.lower().find(words.lower())
    if at < 0:
        return section.document.title
    start = max(0, at - 40)
    return f"{section.document.title}: …{text[start : at + len(words) + 60]}…"


def find_questions(place: Place, words: str, limit: int) -> Iterable[Hit]:
    rows = seen.questions_visible_to(place.user).filter(region=place.tenant_id)
    matching = Q(text__unaccent__icontains=words) | Q(answer__unaccent__icontains=words)
    for q in rows.filter(matching)[:limit]:
        url = f"{place.url('council-questions')}?zoek={words}"
        yield Hit(q.text[:120], url, f"{q.theme}, {q.municipality or q.speaker}")


def find_remarks(place: Place, words: str, limit: int) -> Iterable[Hit]:
    rows = seen.remarks_visible_to(place.user)
    rows = rows.filter(consultation__plan__region=place.tenant_id)
    matching = Q(remark__unaccent__icontains=words) | Q(response__unaccent__icontains=words)
    matching |= Q(partner__name__unaccent__icontains=words)
    for remark in rows.filter(matching).select_related("consultation")[:limit]:
        url = f"{place.url('consultation', pk=remark.consultation_id)}?zoek={words}"
        yield Hit(f"{remark}: {remark.remark[:90]}", url, remark.consultation.title)


def find_meetings(place: Place, words: str, limit: int) -> Iterable[Hit]:
    rows = seen.meetings_visible_to(place.user).filter(region=place.tenant_id)
    matching = Q(title__unaccent__icontains=words) | Q(report__unaccent__icontains=words)
    matching |= Q(themes__title__unaccent__icontains=words)
    matching |= Q(themes__text__unaccent__icontains=words)
    for meeting in rows.filter(matching).distinct()[:limit]:
        yield Hit(meeting.title, place.url("meeting", pk=meeting.pk), f"{meeting.held_on:%d-%m-%Y}")


def plans_panel(place: Place, subject: Any) -> dict[str, Any] | None:
    """What is being decided now, and what was adopted last."""
    plans = seen.plans_of(place.tenant, place.user)
    moving = plans.filter(state__in=(PlanState.CONSULTED, PlanState.PROPOSED))[:SHOWN_ON_HOME]
    adopted = plans.filter(state=PlanState.ADOPTED).exclude(kind=PlanKind.LOCAL)[:SHOWN_ON_HOME]
    if not moving and not adopted:
        return None
    return {"region": place.tenant, "moving": list(moving), "adopted": list(adopted)}


def plans_of_scheme(place: Place, scheme: Any) -> dict[str, Any] | None:
    plans = seen.plans_of(place.tenant, place.user).filter(scheme=scheme)
    rows = sorted(plans, key=lambda plan: PlanKind(plan.kind).rank)
    return {"region": place.tenant, "plans": rows, "scheme": scheme}


def line_of_segment(place: Place, segment: Any) -> dict[str, Any]:
    """Each goal with the way to its line."""
    goals = segment.goals.filter(parent=None)
    return {"region": place.tenant, "goals": goals}


def line_of_contract(place: Place, contract: Any) -> dict[str, Any] | None:
    """Where a contract comes from: goals of its segments and the clauses that secure them."""
    line = Line.of(place.tenant, place.user)
    goals = seen.goals_visible_to(place.user).filter(segment__in=contract.segments.all())
    rows = [(g, clauses_of(line.below(g)), line.above(g)) for g in goals.filter(parent=None)]
    shown = [row for row in rows if row[1] or row[2]]
    return {"region": place.tenant, "rows": shown} if shown else None


def what_waits(place: Place) -> Iterable[AttentionItem]:
    """For who keeps plans: open questions of councils, remarks without an answer."""
    if not can_edit_policy(place.user, place.tenant):
        return
    rows = seen.questions_visible_to(place.user).filter(region=place.tenant_id)
    asked = rows.filter(state=QuestionState.RAISED).count()
    if asked:
        yield AttentionItem(
            f"{asked} vragen en wensen van raden zijn nog niet beantwoord.",
            f"{place.url('council-questions')}?stand=raised",
        )
    closed = seen.consultations_visible_to(place.user).filter(
        plan__region=place.tenant_id, state=ConsultationState.CLOSED
    )
    for consultation in closed:
        left = consultation.remarks.filter(disposition="").count()
        if left:
            yield AttentionItem(
                f"{consultation}: {left} opmerkingen zonder afhandeling.",
                f"{place.url('consultation', pk=consultation.pk)}?afhandeling=geen",
            )


def planning_panel(place: Place, subject: Any) -> dict[str, Any] | None:
    """The planning of every procedure that still runs, in one drawing."""
    rows = choices.procedures_visible_to(place.user).filter(region=place.tenant_id)
    running = list(rows.filter(state__in=ProcedureState.OPEN).order_by("name"))
    steps = [
        step
        for procedure in running
        for step in procedure.steps.prefetch_related("after").select_related("procedure")
    ]
    wrong = [(p, planning.warnings_of(p, [s for s in steps if s.procedure == p])) for p in running]
    for step in steps:
        step.track = step.procedure.name
    return {
        "region": place.tenant,
        "user": place.user,
        "timeline": planning.timeline_of("Planning van de procedures", steps),
        "wrong": [(p, len(found)) for p, found in wrong if found],
    }


register_passages("policy", passages)
register_search(SearchSource("plans", "Plannen en hoofdstukken", find_plans, order=15))
register_search(SearchSource("council", "Vragen en wensen van raden", find_questions, order=16))
register_search(SearchSource("remarks", "Opmerkingen in consultaties", find_remarks, order=17))
register_search(SearchSource("meetings", "Bijeenkomsten", find_meetings, order=18))
register_panel(Panel(HOME, "plans", "procurement/panel_plans.html", plans_panel, order=300))
register_panel(
    Panel(SCHEME_PAGE, "plans", "procurement/panel_scheme_plans.html", plans_of_scheme, 50)
)
register_panel(Panel(SEGMENT_PAGE, "line", "procurement/panel_line.html", line_of_segment, 50))
register_panel(
    Panel(CONTRACT_PAGE, "line", "procurement/panel_contract_line.html", line_of_contract, 700)
)
register_attention("procurement.policy", what_waits)
register_history(
    HistorySubject(
        "plan",
        "Plan",
        lambda user, tenant_id: seen.plans_visible_to(user).filter(
            region__in=seen.insider_region_ids(user) & {tenant_id}
        ),
        lambda place, plan: place.url("plan", pk=plan.pk),
    )
)
register_topics(choices.topics_of_choices)
register_calendar(
    CalendarSource("steps", "Planning van procedures", planning.steps_on, 10),
    CalendarSource("decisions", "Besluiten", planning.decisions_on, 20),
    CalendarSource("meetings", "Bijeenkomsten", planning.meetings_on, 30),
    CalendarSource("consultations", "Consultaties", planning.consultations_on, 40),
    CalendarSource("plans", "Plannen", planning.plans_on, 50),
    CalendarSource("commitments", "Toezeggingen", planning.commitments_on, 60),
    CalendarSource("contracts", "Contracten", planning.contracts_on, 70),
    CalendarSource("events", "Agendapunten", planning.events_on, 80),
)
register_panel(
    Panel(CALENDAR_PAGE, "planning", "procurement/panel_planning.html", planning_panel, 10)
)
for _code, _label, _find in (
    ("steps", "Stap in een procedure", deadlines.steps_until),
    ("decisions", "Besluit van een raad of college", deadlines.decisions_until),
    ("consultations", "Consultatie", deadlines.consultations_until),
    ("questions", "Opvolging van een vraag van een raad", deadlines.questions_until),
):
    register_deadlines(DeadlineSource(f"procurement.{_code}", _label, _find))
