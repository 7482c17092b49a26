"""The improvement plan: written by the provider, in versions, made binding by the region."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from core import clock
from core.errors import DomainError

from ...enums.cases import CaseState
from ...models import Case, ImprovementAction, ImprovementPlan, PlanItem
from ...rules.cases import check_can_write_plan
from .signals import check_names_nobody


def draft_of(case: Case) -> ImprovementPlan | None:
    """The version that the provider is working on."""
    drafts = case.plans.filter(submitted_on__isnull=True, round=case.round)
    return drafts.order_by("-version").first()


def next_draft(case: Case, *, like: ImprovementPlan | None = None) -> ImprovementPlan:
    latest = case.plans.aggregate(n=Max("version"))["n"] or 0
    found = draft_of(case)
    if found is not None:
        return found
    words = {"analysis": like.analysis, "aim": like.aim} if like else {}
    return ImprovementPlan.objects.create(case=case, round=case.round, version=latest + 1, **words)


def complete_draft(case: Case) -> ImprovementPlan:
    """The draft, when it says what must be in it; else what is missing."""
    plan = draft_of(case)
    if plan is None or not plan.aim.strip() or not plan.analysis.strip() or not plan.items.exists():
        raise DomainError(
            "Het plan is nog niet af. Vul in wat er aan de hand is, wat u wilt bereiken, en "
            "minstens één maatregel met wie, wat, hoe en wanneer.",
            code="plan-niet-af",
        )
    return plan


def submitted_plan(case: Case) -> ImprovementPlan:
    return case.plans.filter(
        submitted_on__isnull=False, returned_on__isnull=True, bound_on__isnull=True
    ).latest("version")


def check_can_be_written(case: Case, by: Any) -> ImprovementPlan:
    """The draft, when its provider may write in it now."""
    check_can_write_plan(by, case)
    plan = draft_of(case)
    if case.state != CaseState.PLAN_ASKED or plan is None:
        raise DomainError(
            "Er wordt nu geen verbeterplan gevraagd; een ingediend plan verandert niet meer.",
            code="plan-niet-gevraagd",
        )
    return plan


@transaction.atomic
def write_plan(*, case: Case, analysis: str, aim: str, by: Any) -> ImprovementPlan:
    """Keep the text of the draft."""
    plan = check_can_be_written(case, by)
    check_names_nobody(analysis, aim)
    plan.analysis, plan.aim = analysis.strip(), aim.strip()
    plan.full_clean()
    plan.save()
    return plan


@transaction.atomic
def keep_item(*, item: PlanItem, by: Any) -> PlanItem:
    """Add or change a line of the draft."""
    check_can_be_written(item.plan.case, by)
    _check_still_draft(item)
    check_names_nobody(item.who, item.what, item.how, item.result)
    _check_ahead(item.due)
    item.full_clean()
    item.save()
    return item


@transaction.atomic
def remove_item(*, item: PlanItem, by: Any) -> None:
    check_can_be_written(item.plan.case, by)
    _check_still_draft(item)
    item.delete()


def _check_still_draft(item: PlanItem) -> None:
    if not item.plan.is_draft:
        raise DomainError(
            "Deze versie is al ingediend. Pas de volgende versie aan.", code="plan-ingediend"
        )


def _check_ahead(due: date) -> None:
    if due < clock.today():
        raise DomainError("De einddatum ligt in het verleden.", code="datum-voorbij")


def bind(plan: ImprovementPlan, *, by: Any) -> None:
    """Effects: the plan is binding and every line of it an action that is followed."""
    plan.bound_on, plan.bound_by = clock.today(), by
    plan.save()
    for item in plan.items.all():
        ImprovementAction.objects.create(
            case=plan.case, round=plan.round, plan=plan, who=item.who, what=item.what,
            how=item.how, due=item.due, result=item.result,
        )  # fmt: skip


@transaction.atomic
def replace_draft(
    *, case: Case, analysis: str, aim: str, items: Sequence[PlanItem], by: Any
) -> ImprovementPlan:
    """Write the whole draft at once, as a program does. Effects: its lines are those given."""
    plan = write_plan(case=case, analysis=analysis, aim=aim, by=by)
    plan.items.all().delete()
    for order, item in enumerate(items):
        item.plan, item.order = plan, order
        keep_item(item=item, by=by)
    return plan
