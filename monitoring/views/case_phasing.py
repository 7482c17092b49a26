"""The gradual phase-out of a large provider. Every page is one form and one verb."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from .. import models
from ..domain.cases import phasing
from ..forms import cases as forms
from .case_base import CaseForm, CaseRemove, CaseRow


class KeepPhaseOut(CaseForm):
    form_class = forms.PhaseOutForm

    def title(self) -> str:
        return "Uitfaseringsplan"

    def form_arguments(self) -> dict[str, Any]:
        known = getattr(self.case, "phase_out", None)
        return {"instance": known or models.PhaseOutPlan(case=self.case)}

    def save(self, form: Any) -> Any:
        return phasing.keep_phase_out(plan=form.instance, by=self.request.user)


class PhaseOutPart:
    """A row of the phase-out plan; a new one names the case in its address."""

    request: Any
    kwargs: dict[str, Any]
    model: Any

    def rows(self) -> QuerySet[Any]:
        return self.model.objects.filter(plan__case__in=self.cases())  # type: ignore[attr-defined]

    def case_of(self, row: Any) -> models.Case:
        case: models.Case = row.plan.case
        return case

    def new_row(self) -> Any:
        plans = models.PhaseOutPlan.objects.filter(case=self.case)  # type: ignore[attr-defined]
        return self.model(plan=get_object_or_404(plans))

    def save(self, form: Any) -> Any:
        return phasing.keep_part(part=form.instance, by=self.request.user)

    def remove(self) -> None:
        phasing.remove_part(part=self.row, by=self.request.user)  # type: ignore[attr-defined]


class KeepPhaseOutStep(PhaseOutPart, CaseRow):
    noun = "aantal"
    model = models.PhaseOutStep
    form_class = forms.PhaseOutStepForm


class RemovePhaseOutStep(PhaseOutPart, CaseRemove):
    noun = "aantal"
    model = models.PhaseOutStep


class KeepAlternative(PhaseOutPart, CaseRow):
    noun = "alternatief"
    model = models.Alternative
    form_class = forms.AlternativeForm


class RemoveAlternative(PhaseOutPart, CaseRemove):
    noun = "alternatief"
    model = models.Alternative
