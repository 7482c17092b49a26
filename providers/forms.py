from typing import Any

from django import forms

from regions.queries.membership import municipalities_ever_in

from .enums import ProviderKind
from .models import Provider, ProviderContact, ProviderLocation


class ProviderForm(forms.ModelForm):
    website = forms.URLField(label="Website", required=False, assume_scheme="https")

    class Meta:
        model = Provider
        fields = (
            "name", "agb_code", "chamber_of_commerce_number", "legal_form", "kind", "website",
            "notes",
        )  # fmt: skip
        widgets = {"notes": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "agb_code": "Acht cijfers. Berichten noemen de aanbieder met deze code.",
            "chamber_of_commerce_number": "Acht cijfers.",
            "notes": "Zet hier niets over cliënten.",
        }


class LocationForm(forms.ModelForm):
    class Meta:
        model = ProviderLocation
        fields = ("name", "municipality", "town")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = municipalities_ever_in(self.instance.provider.region)
        self.fields["municipality"].queryset = members  # type: ignore[attr-defined]
        self.fields["municipality"].empty_label = "buiten de regio"  # type: ignore[attr-defined]


class ContactForm(forms.ModelForm):
    class Meta:
        model = ProviderContact
        fields = ("name", "function", "email", "phone")


class ProviderFilter(forms.Form):
    zoek = forms.CharField(label="Naam, AGB-code of KvK-nummer", required=False)
    soort = forms.ChoiceField(
        label="Soort", required=False, choices=[("", "alle"), *ProviderKind.choices]
    )
