"""Forms about contracts and tariffs."""

from typing import Any

from django import forms

from core.ui.forms import DayField, EuroField, LastDayField, LinesField, PercentField
from providers.models import Provider
from segments.enums import CareUnit
from segments.models import Product, Segment

from .enums import ContractStatus
from .models import (
    Contract,
    ContractPhase,
    ContractProduct,
    SchemePhase,
    SpendingCap,
    Tariff,
)


class ContractForm(forms.ModelForm):
    start_date = DayField(label="Begindatum")
    end_date = LastDayField(
        label="Laatste dag",
        required=False,
        help_text="Laat leeg als er geen einde is.",
    )
    segments = forms.ModelMultipleChoiceField(
        Segment.objects.none(),
        label="Segmenten",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Contract
        fields = (
            "number", "name", "provider", "kind", "funding_form", "start_date", "end_date",
            "segments",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = self.instance.region
        self.fields["provider"].queryset = Provider.objects.filter(region=region)  # type: ignore[attr-defined]
        segments = Segment.objects.filter(scheme__region=region).select_related("scheme")
        self.fields["segments"].queryset = segments  # type: ignore[attr-defined]


class PhaseForm(forms.ModelForm):
    start_date = DayField(label="Begindatum")
    end_date = LastDayField(label="Laatste dag")

    class Meta:
        model = ContractPhase
        fields = ("number", "name", "kind", "start_date", "end_date")


class SchemePhaseForm(forms.ModelForm):
    start_date = DayField(label="Begindatum")
    end_date = LastDayField(label="Laatste dag")
    aims = LinesField(
        label="Wat deze fase moet bereiken", required=False, help_text="Eén per regel."
    )

    class Meta:
        model = SchemePhase
        fields = (
            "number", "name", "kind", "start_date", "end_date", "aims", "conditional_on", "source",
        )  # fmt: skip


class ContractProductForm(forms.ModelForm):
    valid_from = DayField(label="Vanaf")
    valid_to = LastDayField(label="Tot en met", required=False)

    class Meta:
        model = ContractProduct
        fields = ("product", "valid_from", "valid_to")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        products = Product.objects.filter(region=self.instance.contract.region)
        self.fields["product"].queryset = products  # type: ignore[attr-defined]


class CapForm(forms.ModelForm):
    amount = EuroField(label="Bedrag in euro’s")
    signal_share = PercentField(
        label="Signaal bij (%)",
        help_text="Vanaf dit deel van het plafond geeft Jeugdregie een signaal.",
    )

    class Meta:
        model = SpendingCap
        fields = ("year", "amount", "signal_share")


class TariffForm(forms.ModelForm):
    unit = forms.ChoiceField(label="Eenheid", choices=CareUnit.choices)
    amount = EuroField(label="Tarief in euro’s")
    valid_from = DayField(label="Vanaf")
    valid_to = LastDayField(
        label="Tot en met", required=False, help_text="Laat leeg zolang het tarief geldt."
    )

    class Meta:
        model = Tariff
        fields = ("product_code", "unit", "amount", "valid_from", "valid_to")


class ContractFilter(forms.Form):
    zoek = forms.CharField(label="Nummer, naam of aanbieder", required=False)
    stand = forms.ChoiceField(
        label="Stand", required=False, choices=[("", "alle"), *ContractStatus.choices]
    )
    segment = forms.ModelChoiceField(
        Segment.objects.none(), label="Segment", required=False, empty_label="alle"
    )

    def __init__(self, *args: Any, region: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        segments = Segment.objects.filter(scheme__region=region)
        self.fields["segment"].queryset = segments  # type: ignore[attr-defined]


class DayForm(forms.Form):
    """On which day something is asked."""

    op = DayField(label="Zoals het geldt op", required=False)
