"""What a step asks besides a reason, and the names under which the API asks it."""

from typing import Any

from django import forms

from core import clock
from core.states.pages import ReasonForm
from core.ui.forms import DayField

from ..models import Contract, ContractExtension, ContractRevision, ExtensionTest


def _today() -> Any:
    return clock.today()


class GivenForm(ReasonForm):
    """A step with fields of its own; `api` maps the API's name of each to ours."""

    api: dict[str, str] = {}

    def given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.api.values()}


class NoticeForm(GivenForm):
    api = {
        "opgezegdOp": "given_on",
        "laatsteDag": "last_day",
        "inOverleg": "agreed",
        "doorAanbieder": "by_provider",
    }
    given_on = DayField(label="Opgezegd op", initial=_today)
    last_day = DayField(label="Laatste dag van het contract")
    agreed = forms.BooleanField(
        label="Beide partijen zijn het eens over deze laatste dag",
        required=False,
        help_text="Dan hoeft de opzegtermijn niet te zijn gehaald.",
    )
    by_provider = forms.BooleanField(
        label="De aanbieder zegt zelf op",
        required=False,
        help_text="Dan stemmen de colleges niet, ook niet waar een stemregel geldt.",
    )


class DissolveForm(GivenForm):
    api = {"laatsteDag": "last_day"}
    last_day = DayField(label="Laatste dag van het contract")


class AgreeForm(GivenForm):
    api = {"afgesprokenOp": "agreed_on"}
    agreed_on = DayField(label="Afgesproken op", initial=_today)


class AnswerForm(GivenForm):
    api = {"beantwoordOp": "answered_on"}
    answered_on = DayField(label="Beantwoord op", initial=_today)


class JudgeForm(GivenForm):
    api = {"bewijs": "proof", "beoordeeldOp": "judged_on"}
    proof = forms.CharField(
        label="Waaruit dat blijkt", widget=forms.Textarea({"rows": 3}), max_length=2000
    )
    judged_on = DayField(label="Beoordeeld op", initial=_today)


class MissForm(JudgeForm):
    proof = forms.CharField(
        label="Waaruit dat blijkt", widget=forms.Textarea({"rows": 3}), required=False
    )


# (workflow, move) -> form; every other step asks for a reason only.
MOVE_FORMS: dict[tuple[str, str], type[GivenForm]] = {
    ("contract", "give_notice"): NoticeForm,
    ("contract", "dissolve"): DissolveForm,
    ("verlenging", "agree"): AgreeForm,
    ("herziening", "accept"): AnswerForm,
    ("herziening", "refuse"): AnswerForm,
    ("verplichting", "meet"): JudgeForm,
    ("verplichting", "meet_partly"): JudgeForm,
    ("verplichting", "miss"): MissForm,
}


def move_form(workflow: str, move: str) -> type[GivenForm]:
    return MOVE_FORMS.get((workflow, move), GivenForm)


class RevisionForm(forms.ModelForm):
    effective_from = DayField(label="Gaat in op")
    answer_before = DayField(
        label="Antwoord uiterlijk op",
        required=False,
        help_text="Leeg: de dag waarop de herziening ingaat.",
    )

    class Meta:
        model = ContractRevision
        fields = (
            "title", "reason_code", "explanation", "addendum", "effective_from", "answer_before",
            "on_refusal",
        )  # fmt: skip
        widgets = {
            "explanation": forms.Textarea({"rows": 3}), "addendum": forms.Textarea({"rows": 6})
        }  # fmt: skip


class ExtensionForm(forms.ModelForm):
    class Meta:
        model = ContractExtension
        fields = ("months", "motivation")
        widgets = {"motivation": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contract: Contract = self.instance.contract
        self.fields["months"].initial = self.initial["months"] = contract.extension_months


class TestForm(forms.ModelForm):
    """The outcome of one test."""

    name = forms.ChoiceField(label="Toets")
    met = forms.TypedChoiceField(
        label="Uitkomst",
        choices=[("ja", "gehaald"), ("nee", "niet gehaald")],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = ExtensionTest
        fields = ("name", "met", "motivation")
        widgets = {"motivation": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tests = self.instance.extension.contract.extension_tests
        self.fields["name"].choices = [(name, name) for name in tests]  # type: ignore[attr-defined]
