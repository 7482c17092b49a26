"""What is recorded while a case runs: meetings, measures, observations, indicators."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from core import clock
from core.charts import SHARE

from .. import models
from ..domain.cases import following
from ..forms import cases as forms
from ..queries.case_figures import agreed_in_words, followable, name_and_unit
from ..rules.cases import (
    check_can_observe,
)
from .case_base import CaseForm, CaseRemove, ForFollowers


class AddConversation(CaseForm):
    noun = "gesprek"
    form_class = forms.ConversationForm
    done = "Het gesprek is vastgelegd. Voeg nu de afspraken toe."

    def save(self, form: Any) -> Any:
        return following.record_conversation(
            case=self.case, by=self.request.user, **form.cleaned_data
        )


class AddAgreement(CaseForm):
    form_class = forms.AgreementForm

    def prepare(self) -> None:
        rows = models.Conversation.objects.filter(case__in=self.cases())
        self.row = get_object_or_404(rows, pk=self.kwargs["pk"])

    def title(self) -> str:
        return f"Afspraak toevoegen: {self.row}"

    def save(self, form: Any) -> Any:
        return following.add_agreement(
            conversation=self.row, agreement=following.Agreement(**form.cleaned_data),
            by=self.request.user,
        )  # fmt: skip


class TakeMeasure(CaseForm):
    noun = "maatregel"
    form_class = forms.MeasureForm

    def form_arguments(self) -> dict[str, Any]:
        return {"region": self.region, "initial": {"starts_on": clock.today()}}

    def save(self, form: Any) -> Any:
        measure = models.Measure(case=self.case, **form.cleaned_data)
        return following.take_measure(measure=measure, by=self.request.user)


class EndMeasure(CaseForm):
    form_class = forms.EndMeasureForm

    def prepare(self) -> None:
        rows = models.Measure.objects.filter(case__in=self.cases())
        self.row = get_object_or_404(rows, pk=self.kwargs["pk"])

    def title(self) -> str:
        return f"Maatregel beëindigen: {self.row}"

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"ends_on": clock.today()}}

    def save(self, form: Any) -> Any:
        return following.end_measure(measure=self.row, by=self.request.user, **form.cleaned_data)


class AddObservation(ForFollowers, CaseForm):
    noun = "waarneming"
    form_class = forms.ObservationForm

    def prepare(self) -> None:
        super().prepare()
        check_can_observe(self.request.user, self.case)

    def form_arguments(self) -> dict[str, Any]:
        row = models.Observation(case=self.case)
        return {"region": self.region, "user": self.request.user, "instance": row}

    def save(self, form: Any) -> Any:
        return following.observe(observation=form.instance, by=self.request.user)


class KeepIndicator(CaseForm):
    """The target is the case's own; left empty it is the number that was agreed."""

    form_class = forms.CaseIndicatorForm

    def title(self) -> str:
        return "Indicator bij de zaak"

    def form_arguments(self) -> dict[str, Any]:
        codes = followable(self.case)
        shares = {code for code, _ in codes if name_and_unit(self.case, code)[1] is SHARE}
        return {"codes": codes, "shares": shares}

    def extra(self) -> dict[str, Any]:
        return {"note": agreed_in_words(self.case)}

    def save(self, form: Any) -> Any:
        given = form.cleaned_data
        return following.follow_code(
            case=self.case, code=given["code"], target=self._target(given["code"], given["target"]),
            more_is_better=given["more_is_better"], by_half_year=given["by_half_year"],
            by=self.request.user,
        )  # fmt: skip

    def _target(self, code: str, typed: Decimal | None) -> float | None:
        """As it is kept: shares come as such from the form, other units by their factor."""
        if typed is None:
            return None
        unit = name_and_unit(self.case, code)[1]
        return float(typed) * (1 if unit is SHARE else unit.factor)


class DropIndicator(CaseRemove):
    noun = "indicator"

    def rows(self) -> QuerySet[models.CaseIndicator]:
        return models.CaseIndicator.objects.filter(case__in=self.cases())

    def remove(self) -> None:
        following.drop_indicator(indicator=self.row, by=self.request.user)
