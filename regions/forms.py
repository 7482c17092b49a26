"""Forms about a region: its settings, municipalities, groups and people."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model

from core.api.tokens import DEFAULT_DAYS, LONGEST_DAYS
from core.packs.load import FILE_LIMIT
from core.ui.forms import DayField, LastDayField, NotesField

from .domain.roles import ASSIGNABLE
from .enums import Role
from .models import Municipality, MunicipalityGroup, Organisation, Region, RegionMembership
from .queries.membership import municipalities_ever_in
from .queries.tokens import systems_managed_by


class RegionForm(forms.ModelForm):
    organisation_name = forms.CharField(
        label="Regionale organisatie",
        max_length=160,
        help_text="De organisatie die namens de gemeenten inkoopt, bijvoorbeeld een servicebureau.",
    )
    notes = NotesField(label="Kanttekeningen")

    class Meta:
        model = Region
        fields = (
            "name",
            "slug",
            "youth_region",
            "description",
            "min_cases",
            "min_providers",
            "notes",
        )
        help_texts = {
            "slug": "Staat in het webadres. Kleine letters, cijfers en streepjes.",
            "youth_region": "De naam op de lijst van jeugdregio’s van het CBS.",
            "min_cases": "Kleinere aantallen schermen we af. Minstens 10.",
            "min_providers": "Kosten over minder aanbieders schermen we af. Minstens 3.",
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}

    field_order = ("name", "organisation_name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["organisation_name"].initial = self.instance.organisation.name
            # An address that people have bookmarked does not change.
            del self.fields["slug"]


class PackForm(forms.Form):
    file = forms.FileField(
        label="Regiopakket",
        help_text="Een YAML-bestand van hooguit 5 MB. Twee keer inlezen is hetzelfde als één keer.",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > FILE_LIMIT:
            raise forms.ValidationError("Het bestand is groter dan 5 MB.")
        try:
            self.text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError("Dit is geen tekstbestand in UTF-8.") from None
        return file

    def file_and_text(self) -> dict[str, str]:
        return {"text": self.text, "file": self.cleaned_data["file"].name}


class MembershipForm(forms.ModelForm):
    valid_from = DayField(label="Vanaf")
    valid_to = LastDayField(
        label="Tot en met", required=False, help_text="Laat leeg als de gemeente nog lid is."
    )

    class Meta:
        model = RegionMembership
        fields = ("valid_from", "valid_to", "source", "source_status")
        help_texts = {"source": "In welk document dit staat."}


class NewMembershipForm(MembershipForm):
    """A municipality by its code; one that is not known yet is made."""

    gm_code = forms.RegexField(
        r"^\d{4}$",
        label="Gemeentecode (CBS)",
        help_text="Vier cijfers, bijvoorbeeld 0361.",
        error_messages={"invalid": "Een gemeentecode heeft vier cijfers."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "jr-short"}),
    )
    name = forms.CharField(
        label="Naam",
        max_length=80,
        required=False,
        help_text="Alleen nodig als de gemeente nog niet bekend is.",
    )

    field_order = ("gm_code", "name", "valid_from", "valid_to", "source", "source_status")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        code = cleaned.get("gm_code")
        known = Municipality.objects.filter(gm_code=code).exists()
        if code and not known and not cleaned.get("name"):
            self.add_error("name", "Vul de naam in; deze gemeente is nog niet bekend.")
        return cleaned


class GroupForm(forms.ModelForm):
    class Meta:
        model = MunicipalityGroup
        fields = ("code", "name", "municipalities", "source", "note")
        widgets = {
            "municipalities": forms.CheckboxSelectMultiple,
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {"code": "Hoe de documenten de groep noemen, bijvoorbeeld H9."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipalities"].queryset = municipalities_ever_in(self.instance.region)  # type: ignore[attr-defined]


class PeopleFilter(forms.Form):
    zoek = forms.CharField(label="Naam of e-mailadres", required=False)
    rol = forms.ChoiceField(
        label="Rol",
        required=False,
        choices=[("", "alle rollen"), *((role.value, role.label) for role in ASSIGNABLE)],
    )


class InviteForm(forms.Form):
    """Scope fields are shown for every role; which ones count depends on the role."""

    name = forms.CharField(label="Naam", max_length=120)
    email = forms.EmailField(label="E-mailadres", help_text="Hiermee logt deze persoon in.")
    role = forms.ChoiceField(
        label="Rol",
        choices=[("", "Kies een rol"), *((role.value, role.label) for role in ASSIGNABLE)],
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.none(),
        label="Gemeente",
        required=False,
        help_text="Nodig voor: medewerker toegang, griffier, raadslid en bestuurder.",
        empty_label="geen",
    )
    provider_organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Aanbieder",
        required=False,
        help_text="Nodig voor de rol aanbieder.",
        empty_label="geen",
    )

    def __init__(self, *args: Any, region: Region, providers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities_ever_in(region)  # type: ignore[attr-defined]
        self.fields["provider_organisation"].queryset = providers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What does not belong to the role is left out, so that a leftover choice does no harm."""
        cleaned = super().clean() or self.cleaned_data
        role = cleaned.get("role")
        if role not in Role.OF_MUNICIPALITY:
            cleaned["municipality"] = None
        elif cleaned.get("municipality") is None:
            self.add_error("municipality", "Kies bij deze rol een gemeente.")
        if role != Role.PROVIDER:
            cleaned["provider_organisation"] = None
        elif cleaned.get("provider_organisation") is None:
            self.add_error("provider_organisation", "Kies bij deze rol een aanbieder.")
        return cleaned


class TokenForm(forms.Form):
    """A token for oneself, or for one of the systems that one keeps."""

    user = forms.ModelChoiceField(
        get_user_model().objects.none(),
        label="Voor",
        empty_label=None,
        help_text="Het token opent wat deze gebruiker of dit systeem mag zien en doen.",
    )
    name = forms.CharField(
        label="Naam",
        max_length=80,
        help_text="Waar u het voor gebruikt, bijvoorbeeld ‘datawarehouse’.",
    )
    days = forms.IntegerField(
        label="Geldig, in dagen",
        min_value=1,
        max_value=LONGEST_DAYS,
        initial=DEFAULT_DAYS,
        help_text=f"Hooguit {LONGEST_DAYS}. Kort is veiliger.",
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = get_user_model().objects.filter(pk=by.pk)
        systems = systems_managed_by(by)
        choice: Any = self.fields["user"]
        choice.queryset = (people | get_user_model().objects.filter(pk__in=systems)).order_by(
            "name"
        )
        choice.initial = by.pk
