"""Forms of checks and deviations."""

from __future__ import annotations

from typing import Any

from django import forms

from core.formats import euro
from core.states import Move
from core.states.pages import ReasonForm
from core.ui.forms import EuroField

from ..deviation_enums import Check, DeviationState
from ..models import CheckTerms, Deviation


class DeviationFilter(forms.Form):
    aanbieder = forms.ChoiceField(label="Aanbieder", required=False)
    toets = forms.ChoiceField(
        label="Toets", required=False, choices=[("", "alle toetsen"), *Check.choices]
    )
    stand = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=[("", "alle"), ("open", "nog open"), *DeviationState.choices],
    )
    jaar = forms.TypedChoiceField(
        label="Jaar van de zorg", required=False, coerce=int, empty_value=None
    )

    sinds = forms.DateField(
        label="Gevonden vanaf", required=False, widget=forms.DateInput({"type": "date"})
    )

    def __init__(
        self, *args: Any, providers: list[tuple[str, str]], years: list[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["aanbieder"].choices = [("", "alle"), *providers]  # type: ignore[attr-defined]
        self.fields["jaar"].choices = [("", "alle jaren"), *((y, y) for y in years)]  # type: ignore[attr-defined]

    def narrow(self, rows: Any) -> Any:
        if not self.is_valid():
            return rows
        asked = self.cleaned_data
        wanted = {"provider": asked["aanbieder"], "kind": asked["toets"],
                  "care_month__year": asked["jaar"], "found_on__gte": asked["sinds"]}  # fmt: skip
        if asked["stand"] == "open":
            wanted["state__in"] = DeviationState.OPEN
        elif asked["stand"]:
            wanted["state"] = asked["stand"]
        return rows.filter(**{name: value for name, value in wanted.items() if value})


class ReasonForMany(forms.Form):
    reason = forms.CharField(
        label="Reden", max_length=2000, widget=forms.Textarea({"rows": 4}),
        help_text="Wordt bij elke afwijking vastgelegd.",
    )  # fmt: skip


class AmountForm(ReasonForm):
    """A reason, and the amount that is claimed or was received."""

    amount = EuroField(
        label="Bedrag in euro", required=False, min_value=0,
        help_text="Leeg: het hele bedrag.",
    )  # fmt: skip

    def __init__(self, *args: Any, move: Move, row: Deviation, **kwargs: Any) -> None:
        super().__init__(*args, move=move, **kwargs)
        if move.name not in ("claim", "settle"):
            del self.fields["amount"]
            return
        whole = row.amount if move.name == "claim" or row.claimed is None else row.claimed
        self.fields["amount"].help_text = f"Leeg: het hele bedrag, {euro(whole)}."


class CheckTermsForm(forms.ModelForm):
    tolerance = EuroField(
        label="Verschil per regel dat niet telt (euro)", min_value=0,
        help_text="Kleinere verschillen met het tarief zijn afronding.",
    )  # fmt: skip

    class Meta:
        model = CheckTerms
        fields = ("long_months", "late_months", "tolerance", "answer_days", "judge_days")


class ExceptForm(forms.Form):
    reason = forms.CharField(
        label="Reden", max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text="De regel telt dan niet meer mee in deze afwijking.",
    )  # fmt: skip


class YearForm(forms.Form):
    jaar = forms.TypedChoiceField(label="Zorg van", coerce=int)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jaar"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
