"""Forms of transition plans."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model

from core.ui.forms import DayField
from providers.models import Provider
from regions.enums import Role
from regions.models import Region
from segments.models import Product

from ..enums.transition import TransitionState
from ..models import Contract, TransitionOffer, TransitionPlan, TransitionStep


def staff_of(region: Region) -> Any:
    rows = get_user_model().objects.filter(
        role_assignments__region=region, role_assignments__role__in=Role.REGIONAL_STAFF
    )
    return rows.distinct()


def product_choices(region: Region, empty: str = "") -> list[tuple[str, str]]:
    rows = Product.objects.filter(region=region).order_by("code")
    found = [(row.code, str(row)) for row in rows]
    return [("", empty), *found] if empty else found


class PlanForm(forms.ModelForm):
    product_code = forms.ChoiceField(label="Product", required=False)
    starts_on = DayField(label="Vanaf")
    ends_on = DayField(
        label="Iedereen over op", help_text="De laatste dag waarop de aanbieder hulp geeft."
    )

    class Meta:
        model = TransitionPlan
        fields = (
            "provider", "contract", "product_code", "reason", "approach", "starts_on", "ends_on",
            "owner",
        )  # fmt: skip
        widgets = {"approach": forms.Textarea({"rows": 5})}
        help_texts = {"approach": "Hoe de hulp doorgaat; noem geen jeugdigen."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = self.instance.region
        offered = {
            "provider": Provider.objects.filter(region=region),
            "contract": Contract.objects.filter(region=region).select_related("provider"),
            "owner": staff_of(region),
        }
        for name, rows in offered.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        choices = product_choices(region, "alles wat de aanbieder levert")
        self.fields["product_code"].choices = choices  # type: ignore[attr-defined]


class StepForm(forms.ModelForm):
    due_on = DayField(label="Uiterlijk op")
    done_on = DayField(label="Gedaan op", required=False)

    class Meta:
        model = TransitionStep
        fields = ("text", "owner", "party", "due_on", "done_on", "note")
        widgets = {"note": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = staff_of(self.instance.plan.region)  # type: ignore[attr-defined]


class OfferForm(forms.ModelForm):
    product_code = forms.ChoiceField(label="Product")
    from_day = DayField(label="Vanaf")
    agreed_on = DayField(label="Afgesproken op", required=False)

    class Meta:
        model = TransitionOffer
        fields = ("provider", "product_code", "clients", "from_day", "agreed_on", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = self.instance.plan
        rows = Provider.objects.filter(region=plan.region).exclude(pk=plan.provider_id)
        self.fields["provider"].queryset = rows  # type: ignore[attr-defined]
        self.fields["product_code"].choices = product_choices(plan.region)  # type: ignore[attr-defined]


class PlanFilter(forms.Form):
    zoek = forms.CharField(label="Aanbieder, product of woorden", required=False)
    stand = forms.ChoiceField(
        label="Stand", required=False, choices=[("", "alle"), *TransitionState.choices]
    )
