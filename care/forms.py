"""Forms of pages of care."""

from typing import Any

from django import forms

from .enums import LookFor


class WhyForm(forms.Form):
    waarvoor = forms.ChoiceField(
        label="Waarvoor", choices=LookFor.choices, widget=forms.RadioSelect
    )
    toelichting = forms.CharField(
        label="Toelichting",
        required=False,
        max_length=120,
        help_text="Bijvoorbeeld een zaaknummer of de maand waar het om gaat. Noem geen jeugdige.",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("waarvoor") == LookFor.OTHER and not given.get("toelichting"):
            self.add_error("toelichting", "Zeg waarvoor u deze gegevens nodig hebt.")
        return given

    def why(self) -> str:
        purpose, more = LookFor(self.cleaned_data["waarvoor"]), self.cleaned_data["toelichting"]
        if purpose == LookFor.OTHER:
            return str(more)
        return f"{purpose.label}: {more}" if more else str(purpose.label)
