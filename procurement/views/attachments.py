"""Annexes of a plan: named, with or without a file."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from core.ui.editing import RemovePage, RowPage

from ..domain import policy
from ..domain.attachments import keep_attachment
from ..forms.policy import AttachmentForm
from ..models import PlanAttachment, PolicyDocument
from ..queries import plans as seen
from ..rules.policy import check_can_edit_policy


class OfPlan:
    request: Any
    kwargs: dict[str, Any]
    region: Any
    row: Any

    def check(self) -> None:
        check_can_edit_policy(self.request.user, self.region)

    def rows(self) -> Any:
        return seen.attachments_visible_to(self.request.user).filter(plan__region=self.region)

    @property
    def plan(self) -> PolicyDocument:
        if self.row is not None:
            plan: PolicyDocument = self.row.plan
            return plan
        plans = seen.plans_of(self.region, self.request.user)
        return get_object_or_404(plans, pk=self.kwargs["plan"])

    def back(self) -> str:
        return reverse("plan", args=[self.region.slug, self.plan.pk])

    def way_back(self) -> list[tuple[str, str]]:
        return [(self.plan.title, self.back())]


class KeepAttachment(OfPlan, RowPage):
    noun = "bijlage"
    form_class = AttachmentForm

    def new_row(self) -> PlanAttachment:
        return PlanAttachment(plan=self.plan, confidentiality=self.plan.confidentiality)

    def form_arguments(self) -> dict[str, Any]:
        plans = seen.plans_of(self.region, self.request.user)
        return {**super().form_arguments(), "plans": plans}

    def save(self, form: Any) -> PlanAttachment:
        file, by = form.cleaned_data["upload"], self.request.user
        return keep_attachment(row=form.instance, file=file, by=by)


class RemoveAttachment(OfPlan, RemovePage):
    noun = "bijlage"

    def remove(self) -> None:
        policy.remove(row=self.row, by=self.request.user)
