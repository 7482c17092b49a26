"""What transition plans add to shared pages, and their terms."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from core.audit.registry import HistorySubject, register_history
from core.tasks.api import DeadlineSource, Due, register_deadlines
from core.ui import (
    Hit,
    NavItem,
    Panel,
    Place,
    SearchSource,
    register_nav,
    register_panel,
    register_search,
)
from regions.desk import BUY
from regions.enums import Role
from regions.models import Region
from regions.queries.access import access_of

from ..desk_slots import CONTRACT_PAGE
from ..enums.transition import TransitionState
from ..models import TransitionPlan, TransitionStep
from ..queries import transition as queries
from ..rules.contracts import can_manage_contracts

TEAM = Role.CONTRACT_MANAGER.value
ENDING = ("notice", "terminated", "dissolved", "expired")


def _seen(place: Place) -> Any:
    return queries.plans_visible_to(place.user).filter(region=place.tenant_id)


def sees_plans(place: Place) -> bool:
    """Who keeps them; others once there is something to see."""
    return access_of(place.user).is_staff_of(place.tenant_id) or _seen(place).exists()


def plans_of_contract(place: Place, contract: Any) -> dict[str, Any] | None:
    rows = _seen(place).filter(provider=contract.provider_id)
    asks = contract.status in ENDING and can_manage_contracts(place.user, place.tenant)
    if not rows and not asks:
        return None
    return {"region": place.tenant, "contract": contract, "plans": rows, "may_manage": asks}


def find_plans(place: Place, words: str, limit: int) -> Iterable[Hit]:
    for row in queries.matching(_seen(place), words)[:limit]:
        yield Hit(str(row), place.url("transition", pk=row.pk), row.get_state_display())


def terms(region_id: int, until: date) -> Iterable[Due]:
    """Steps to set, of their owner; and the day on which everybody must be over."""
    slug = Region.objects.values_list("slug", flat=True).get(pk=region_id)
    plans = TransitionPlan.objects.filter(region=region_id, state=TransitionState.RUNNING)
    for plan in plans.filter(ends_on__lte=until).select_related("provider"):
        yield Due(
            key=f"plan-{plan.pk}", day=plan.ends_on, title=f"Iedereen over? {plan}"[:200],
            url=reverse("transition", args=[slug, plan.pk]), owner_id=plan.owner_id, team=TEAM,
            about=plan.provider.name, remind_days=(90, 30, 7),
        )  # fmt: skip
    steps = TransitionStep.objects.filter(
        plan__in=plans, done_on__isnull=True, due_on__lte=until
    ).select_related("plan__provider")
    for step in steps:
        yield Due(
            key=f"stap-{step.pk}", day=step.due_on, title=step.text[:200],
            url=reverse("transition", args=[slug, step.plan_id]),
            owner_id=step.owner_id or step.plan.owner_id, team=TEAM,
            about=f"{step.plan}"[:200],
        )  # fmt: skip


register_nav(NavItem("Overgangsplannen", "transitions", BUY, 39, sees_plans))
register_panel(
    Panel(
        CONTRACT_PAGE, "transitions", "procurement/panel_transitions.html", plans_of_contract, 310
    )
)
register_search(SearchSource("transitions", "Overgangsplannen", find_plans, order=36))
register_deadlines(DeadlineSource("procurement.transition", "Overgangsplan", terms))
register_history(
    HistorySubject(
        "overgangsplan",
        "Overgangsplan",
        lambda user, tenant_id: queries.plans_visible_to(user).filter(
            region__in=access_of(user).staff_region_ids & {tenant_id}
        ),
        lambda place, plan: place.url("transition", pk=plan.pk),
    )
)
