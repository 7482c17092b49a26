"""Forms about contracts and tariffs."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model

from core.ui.forms import DayField, EuroField, LastDayField, LinesField, PercentField
from providers.models import Provider
from regions.enums import Role
from regions.models import Municipality, Region, RoleAssignment
from segments.enums import CareUnit
from segments.models import Product, Segment

from ..enums.contracts import ContractKind, ContractStatus
from ..enums.policy import PlanKind
from ..models import (
    Contract,
    ContractPhase,
    ContractProduct,
    Lot,
    PlanSection,
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
    municipalities = forms.ModelMultipleChoiceField(
        Municipality.objects.none(),
        label="Gemeenten",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Kies niets als het contract voor alle gemeenten van de regio geldt.",
    )
    lots = forms.ModelMultipleChoiceField(
        Lot.objects.none(),
        label="Percelen",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    extension_tests = LinesField(
        label="Toetsen voor verlenging",
        required=False,
        help_text="Eén per regel. Een verlenging kan pas als elke toets is gehaald.",
    )

    class Meta:
        model = Contract
        fields = (
            "number", "name", "provider", "kind", "funding_form", "start_date", "end_date",
            "segments", "municipalities", "lots", "manager", "notice_months", "notice_days",
            "max_extensions", "extension_months", "extension_tests", "extension_notice_months",
            "renews_tacitly", "decision_lead_months", "min_term_months", "long_term_reason",
        )  # fmt: skip
        labels = {"provider": "Aanbieder"}
        widgets = {"long_term_reason": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow_choices(self, self.instance.region)


def narrow_choices(form: forms.ModelForm, region: Region) -> None:
    """Offer only what belongs to the region."""
    segments = Segment.objects.filter(scheme__region=region).select_related("scheme")
    members = Municipality.objects.filter(memberships__region=region).distinct()
    staff = get_user_model().objects.filter(
        pk__in=RoleAssignment.objects.filter(region=region, role__in=Role.REGIONAL_STAFF).values(
            "user"
        )
    )
    offered = {
        "provider": Provider.objects.filter(region=region),
        "segments": segments,
        "municipalities": members,
        "lots": Lot.objects.filter(region=region),
        "lot": Lot.objects.filter(region=region),
        "product": Product.objects.filter(region=region),
        "manager": staff,
        "section": PlanSection.objects.filter(
            document__region=region, document__kind=PlanKind.CONTRACT
        ),
    }
    for name, queryset in offered.items():
        if name in form.fields:
            form.fields[name].queryset = queryset  # type: ignore[attr-defined]


class PhaseForm(forms.ModelForm):
    start_date = DayField(label="Begindatum")
    end_date = LastDayField(label="Laatste dag")
    aims = LinesField(
        label="Wat deze fase moet bereiken", required=False, help_text="Eén per regel."
    )

    class Meta:
        model = ContractPhase
        fields = ("number", "name", "kind", "start_date", "end_date", "aims")


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


class RegionTariffForm(TariffForm):
    class Meta(TariffForm.Meta):
        fields = (*TariffForm.Meta.fields, "lot")  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow_choices(self, self.instance.region)


class ContractFilter(forms.Form):
    zoek = forms.CharField(label="Nummer, naam of aanbieder", required=False)
    stand = forms.ChoiceField(
        label="Stand", required=False, choices=[("", "alle"), *ContractStatus.choices]
    )
    segment = forms.ModelChoiceField(
        Segment.objects.none(), label="Segment", required=False, empty_label="alle"
    )

    soort = forms.ChoiceField(
        label="Soort", required=False, choices=[("", "alle"), *ContractKind.choices]
    )
    beheer = forms.ModelChoiceField(
        get_user_model().objects.none(),
        label="Contractmanager",
        required=False,
        empty_label="allen",
    )

    def __init__(self, *args: Any, region: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        segments = Segment.objects.filter(scheme__region=region)
        self.fields["segment"].queryset = segments  # type: ignore[attr-defined]
        managers = Contract.objects.filter(region=region).values("manager")
        found = get_user_model().objects.filter(pk__in=managers)
        self.fields["beheer"].queryset = found  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """The filters that were filled in, as the query knows them."""
        fields = {"stand": "status", "segment": "segments", "soort": "kind", "beheer": "manager"}
        values = ((column, self.cleaned_data[name]) for name, column in fields.items())
        return {column: value for column, value in values if value}


class PeriodForm(forms.Form):
    """Two days to compare."""

    van = DayField(label="Van")
    tot = DayField(label="Tot")


class DayForm(forms.Form):
    """On which day something is asked."""

    op = DayField(label="Zoals het geldt op", required=False)
