"""Forms of check-lists."""

from typing import Any

from django import forms

from core.ui.forms import DayField
from regions.models import Region

from ..domain.compliance import Judgement
from ..enums.compliance import CheckState, StandardSubject, Verdict
from ..models import ComplianceAnswer
from ..queries import contracts
from ..queries.compliance import standards_for
from ..queries.plans import plans_visible_to
from .transition import staff_of


class CheckFilter(forms.Form):
    zoek = forms.CharField(label="Norm, contract, aanbieder of plan", required=False)
    stand = forms.ChoiceField(
        label="Stand", required=False, choices=[("", "alle"), *CheckState.choices]
    )


class BeginForm(forms.Form):
    """A standard, and one contract or plan of its kind."""

    standard: Any = forms.ModelChoiceField(label="Norm", queryset=None)
    subject: Any = forms.ModelChoiceField(queryset=None)

    def __init__(
        self, *args: Any, user: Any, region: Region, kind: StandardSubject, chosen: str,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        is_contract = kind == StandardSubject.CONTRACT
        rows = (contracts.visible_to if is_contract else plans_visible_to)(user)
        self.fields["standard"].queryset = standards_for(region, kind)  # type: ignore[attr-defined]
        field: Any = self.fields["subject"]
        field.label = "Contract" if is_contract else "Plan"
        field.queryset = rows.filter(region=region)
        self.initial["standard"] = standards_for(region, kind).first()
        if chosen.isdecimal():
            self.initial["subject"] = field.queryset.filter(pk=int(chosen)).first()


class JudgeForm(forms.ModelForm):
    """The verdict on one point."""

    verdict = forms.ChoiceField(
        label="Oordeel", choices=Verdict.choices[1:], widget=forms.RadioSelect
    )
    due_on = DayField(label="Uiterlijk op", required=False)

    class Meta:
        model = ComplianceAnswer
        fields = ("verdict", "motivation", "remedy", "owner", "due_on")
        widgets = {
            "motivation": forms.Textarea({"rows": 4}), "remedy": forms.Textarea({"rows": 3})
        }  # fmt: skip
        labels = {"remedy": "Voldoet niet: wat er moet gebeuren"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["motivation"].required = True
        self.fields["owner"].queryset = staff_of(self.instance.check_list.standard.region)  # type: ignore[attr-defined]
        if self.initial.get("verdict") == Verdict.OPEN:
            self.initial["verdict"] = None

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("verdict") == Verdict.NOT_MET:
            for name, told in (
                ("remedy", "Zeg wat er moet gebeuren."), ("due_on", "Zeg uiterlijk wanneer.")
            ):  # fmt: skip
                if not values.get(name):
                    self.add_error(name, told)
        return values

    def given(self) -> Judgement:
        return Judgement(**{name: self.cleaned_data[name] for name in self._meta.fields or ()})
