"""The improvement plan of a case and its actions. Every page is one form and one verb."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from core.states import Move
from core.states.pages import MovePage
from core.ui.editing import FormPage

from .. import models
from ..domain.cases import following, plans
from ..enums.cases import ACTION
from ..forms import cases as forms
from ..rules.cases import (
    check_can_manage_cases,
    check_can_report,
    check_can_write_plan,
    roles_for,
)
from .case_base import CaseForm, CaseRemove, CaseRow, ForFollowers, InCase


class WritePlan(ForFollowers, CaseForm):
    form_class = forms.PlanForm

    def prepare(self) -> None:
        super().prepare()
        check_can_write_plan(self.request.user, self.case)
        self.plan = plans.check_can_be_written(self.case, self.request.user)

    def title(self) -> str:
        return f"Verbeterplan, versie {self.plan.version}"

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"analysis": self.plan.analysis, "aim": self.plan.aim}}

    def save(self, form: Any) -> Any:
        return plans.write_plan(case=self.case, by=self.request.user, **form.cleaned_data)


class OfPlan(ForFollowers):
    request: Any
    noun = "maatregel"

    def rows(self) -> QuerySet[models.PlanItem]:
        own = self.cases()  # type: ignore[attr-defined]
        return models.PlanItem.objects.filter(plan__case__in=own, plan__submitted_on__isnull=True)

    def case_of(self, row: Any) -> models.Case:
        case: models.Case = row.plan.case
        return case

    def prepare(self) -> None:
        super().prepare()  # type: ignore[misc]
        check_can_write_plan(self.request.user, self.case)  # type: ignore[attr-defined]


class KeepPlanItem(OfPlan, CaseRow):
    form_class = forms.PlanItemForm

    def new_row(self) -> models.PlanItem:
        return models.PlanItem(plan=plans.check_can_be_written(self.case, self.request.user))

    def save(self, form: Any) -> Any:
        return plans.keep_item(item=form.instance, by=self.request.user)


class RemovePlanItem(OfPlan, CaseRemove):
    def remove(self) -> None:
        plans.remove_item(item=self.row, by=self.request.user)


class OfAction(ForFollowers, InCase):
    """A page about one action: the address names it by `pk`."""

    def prepare(self) -> None:
        rows = models.ImprovementAction.objects.filter(case__in=self.cases())
        self.row = get_object_or_404(rows, pk=self.kwargs["pk"])


class MoveAction(OfAction, MovePage):
    table = ACTION

    def prepare(self) -> None:
        super().prepare()
        _ = self.move

    def roles(self) -> frozenset[str]:
        return roles_for(self.request.user, self.case)

    def title(self) -> str:
        return f"{self.move.label}: {self.row}"

    def verb(self, move: Move, form: Any) -> Any:
        return following.move_action(
            action=self.row, move=move.name, by=self.request.user,
            reason=form.cleaned_data["reason"],
        )  # fmt: skip


class ReportProgress(OfAction, FormPage):
    form_class = forms.ProgressForm

    def prepare(self) -> None:
        super().prepare()
        check_can_report(self.request.user, self.case)

    def title(self) -> str:
        return f"Voortgang: {self.row}"

    def save(self, form: Any) -> Any:
        return following.report_progress(action=self.row, by=self.request.user, **form.cleaned_data)


class JudgeResult(OfAction, FormPage):
    form_class = forms.JudgementForm

    def prepare(self) -> None:
        check_can_manage_cases(self.request.user, self.region)
        super().prepare()

    def title(self) -> str:
        return f"Resultaat beoordelen: {self.row}"

    def form_arguments(self) -> dict[str, Any]:
        known = {"judgement": self.row.judgement, "reason": self.row.judgement_reason}
        return {"initial": known}

    def save(self, form: Any) -> None:
        following.judge_result(action=self.row, by=self.request.user, **form.cleaned_data)
