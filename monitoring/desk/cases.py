"""What cases add to shared pages."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from core.audit.registry import HistorySubject, register_history
from core.tasks.api import DeadlineSource, Due, register_deadlines
from core.ui import (
    AttentionItem,
    Hit,
    NavItem,
    Panel,
    Place,
    SearchSource,
    Tone,
    register_attention,
    register_nav,
    register_panel,
    register_search,
)
from core.ui.words import count_of
from providers.desk import PROVIDER_PAGE
from regions.desk import STEER
from regions.enums import Role
from regions.queries.access import access_of

from ..enums.cases import CASE, ActionState, CaseState
from ..models import Case, ImprovementAction
from ..queries import cases as queries
from ..rules.cases import can_follow_cases, can_manage_cases, roles_for


def may_follow(place: Place) -> bool:
    return can_follow_cases(place.user, place.tenant)


def waiting_for_me(place: Place) -> list[AttentionItem]:
    """Cases in which this user's role is to move, what is overdue first; and new signals."""
    if not may_follow(place):
        return []
    rows = queries.cases_visible_to(place.user).filter(region=place.tenant)
    mine = [case for case in rows.exclude(state=CaseState.CLOSED) if _is_mine(place, case)]
    return [*_signals(place), *(_item(place, case) for case in mine)]


def _is_mine(place: Place, case: Any) -> bool:
    """A provider is to move while its plan is asked; a manager when it is his case."""
    if not CASE.moves_from(case.state, roles_for(place.user, case)):
        return False
    if not can_manage_cases(place.user, place.tenant):
        return True
    if case.state == CaseState.PLAN_ASKED:
        return queries.is_overdue(case)
    return queries.who_moves(case) != queries.COLLEGES


def _item(place: Place, case: Any) -> AttentionItem:
    overdue = queries.is_overdue(case)
    return AttentionItem(
        f"{case.provider}: {case.title}",
        place.url("case", pk=case.pk),
        Tone.BAD if overdue else Tone.ATTENTION,
        due=queries.due_of(case),
        note=f"Zaak {case.number}, {case.get_state_display()}{', te laat' if overdue else ''}.",
    )


def _signals(place: Place) -> list[AttentionItem]:
    if not can_manage_cases(place.user, place.tenant):
        return []
    waiting = queries.bundles(queries.waiting_signals(place.tenant).select_related("provider"))
    if not waiting:
        return []
    about = count_of(len(waiting), "aanbieder en thema,aanbieders en thema’s")
    text = f"Signalen over {about} wachten op een besluit."
    return [AttentionItem(text, place.url("case-signals"))]


def provider_cases(place: Place, provider: Any) -> dict[str, Any] | None:
    rows = queries.cases_visible_to(place.user).filter(provider=provider)
    return {"region": place.tenant, "cases": list(rows)} if rows and may_follow(place) else None


def find_cases(place: Place, words: str, limit: int) -> Iterable[Hit]:
    rows = queries.cases_visible_to(place.user).filter(region=place.tenant_id)
    found = rows.filter(title__unaccent__icontains=words) | rows.filter(number__startswith=words)
    for case in found[:limit]:
        yield Hit(str(case), place.url("case", pk=case.pk), str(case.provider))


def case_terms(tenant_id: int, until: date) -> Iterable[Due]:
    """The term of the present step of every running case, and the next meeting."""
    running = Case.objects.filter(region=tenant_id, closed_on__isnull=True)
    for case in running.select_related("region", "provider", "process"):
        due = queries.due_of(case)
        if due is not None and due <= until:
            yield _term(case, "stap", due, f"{case.get_state_display().capitalize()} afronden")
        meeting = queries.next_meeting(case)
        if meeting is not None and meeting <= until:
            yield _term(case, "gesprek", meeting, "Voortgang bespreken")


def _term(case: Case, key: str, day: date, what: str) -> Due:
    """Of the provider while it writes its plan, else of who handles the case."""
    writes = case.state == CaseState.PLAN_ASKED
    return Due(
        key=f"{case.pk}-{key}-{case.state}",
        day=day,
        title=f"{'Verbeterplan indienen' if writes else what}: zaak {case.number}",
        url=_url(case),
        owner_id=None if writes else case.manager_id,
        team=Role.PROVIDER if writes else Role.CONTRACT_MANAGER,
        party_id=case.provider.organisation_id if writes else None,
        about=f"{case.provider}: {case.title}",
        remind_days=(7, 1),
    )


def action_terms(tenant_id: int, until: date) -> Iterable[Due]:
    """Every action that is not done yet: the provider's to do."""
    rows = ImprovementAction.objects.filter(
        case__region=tenant_id, case__closed_on__isnull=True, state=ActionState.OPEN,
        due__lte=until,
    )  # fmt: skip
    for action in rows.select_related("case__region", "case__provider"):
        yield Due(
            key=str(action.pk),
            day=action.due,
            title=f"{action.what[:120]} (zaak {action.case.number})",
            url=_url(action.case),
            team=Role.PROVIDER,
            party_id=action.case.provider.organisation_id,
            about=f"{action.case.provider}: {action.who}",
            remind_days=(14, 1),
        )


def _url(case: Case) -> str:
    return reverse("case", args=[case.region.slug, case.pk])


register_deadlines(DeadlineSource("monitoring.case", "Termijn van een zaak", case_terms))
register_deadlines(DeadlineSource("monitoring.action", "Actie in een zaak", action_terms))
register_nav(NavItem("Zaken", "cases", STEER, 40, may_follow))
register_panel(Panel(PROVIDER_PAGE, "cases", "monitoring/panel_cases.html", provider_cases, 30))
register_attention("monitoring.cases", waiting_for_me)
register_search(SearchSource("cases", "Zaken", find_cases, order=40))
register_history(
    HistorySubject(
        "zaak",
        "Zaak",
        lambda user, tenant_id: queries.cases_visible_to(user).filter(
            region__in=access_of(user).staff_region_ids & {tenant_id}
        ),
        lambda place, case: place.url("case", pk=case.pk),
    )
)
