"""Transition plans: written, counted, carried out until nobody is left without help."""

from typing import Any

from django.db import transaction

from core import clock
from core.errors import DomainError
from core.states.api import take
from core.states.models import Step
from core.tasks.api import sync_tasks
from core.ui.words import count_of
from regions.queries.access import access_of

from ..enums.transition import TRANSITION, TransitionState
from ..models import (
    TransitionCount,
    TransitionCountLine,
    TransitionOffer,
    TransitionPlan,
    TransitionStep,
)
from ..queries.transition import newest_count
from ..registry import count_in_care
from ..rules.contracts import check_can_manage_contracts

OPEN = (TransitionState.DRAFT, TransitionState.RUNNING)


@transaction.atomic
def keep_plan(*, plan: TransitionPlan, by: Any) -> TransitionPlan:
    """Add or change a plan. Effects: a new one is counted at once, when care can be counted."""
    check_can_manage_contracts(by, plan.region)
    _check_open(plan)
    is_new = plan.pk is None
    if plan.provider.region_id != plan.region_id:
        raise DomainError("Deze aanbieder is van een andere regio.", code="andere-regio")
    plan.full_clean()
    plan.save()
    if is_new:
        count_clients(plan=plan, by=by)
    sync_tasks(plan.region_id)
    return plan


def _check_open(plan: TransitionPlan) -> None:
    if plan.state not in OPEN:
        raise DomainError(
            f"Het overgangsplan is {plan.get_state_display()} en ligt vast.",
            code="overgangsplan-ligt-vast",
        )


@transaction.atomic
def keep_part(*, part: TransitionStep | TransitionOffer, by: Any) -> Any:
    """Add or change a step or an alternative. Who has to set a step may note its progress."""
    plan = part.plan
    if not (isinstance(part, TransitionStep) and part.pk and part.owner_id == by.pk):
        check_can_manage_contracts(by, plan.region)
    _check_open(plan)
    if isinstance(part, TransitionOffer) and part.provider_id == plan.provider_id:
        raise DomainError(
            "Kies een andere aanbieder dan die uit het aanbod gaat.", code="zelfde-aanbieder"
        )
    part.full_clean()
    part.save()
    sync_tasks(plan.region_id)
    return part


@transaction.atomic
def remove_part(*, part: TransitionStep | TransitionOffer, by: Any) -> None:
    check_can_manage_contracts(by, part.plan.region)
    _check_open(part.plan)
    part.delete()
    sync_tasks(part.plan.region_id)


@transaction.atomic
def count_clients(*, plan: TransitionPlan, by: Any) -> TransitionCount | None:
    """Count today's clients in care and keep the count; a second count on a day replaces it.

    None where care cannot be counted.
    """
    check_can_manage_contracts(by, plan.region)
    _check_open(plan)
    codes = {plan.provider.agb_code, *plan.provider.codes.values_list("agb_code", flat=True)}
    found = count_in_care(plan.region_id, codes, clock.today(), plan.product_code)
    if found is None:
        return None
    TransitionCount.objects.filter(plan=plan, day=clock.today()).delete()
    count = TransitionCount.objects.create(plan=plan, day=clock.today(), clients=found.clients)
    TransitionCountLine.objects.bulk_create(
        TransitionCountLine(
            count=count,
            product_code=line.product_code,
            gm_code=line.gm_code,
            clients=line.clients,
        )
        for line in found.lines
    )
    return count


@transaction.atomic
def move_plan(*, plan: TransitionPlan, move: str, by: Any, reason: str = "") -> Step:
    """Move a plan along its table. It begins with a step to take, and ends when every step was
    taken and the newest count finds nobody in care."""
    roles = access_of(by).roles_in(plan.region_id)
    TRANSITION.check(plan.state, move, roles, reason)
    if move == "start" and not plan.steps.exists():
        raise DomainError(
            "Het plan heeft nog geen stappen. Voeg er ten minste één toe, met wie en wanneer.",
            code="stap-ontbreekt",
        )
    if move == "finish":
        _check_everybody_is_over(plan)
    step = take(plan, TRANSITION, move, by=by, roles=roles, tenant_id=plan.region_id, reason=reason)
    sync_tasks(plan.region_id)
    return step


def _check_everybody_is_over(plan: TransitionPlan) -> None:
    undone = plan.steps.filter(done_on__isnull=True).count()
    if undone:
        raise DomainError(
            f"Het plan is nog niet klaar: nog te zetten {count_of(undone, 'stap,stappen')}.",
            code="stappen-open",
        )
    count = newest_count(plan)
    if count is not None and count.clients:
        raise DomainError(
            "Volgens de laatste telling krijgen jeugdigen nog hulp van deze aanbieder. Tel opnieuw "
            "als de laatste berichten binnen zijn.",
            code="nog-jeugdigen-bij-aanbieder",
        )
