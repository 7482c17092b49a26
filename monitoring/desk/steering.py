"""What risks, local teams and learning add to shared pages."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from core.audit.registry import HistorySubject, register_history
from core.tasks.api import DeadlineSource, Due, register_deadlines
from core.ui import NavItem, Place, register_nav
from regions.desk import STEER
from regions.enums import Role
from regions.queries.access import access_of

from ..enums.steering import InitiativeState, InquiryState, RiskState
from ..models import Initiative, Inquiry, MitigationMeasure, Risk
from ..queries import steering as seen
from ..rules.steering import can_interpret, is_inside


def may_look_inside(place: Place) -> bool:
    return is_inside(place.user, place.tenant)


def may_take_part(place: Place) -> bool:
    return can_interpret(place.user, place.tenant)


def review_days(tenant_id: int, until: date) -> Iterable[Due]:
    """When somebody looks again at a risk or chance that is not closed."""
    rows = Risk.objects.filter(region=tenant_id, review_on__lte=until)
    for risk in rows.exclude(state=RiskState.CLOSED).select_related("region"):
        yield Due(
            key=str(risk.pk),
            day=risk.review_on or until,
            title=f"Opnieuw bekijken: {risk}"[:300],
            url=reverse("risk", args=[risk.region.slug, risk.pk]),
            owner_id=risk.owner_id,
            team=None if risk.owner_id else Role.POLICY_OFFICER,
            about=str(risk.get_kind_display()),
            remind_days=(14, 1),
        )


def measure_days(tenant_id: int, until: date) -> Iterable[Due]:
    rows = MitigationMeasure.objects.filter(
        risk__region=tenant_id, done_on__isnull=True, due_on__lte=until
    )
    for row in rows.select_related("risk__region"):
        yield Due(
            key=str(row.pk),
            day=row.due_on or until,
            title=row.text[:300],
            url=reverse("risk", args=[row.risk.region.slug, row.risk_id]),
            owner_id=row.owner_id,
            team=None if row.owner_id else Role.POLICY_OFFICER,
            about=f"Maatregel bij: {row.risk}"[:200],
            remind_days=(14, 1),
        )


def inquiry_days(tenant_id: int, until: date) -> Iterable[Due]:
    states = (InquiryState.OPEN, InquiryState.EXAMINING)
    rows = Inquiry.objects.filter(region=tenant_id, state__in=states, due_on__lte=until)
    for row in rows.select_related("region"):
        yield Due(
            key=str(row.pk),
            day=row.due_on or until,
            title=f"Uitzoeken wat erachter zit: {row}"[:300],
            url=reverse("inquiry", args=[row.region.slug, row.pk]),
            owner_id=row.owner_id,
            team=None if row.owner_id else Role.CONTRACT_MANAGER,
            about="Verkenning",
            remind_days=(14, 1),
        )


def evaluation_days(tenant_id: int, until: date) -> Iterable[Due]:
    states = (InitiativeState.RUNNING, InitiativeState.EVALUATING)
    rows = Initiative.objects.filter(region=tenant_id, state__in=states, evaluate_on__lte=until)
    for row in rows.select_related("region"):
        yield Due(
            key=str(row.pk),
            day=row.evaluate_on or until,
            title=f"Beoordelen: {row}"[:300],
            url=reverse("initiative", args=[row.region.slug, row.pk]),
            owner_id=row.owner_id,
            team=None if row.owner_id else Role.POLICY_OFFICER,
            about="Stoppen, doorgaan of verspreiden",
            remind_days=(30, 7),
        )


register_deadlines(DeadlineSource("monitoring.risk", "Risico of kans bekijken", review_days))
register_deadlines(DeadlineSource("monitoring.mitigation", "Maatregel bij risico", measure_days))
register_deadlines(DeadlineSource("monitoring.inquiry", "Verkenning", inquiry_days))
register_deadlines(DeadlineSource("monitoring.initiative", "Initiatief", evaluation_days))
register_nav(
    NavItem("Risico's en kansen", "risks", STEER, 50, may_look_inside),
    NavItem("Lokale teams", "local-teams", STEER, 55, may_look_inside),
    NavItem("Leren en proberen", "learning", STEER, 60, may_take_part),
)
register_history(
    HistorySubject(
        "risico",
        "Risico of kans",
        lambda user, tenant_id: seen.risks_visible_to(user).filter(
            region__in=access_of(user).staff_region_ids & {tenant_id}
        ),
        lambda place, risk: place.url("risk", pk=risk.pk),
    )
)
