"""Working on a case in the browser: every page is one form and one verb."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core import clock
from core.states import Move
from core.states.pages import MovePage
from core.ui.editing import FormPage

from .. import models
from ..domain.cases import following, moving, opening, papers, phasing, plans, signals
from ..enums.cases import ACTION, CASE, CaseTheme, SignalSource
from ..forms import cases as forms
from ..queries.case_figures import figures_of, followable, name_and_unit
from ..queries.cases import signals_visible_to, waiting_signals
from ..rules.cases import (
    check_can_manage_cases,
    check_can_observe,
    check_can_report,
    check_can_signal,
    check_can_write_plan,
    roles_for,
)
from .case_base import CaseForm, CaseRemove, CaseRow, ForFollowers, InCase, OfCases


class OpenCase(OfCases, FormPage):
    form_class = forms.OpenCaseForm
    submit = "Zaak openen"
    done = "De zaak is geopend."

    def title(self) -> str:
        return "Zaak openen"

    def form_arguments(self) -> dict[str, Any]:
        asked = self.request.GET
        initial = {"provider": asked.get("aanbieder"), "theme": asked.get("thema")}
        return {"region": self.region, "initial": initial}

    def save(self, form: Any) -> Any:
        return opening.open_case(by=self.request.user, **form.cleaned_data)

    def back(self) -> str:
        made = getattr(self, "saved", None)
        if made is not None:
            return reverse("case", args=[self.region.slug, made.pk])
        return super().back()


class MoveCase(ForFollowers, InCase, MovePage):
    table = CASE
    form_class = forms.CaseMoveForm

    def prepare(self) -> None:
        self.row = get_object_or_404(self.cases(), pk=self.kwargs["case"])
        _ = self.move

    def case_of(self, row: Any) -> models.Case:
        case: models.Case = row
        return case

    def roles(self) -> frozenset[str]:
        return roles_for(self.request.user, self.row)

    def verb(self, move: Move, form: Any) -> Any:
        return moving.move_case(
            case=self.row, move=move.name, by=self.request.user,
            reason=form.cleaned_data["reason"],
        )  # fmt: skip


class AddSignal(OfCases, FormPage):
    form_class = forms.SignalForm
    submit = "Signaal doorgeven"
    done = "Het signaal is doorgegeven."

    def check(self) -> None:
        check_can_signal(self.request.user, self.region)

    def title(self) -> str:
        return "Signaal doorgeven"

    def back(self) -> str:
        return reverse("case-signals", args=[self.region.slug])

    def form_arguments(self) -> dict[str, Any]:
        return {"region": self.region, "user": self.request.user}

    def save(self, form: Any) -> Any:
        given = form.cleaned_data
        source = SignalSource.ACCESS if given["municipality"] else SignalSource.CONTRACT_MANAGEMENT
        return signals.record_signal(by=self.request.user, source=source, **given)


class SetAside(OfCases, FormPage):
    form_class = forms.SetAsideForm
    submit = "Terzijde leggen"
    done = "De signalen liggen terzijde."

    def prepare(self) -> None:
        rows = signals_visible_to(self.request.user).filter(region=self.region)
        waiting = rows & waiting_signals(self.region)
        self.found = list(
            waiting.filter(provider=self.kwargs["provider"], theme=self.kwargs["theme"])
        )
        if not self.found:
            get_object_or_404(rows.none())

    def title(self) -> str:
        theme = CaseTheme(self.kwargs["theme"]).label
        return f"Signalen terzijde leggen: {self.found[0].provider}, {theme}"

    def back(self) -> str:
        return reverse("case-signals", args=[self.region.slug])

    def save(self, form: Any) -> None:
        signals.set_aside(
            signals=self.found, reason=form.cleaned_data["reason"], by=self.request.user
        )


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
    form_class = forms.CaseIndicatorForm

    def title(self) -> str:
        return "Indicator bij de zaak"

    def form_arguments(self) -> dict[str, Any]:
        return {"codes": followable(self.case)}

    def save(self, form: Any) -> Any:
        given = form.cleaned_data
        row = self.case.indicators.filter(code=given["code"]).first()
        row = row or _started(models.CaseIndicator(case=self.case, code=given["code"]))
        _, unit = name_and_unit(self.case, row.code)
        row.target = float(given["target"]) * unit.factor
        row.more_is_better, row.by_half_year = given["more_is_better"], given["by_half_year"]
        return following.follow_indicator(indicator=row, by=self.request.user)


def _started(row: models.CaseIndicator) -> models.CaseIndicator:
    """With the newest figure as its beginning."""
    figures = figures_of(row.case, row.code)
    if figures:
        row.start_half_year, row.start_value = figures[-1]
    return row


class DropIndicator(CaseRemove):
    noun = "indicator"

    def rows(self) -> QuerySet[models.CaseIndicator]:
        return models.CaseIndicator.objects.filter(case__in=self.cases())

    def remove(self) -> None:
        following.drop_indicator(indicator=self.row, by=self.request.user)


class WriteLetter(CaseForm):
    form_class = forms.LetterForm
    submit = "Brief bewaren"
    done = "De brief is bewaard als Word-bestand en als PDF."

    def title(self) -> str:
        return "Brief schrijven"

    def form_arguments(self) -> dict[str, Any]:
        subject, body = papers.proposed_letter(self.case)
        return {"initial": {"subject": subject, "body": body}}

    def save(self, form: Any) -> Any:
        return papers.send_letter(case=self.case, by=self.request.user, **form.cleaned_data)


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


class KeepProcess(OfCases, FormPage):
    form_class = forms.ProcessForm
    done = "De nieuwe versie geldt voor zaken die vanaf nu beginnen."

    def title(self) -> str:
        return "Procesafspraken wijzigen"

    def back(self) -> str:
        return reverse("case-process", args=[self.region.slug])

    def form_arguments(self) -> dict[str, Any]:
        return {"instance": opening.process_of(self.region)}

    def save(self, form: Any) -> Any:
        return opening.keep_process(process=form.instance, by=self.request.user)
