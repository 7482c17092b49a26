"""Verb of savings plans: how a series is divided and followed."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from core.errors import DomainError

from ..models import SavingsPlan, SegmentShare
from ..rules import check_can_manage_budgets
from .budgeting import check_segment_known


@transaction.atomic
def keep_plan(
    *, plan: SavingsPlan, shares: Mapping[str, Decimal | None] | None = None, by: Any
) -> SavingsPlan:
    """Effects: the plan and, where given, exactly these shares of segments. The series itself is
    never changed: it is as the document gives it."""
    region = plan.series.region
    check_can_manage_budgets(by, region)
    for other in (plan.key, plan.scenario, plan.counterfactual):
        if other is not None and other.region_id != region.pk:
            raise DomainError("Kies iets van deze regio.", code="andere-regio")
    if plan.scenario is not None and plan.scenario.result is None:
        raise DomainError(
            f"'{plan.scenario}' is nog niet doorgerekend. Reken het eerst door.",
            code="scenario-niet-klaar",
        )
    if plan.counterfactual is not None and not plan.counterfactual.is_done:
        raise DomainError("Deze prognose is nog niet klaar.", code="prognose-niet-klaar")
    plan.full_clean()
    plan.save()
    if shares is not None:
        plan.shares.all().delete()
        for segment, share in shares.items():
            if share:
                check_segment_known(region, segment)
                row = SegmentShare(plan=plan, segment=segment, share=share)
                row.full_clean()
                row.save()
    return plan
