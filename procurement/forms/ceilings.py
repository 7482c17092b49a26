"""Forms of signals about ceilings."""

from typing import Any

from django import forms

from core import clock
from core.states.pages import ReasonForm
from core.ui.forms import DayField, EuroField, choose_the_only
from regions.models import Region

from ..enums.ceilings import CeilingAnswer, CeilingState
from ..queries.ceilings import caps_without_signal


class SignalFilter(forms.Form):
    zoek = forms.CharField(label="Aanbieder, contract of woorden", required=False)
    stand = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=[("", "alle"), ("open", "nog niet besloten"), *CeilingState.choices],
    )


class ReportForm(forms.Form):
    cap: Any = forms.ModelChoiceField(label="Plafond", queryset=None)
    used = EuroField(label="Gebruikt", help_text="In euro, zonder crisishulp.")
    note = forms.CharField(
        label="Toelichting", required=False, max_length=4000,
        widget=forms.Textarea({"rows": 4}), help_text="Noem geen jeugdigen.",
    )  # fmt: skip

    def __init__(self, *args: Any, user: Any, region: Region, contract: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = caps_without_signal(user, region)
        field: Any = self.fields["cap"]
        field.queryset = rows
        field.label_from_instance = lambda cap: (
            f"{cap.contract.provider}, contract {cap.contract.number}, {cap.year}"
        )
        if contract.isdecimal():
            self.initial["cap"] = rows.filter(contract=int(contract)).first()
        choose_the_only(self, "cap")


class InviteForm(ReasonForm):
    talk_on = DayField(label="Gesprek op")
    field_order = ("talk_on", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Wat u wilt meegeven (komt in de brief)"


class TalkForm(ReasonForm):
    talk_on = DayField(label="Gevoerd op", initial=clock.today)
    talk_report = forms.CharField(
        label="Verslag", max_length=20_000, widget=forms.Textarea({"rows": 6}),
        help_text="Noem geen jeugdigen.",
    )  # fmt: skip
    field_order = ("talk_on", "talk_report", "reason")


class DecideForm(ReasonForm):
    answer = forms.ChoiceField(
        label="Besluit", choices=CeilingAnswer.choices, widget=forms.RadioSelect
    )
    field_order = ("answer", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Waarom (komt in de brief)"


MOVE_FORMS = {"invite": InviteForm, "talk": TalkForm, "decide": DecideForm}
