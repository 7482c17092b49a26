"""Forms of finance."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from core.formats import MONTHS
from core.periods import add_months, first_of_month
from core.ui.forms import DutchDecimalField, EuroField
from procurement.models import Lot
from regions.models import Municipality, Region
from segments.models import Segment
from segments.queries.framework import scheme_to_show

from ..domain.projecting import default_as_of
from ..enums import BudgetStatus
from ..models import Budget, IndexRule, SavingsSeries
from ..models.budgets import DEFAULT_SUBJECT

MONTHS_BACK = 24


def municipalities_of(region: Region) -> Any:
    rows = Municipality.objects.filter(memberships__region=region)
    return rows.distinct().order_by("organisation__sort_name")


def segment_choices(region: Region) -> list[tuple[str, str]]:
    """Codes of all the region's schemes, each once, the newest scheme's name first."""
    rows = Segment.objects.filter(scheme__region=region).order_by("-scheme__valid_from", "order")
    names: dict[str, str] = {}
    for code, name in rows.values_list("code", "name"):
        names.setdefault(code, f"{code} {name}")
    return [("", "alle segmenten"), *names.items()]


class ProjectionForm(forms.Form):
    title = forms.CharField(
        label="Naam", max_length=160, required=False, help_text="Leeg: de peilmaand."
    )
    scheme: forms.ModelChoiceField = forms.ModelChoiceField(
        label="Segmentindeling", queryset=None, empty_label=None,
        help_text="Volgens welke indeling de kosten over segmenten worden verdeeld.",
    )  # fmt: skip
    as_of = forms.TypedChoiceField(
        label="Bekend tot en met",
        coerce=date.fromisoformat,
        help_text="De laatste maand waarvan alle berichten binnen kunnen zijn. Kies een eerdere "
        "maand om te zien wat toen te verwachten was, met de contracten, tarieven en besluiten "
        "die toen bekend waren.",
    )
    until = forms.TypedChoiceField(
        label="Tot en met",
        coerce=date.fromisoformat,
        empty_value=None,
        required=False,
        help_text="Leeg: het einde van de lopende contractfase.",
    )
    savings: forms.ModelChoiceField = forms.ModelChoiceField(
        label="Geplande besparing", queryset=None, required=False, empty_label="zonder besparing"
    )
    note = forms.CharField(
        label="Toelichting", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schemes = region.schemes.order_by("-valid_from")
        self._set("scheme", queryset=schemes, initial=scheme_to_show(region))
        latest = default_as_of(region.pk)
        choices = [_month_choice(_last_day(latest, back)) for back in range(MONTHS_BACK)]
        self._set("as_of", choices=choices, initial=latest.isoformat())
        year = latest.year
        ends = [(date(y + 1, 1, 1).isoformat(), f"31 december {y}") for y in range(year, year + 11)]
        self._set("until", choices=[("", "het einde van de contractfase"), *ends])
        self._set("savings", queryset=SavingsSeries.objects.filter(region=region))

    def _set(self, name: str, **properties: Any) -> None:
        for key, value in properties.items():
            setattr(self.fields[name], key, value)


def _last_day(day: date, months_back: int) -> date:
    start = add_months(first_of_month(day), 1 - months_back)
    return date.fromordinal(start.toordinal() - 1)


def _month_choice(day: date) -> tuple[str, str]:
    return day.isoformat(), f"{MONTHS[day.month - 1]} {day.year}"


class BudgetForm(forms.ModelForm):
    amount = EuroField(label="Bedrag in euro", min_value=0)

    class Meta:
        model = Budget
        fields = (
            "municipality", "segment", "lot", "subject", "kind", "year", "half", "status", "amount",
            "circa", "rounding", "scope", "source", "fictitious",
        )  # fmt: skip
        widgets = {"scope": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = forms.ModelChoiceField(
            queryset=municipalities_of(region),
            label="Gemeente",
            required=False,
            empty_label="de hele regio",
        )
        self.fields["municipality"] = places
        self.fields["segment"] = forms.ChoiceField(
            choices=segment_choices(region), label="Segment", required=False
        )
        self.fields["lot"].queryset = Lot.objects.filter(region=region)  # type: ignore[attr-defined]
        self.fields["subject"].initial = DEFAULT_SUBJECT
        self.fields["status"].choices = [  # type: ignore[attr-defined]
            choice
            for choice in BudgetStatus.choices
            if choice[0] in (BudgetStatus.PROPOSED, BudgetStatus.ADOPTED)
        ]

    def _get_validation_exclusions(self) -> set[str]:
        return {*super()._get_validation_exclusions(), "region"}  # type: ignore[misc]


class BudgetChangeForm(forms.ModelForm):
    """A change says only what may differ: the amount and where it comes from."""

    amount = EuroField(label="Nieuw bedrag in euro", min_value=0)

    class Meta:
        model = Budget
        fields = ("amount", "circa", "rounding", "scope", "source", "fictitious")
        widgets = {"scope": forms.Textarea(attrs={"rows": 3})}

    def _get_validation_exclusions(self) -> set[str]:
        return {*super()._get_validation_exclusions(), *BudgetForm.Meta.fields, "region"}  # type: ignore[misc]

    def validate_constraints(self) -> None:
        """The verb fills in what the change is of, and validates the whole."""


class BudgetFilter(forms.Form):
    jaar = forms.ChoiceField(label="Jaar", required=False)
    gemeente = forms.ChoiceField(label="Gemeente", required=False)

    def __init__(self, *args: Any, region: Region, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(m.gm_code, m.name) for m in municipalities_of(region)]
        self.fields["jaar"].choices = [("", "alle jaren"), *((y, y) for y in years)]  # type: ignore[attr-defined]
        self.fields["gemeente"].choices = [  # type: ignore[attr-defined]
            ("", "alle"),
            ("regio", "de hele regio"),
            *places,
        ]


class IndexRuleForm(forms.ModelForm):
    percentage = DutchDecimalField(label="Percentage per 1 januari", max_digits=5, decimal_places=2)

    class Meta:
        model = IndexRule
        fields = ("year", "percentage", "certainty", "source")

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"region"}  # type: ignore[misc]


class CellFilter(forms.Form):
    """Which part of a projection to show."""

    gemeente = forms.ChoiceField(label="Gemeente", required=False)
    segment = forms.ChoiceField(label="Segment", required=False)

    def __init__(
        self,
        *args: Any,
        municipalities: list[tuple[str, str]],
        segments: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gemeente"].choices = [("", "hele regio"), *municipalities]  # type: ignore[attr-defined]
        self.fields["segment"].choices = [("", "alle segmenten"), *segments]  # type: ignore[attr-defined]
