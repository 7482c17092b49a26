"""Forms of supply."""

from datetime import datetime
from typing import Any

from django import forms

from core.ui.forms import DayField, choose_the_only
from regions.models import Region
from regions.queries.access import access_of
from regions.queries.membership import municipalities_of
from segments.models import Product

from .enums_supply import AT_ONCE, WaitKnown
from .models import (
    ClientStop,
    CrisisReport,
    OutsidePlacement,
    PlaceStatement,
    Provider,
    ProviderLocation,
    WaitNorm,
    WaitStatement,
)
from .queries.supply import segments_of
from .rules_supply import can_decide

MOMENT = "%Y-%m-%dT%H:%M"


def _own_providers(region: Region, user: Any) -> Any:
    rows = Provider.objects.filter(region=region)
    if can_decide(user, region):
        return rows
    return rows.filter(organisation__in=access_of(user).provider_organisations_in(region.pk))


def _products(region: Region, empty: str) -> list[tuple[str, str]]:
    rows = Product.objects.filter(region=region).order_by("code")
    return [("", empty), *((p.code, str(p)) for p in rows)]


class _OfProvider(forms.ModelForm):
    """Choices of the provider itself, its locations, and the region's products.

    The verb looks at the constraints: a second statement of one day replaces the first.
    """

    def __init__(self, *args: Any, region: Region, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        own = _own_providers(region, user)
        fields["provider"].queryset = own
        choose_the_only(self, "provider")
        fields["location"].queryset = ProviderLocation.objects.filter(provider__in=own)
        fields["location"].empty_label = "alle locaties"

    def validate_constraints(self) -> None:
        """Left to the verb."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        location, provider = given.get("location"), given.get("provider")
        if location and provider and location.provider_id != provider.pk:
            self.add_error("location", "Deze locatie is van een andere aanbieder.")
        return given


class WaitForm(_OfProvider):
    product_code = forms.ChoiceField(label="Product")
    known = forms.ChoiceField(
        label="Is de wachttijd bekend?", choices=WaitKnown.choices, widget=forms.RadioSelect
    )  # fmt: skip
    stated_on = DayField(label="Opgave van")

    class Meta:
        model = WaitStatement
        fields = (
            "provider", "product_code", "location", "stated_on", "known", "intake_days",
            "treatment_days", "waiting",
        )  # fmt: skip

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, region=region, **kwargs)
        self.initial["known"] = self.initial.get("known") or WaitKnown.KNOWN
        self.fields["product_code"].choices = _products(region, "kies")  # type: ignore[attr-defined]


class PlaceForm(_OfProvider):
    stated_on = DayField(label="Opgave van")

    class Meta:
        model = PlaceStatement
        fields = ("provider", "location", "kind", "stated_on", "capacity", "free", "note")


class StopForm(_OfProvider):
    product_code = forms.ChoiceField(label="Product", required=False)
    starts_on = DayField(label="Vanaf", help_text="Minstens 14 dagen na vandaag.")

    class Meta:
        model = ClientStop
        fields = ("provider", "product_code", "location", "ground", "starts_on", "reason")
        labels = {"provider": "Aanbieder"}
        widgets = {"reason": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, region=region, **kwargs)
        self.fields["product_code"].choices = _products(region, "alle hulp")  # type: ignore[attr-defined]


class ImposeStopForm(forms.Form):
    provider = forms.ModelChoiceField(label="Aanbieder", queryset=Provider.objects.none())
    ground = forms.ChoiceField(label="Grond")
    reason = forms.CharField(label="Toelichting", widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["provider"].queryset = Provider.objects.filter(region=region)
        fields["ground"].choices = [(g.value, g.label) for g in AT_ONCE]


class NormForm(forms.ModelForm):
    class Meta:
        model = WaitNorm
        fields = ("segment", "intake_days", "treatment_days", "source")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["segment"].queryset = segments_of(self.instance.region)
        fields["segment"].empty_label = "de hele regio"


class MomentField(forms.DateTimeField):
    """A day and time, in Amsterdam time."""

    widget = forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=[MOMENT, "%Y-%m-%d %H:%M"], **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(value) if isinstance(value, datetime) else value


class _OfMunicipality(forms.ModelForm):
    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        region = self.instance.region
        own = access_of(user).municipalities_in(region.pk)
        members = municipalities_of(region)
        fields["municipality"].queryset = members.filter(gm_code__in=own) if own else members


class CrisisForm(_OfMunicipality):
    reported_at = MomentField(label="Gemeld op")
    helped_at = MomentField(label="Hulp begonnen op", required=False)

    class Meta:
        model = CrisisReport
        fields = ("municipality", "reported_at", "helped_at", "provider")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Provider.objects.filter(region=self.instance.region)
        self.fields["provider"].queryset = rows  # type: ignore[attr-defined]


class OutsideForm(_OfMunicipality):
    placed_on = DayField(label="Geplaatst op")
    back_on = DayField(label="Terug op", required=False)

    class Meta:
        model = OutsidePlacement
        fields = ("municipality", "placed_on", "where", "reason", "youths", "back_on")


class SupplyFilter(forms.Form):
    product = forms.ChoiceField(label="Product", required=False)
    zoek = forms.CharField(label="Aanbieder", required=False)
    toon = forms.ChoiceField(
        label="Toon", required=False,
        choices=[("", "alles"), ("norm", "binnen de norm"), ("onbekend", "onbekend")],
    )  # fmt: skip

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product"].choices = _products(region, "alle")  # type: ignore[attr-defined]
