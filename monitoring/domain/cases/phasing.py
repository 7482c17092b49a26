"""The gradual phase-out of a large provider: plan, numbers of clients, alternatives, dates."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from core import clock
from core.errors import DomainError

from ...enums.cases import CaseState
from ...models import Alternative, PhaseOutPlan, PhaseOutStep
from ...rules.cases import check_can_manage_cases
from .following import check_open


@transaction.atomic
def keep_phase_out(*, plan: PhaseOutPlan, by: Any) -> PhaseOutPlan:
    """Lay down how the care of this provider is taken over by others, and when."""
    check_can_manage_cases(by, plan.case.region)
    if plan.case.state != CaseState.PHASING_OUT:
        raise DomainError("Zet eerst de stap 'geleidelijk uitfaseren'.", code="geen-uitfasering")
    plan.full_clean()
    plan.save()
    return plan


@transaction.atomic
def keep_part(*, part: PhaseOutStep | Alternative, by: Any) -> PhaseOutStep | Alternative:
    """Add or change a number of clients on a day, or a provider that takes over."""
    check_can_manage_cases(by, part.plan.case.region)
    check_open(part.plan.case)
    if isinstance(part, PhaseOutStep) and part.counted is not None and part.day > clock.today():
        raise DomainError("Een telling kan niet in de toekomst liggen.", code="datum-in-toekomst")
    if isinstance(part, Alternative) and part.provider_id == part.plan.case.provider_id:
        raise DomainError(
            "Kies een andere aanbieder dan die wordt uitgefaseerd.", code="zelfde-aanbieder"
        )
    part.full_clean()
    part.save()
    return part


@transaction.atomic
def remove_part(*, part: PhaseOutStep | Alternative, by: Any) -> None:
    check_can_manage_cases(by, part.plan.case.region)
    check_open(part.plan.case)
    part.delete()


@transaction.atomic
def replace_phase_out(
    *,
    plan: PhaseOutPlan,
    steps: Sequence[PhaseOutStep],
    alternatives: Sequence[Alternative],
    by: Any,
) -> PhaseOutPlan:
    """Write the whole plan at once, as a program does. Effects: its parts are those given."""
    kept = keep_phase_out(plan=plan, by=by)
    kept.steps.all().delete()
    kept.alternatives.all().delete()
    parts: list[PhaseOutStep | Alternative] = [*steps, *alternatives]
    for part in parts:
        part.plan = kept
        keep_part(part=part, by=by)
    return kept
