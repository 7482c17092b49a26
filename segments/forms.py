"""Forms about schemes, segments, goals and products."""

from typing import Any

from django import forms

from core.ui.forms import (
    DayField,
    DutchDecimalField,
    LastDayField,
    LinesField,
    NotesField,
    PercentField,
    chosen_in,
    type_as_share,
)

from .enums import CareUnit
from .models import (
    CareCategory,
    DevelopmentTask,
    GoalIndicator,
    IndicatorDefinition,
    Product,
    ProductPlacement,
    Segment,
    SegmentGoal,
    SegmentParticipation,
    SegmentScheme,
    SegmentTrait,
    Target,
)

SOURCE_HELP = {"source": "In welk document dit staat."}
ORDER_HELP = {"order": "Lager staat eerder."}


def lines(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PeriodMixin(forms.Form):
    """A half-open period, shown with its last day."""

    valid_from = DayField(label="Vanaf")
    valid_to = LastDayField(
        label="Tot en met", required=False, help_text="Laat leeg als er geen einde is."
    )


class SchemeForm(PeriodMixin, forms.ModelForm):
    notes = NotesField(label="Kanttekeningen")

    class Meta:
        model = SegmentScheme
        fields = ("name", "code", "description", "valid_from", "valid_to", "source", "notes")
        widgets = {"description": lines()}
        help_texts = {**SOURCE_HELP, "code": "Kleine letters, cijfers en streepjes."}


class SegmentForm(forms.ModelForm):
    aliases = LinesField(
        label="Andere namen",
        required=False,
        help_text="Hoe dit segment elders heet. Eén per regel.",
    )
    notes = NotesField(label="Kanttekeningen")

    class Meta:
        model = Segment
        fields = (
            "code", "name", "aliases", "definition", "funding_form", "funding_note", "feed",
            "wait_norm_days", "wait_norm_source", "indicator_limit", "order", "source", "notes",
        )  # fmt: skip
        widgets = {"definition": lines(4), "funding_note": lines(2)}
        help_texts = {**SOURCE_HELP, **ORDER_HELP}


class GoalForm(forms.ModelForm):
    class Meta:
        model = SegmentGoal
        fields = ("number", "text", "parent", "no_figure_reason", "order", "source")
        labels = {"parent": "Onderdeel van doel"}
        widgets = {"text": lines(), "no_figure_reason": lines(2)}
        help_texts = {
            **SOURCE_HELP,
            **ORDER_HELP,
            "parent": "Kies een doel als dit een subdoel is.",
            "no_figure_reason": "Alleen invullen als geen indicator dit doel volgt.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = self.instance.segment.goals.filter(parent__isnull=True)
        self.fields["parent"].queryset = others.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]
        self.fields["parent"].empty_label = "geen, dit is een hoofddoel"  # type: ignore[attr-defined]


class GoalIndicatorForm(forms.ModelForm):
    class Meta:
        model = GoalIndicator
        fields = ("indicator", "reason", "order")
        widgets = {"reason": lines(2)}
        help_texts = ORDER_HELP

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = self.instance.goal.segment.scheme.region
        self.fields["indicator"].queryset = region.indicators.all()  # type: ignore[attr-defined]


class TaskForm(forms.ModelForm):
    class Meta:
        model = DevelopmentTask
        fields = ("text", "period", "order", "source")
        widgets = {"text": lines()}
        help_texts = {**SOURCE_HELP, **ORDER_HELP}


class TraitForm(forms.ModelForm):
    class Meta:
        model = SegmentTrait
        fields = ("kind", "text", "reason", "order", "source")
        widgets = {"text": lines(), "reason": lines(2)}
        help_texts = {**SOURCE_HELP, **ORDER_HELP}


class ParticipationForm(forms.ModelForm):
    products = LinesField(
        label="Producten",
        required=False,
        help_text="Bij gedeeltelijke deelname: de productcodes of categorieën. Eén per regel.",
    )

    class Meta:
        model = SegmentParticipation
        fields = ("participation", "part", "products", "source")
        help_texts = SOURCE_HELP


class ProductForm(forms.ModelForm):
    unit = forms.ChoiceField(
        label="Eenheid", required=False, choices=[("", "niet bekend"), *CareUnit.choices]
    )

    class Meta:
        model = Product
        fields = (
            "code", "name", "category", "standard_code", "care_form", "unit",
            "normal_duration_days",
        )  # fmt: skip


class PlacementForm(PeriodMixin, forms.ModelForm):
    class Meta:
        model = ProductPlacement
        fields = ("product_code", "segment", "is_stay", "direction", "valid_from", "valid_to")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["segment"].queryset = self.instance.scheme.segments.all()  # type: ignore[attr-defined]


class CategoryForm(forms.ModelForm):
    budget_share = PercentField(label="Aandeel budget (%)", required=False)
    client_share = PercentField(label="Aandeel cliënten (%)", required=False)

    class Meta:
        model = CareCategory
        fields = (
            "name", "direction", "is_stay", "description", "budget_share", "client_share", "source",
        )  # fmt: skip
        widgets = {"description": lines()}
        help_texts = SOURCE_HELP


class TargetForm(forms.ModelForm):
    value = DutchDecimalField(
        label="Waarde",
        required=False,
        max_digits=16,
        decimal_places=4,
        help_text="Een aandeel als percentage, zoals 85 %; anders in de eenheid van de indicator.",
    )

    class Meta:
        model = Target
        fields = (
            "indicator", "segment", "kind", "value", "is_relative", "direction", "base_year",
            "target_year", "circa", "is_assumption", "text", "source",
        )  # fmt: skip
        help_texts = {**SOURCE_HELP, "segment": "Laat leeg als het voor de hele regio geldt."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scheme = self.instance.scheme
        self.fields["indicator"].queryset = scheme.region.indicators.all()  # type: ignore[attr-defined]
        self.fields["segment"].queryset = scheme.segments.all()  # type: ignore[attr-defined]
        self.fields["segment"].empty_label = "hele regio"  # type: ignore[attr-defined]
        if self._is_share():
            type_as_share(self, "value", least=-100)

    def _is_share(self) -> bool:
        """By the indicator that is chosen now; a change against a base year is a share too."""
        found = chosen_in(self, "indicator")
        return bool(self["is_relative"].value()) or (found is not None and found.is_share)


class IndicatorForm(forms.ModelForm):
    polarity = forms.TypedChoiceField(
        label="Gunstige richting",
        coerce=int,
        choices=[(1, "hoger is beter"), (-1, "lager is beter"), (0, "geen van beide")],
    )

    class Meta:
        model = IndicatorDefinition
        fields = ("code", "name", "definition", "unit", "polarity", "source")
        widgets = {"definition": lines()}
        help_texts = {**SOURCE_HELP, "code": "Kort, met kleine letters en streepjes."}


class ProductFilter(forms.Form):
    zoek = forms.CharField(label="Code of naam", required=False)
