"""Opening a case, its steps, signals and letters, and the terms of its process."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from core.states import Move
from core.states.pages import MovePage
from core.ui.editing import FormPage

from .. import models
from ..domain.cases import moving, opening, papers, signals
from ..enums.cases import CASE, CaseTheme, SignalSource
from ..forms import cases as forms
from ..queries.cases import signals_visible_to, waiting_signals
from ..rules.cases import (
    check_can_signal,
    roles_for,
)
from .case_base import CaseForm, ForFollowers, InCase, OfCases


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
