from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from core.documents.forms import KindField
from core.states import Move
from core.states.pages import ReasonForm
from core.ui.forms import DayField, DutchDecimalField, EuroField, LastDayField, LinesField
from core.ui.forms import PercentField as ShareField
from regions.enums import Role
from regions.models import Region
from regions.queries.membership import municipalities_ever_in

from . import models
from .enums import HolderSide, ProviderKind

NO_CLIENTS = "Zet hier niets over cliënten."


class ProviderForm(forms.ModelForm):
    website = forms.URLField(label="Website", required=False, assume_scheme="https")

    class Meta:
        model = models.Provider
        fields = (
            "name", "agb_code", "chamber_of_commerce_number", "legal_form", "kind", "website",
            "notes",
        )  # fmt: skip
        widgets = {"notes": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "agb_code": "Acht cijfers. Berichten noemen de aanbieder met deze code.",
            "chamber_of_commerce_number": "Acht cijfers.",
            "notes": NO_CLIENTS,
        }


class LocationForm(forms.ModelForm):
    class Meta:
        model = models.ProviderLocation
        fields = ("name", "municipality", "town")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = municipalities_ever_in(self.instance.provider.region)
        self.fields["municipality"].queryset = members  # type: ignore[attr-defined]
        self.fields["municipality"].empty_label = "buiten de regio"  # type: ignore[attr-defined]


class ContactForm(forms.ModelForm):
    class Meta:
        model = models.ProviderContact
        fields = ("name", "function", "email", "phone")


class Dated(forms.ModelForm):
    """A form with a period of which the last day may be left open."""

    valid_from = DayField(label="Eerste dag")
    valid_to = LastDayField(label="Laatste dag", required=False, help_text="Leeg: loopt door.")


class CodeForm(Dated):
    class Meta:
        model = models.ProviderCode
        fields = ("agb_code", "note", "valid_from", "valid_to")
        help_texts = {
            "agb_code": "Acht cijfers, met de nullen vooraan.",
            "note": "Bijvoorbeeld een praktijk of locatie.",
        }


class HolderForm(Dated):
    class Meta:
        model = models.AccountHolder
        fields = ("side", "user", "contact", "municipality", "valid_from", "valid_to")
        help_texts = {
            "user": "Bij de regionale organisatie of de gemeentelijke toegang.",
            "contact": "Bij de aanbieder.",
            "municipality": "Alleen bij de gemeentelijke toegang.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        provider = self.instance.provider
        choices: dict[str, QuerySet[Any]] = {
            "user": people_of(provider.region, *Role.REGIONAL_STAFF, Role.ACCESS_TEAM),
            "contact": provider.contacts.all(),
            "municipality": municipalities_ever_in(provider.region),
        }
        for name, rows in choices.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        at_provider = found.get("side") == HolderSide.PROVIDER
        wanted, other = ("contact", "user") if at_provider else ("user", "contact")
        if not found.get(wanted):
            self.add_error(wanted, "Kies wie het is.")
        found[other] = None
        if found.get("side") != HolderSide.ACCESS:
            found["municipality"] = None
        return found


class SubcontractingForm(Dated):
    class Meta:
        model = models.Subcontracting
        fields = (
            "firm", "name", "chamber_of_commerce_number", "work", "permitted", "valid_from",
            "valid_to",
        )  # fmt: skip
        help_texts = {"name": "Als het geen aanbieder is die de regio kent."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        provider = self.instance.provider
        others = models.Provider.objects.filter(region=provider.region).exclude(pk=provider.pk)
        self.fields["firm"].queryset = others  # type: ignore[attr-defined]
        self.fields["firm"].empty_label = "geen bekende aanbieder"  # type: ignore[attr-defined]


class ConversationForm(forms.ModelForm):
    planned_on = DayField(label="Datum")
    agenda = LinesField(
        label="Agenda", required=False,
        help_text="Eén punt per regel. Leeg: wij zetten er neer wat nu openstaat.",
    )  # fmt: skip

    class Meta:
        model = models.ProviderConversation
        fields = ("kind", "subject", "planned_on", "place", "agenda")


class ConversationMoveForm(ReasonForm):
    """Writing a conversation down asks for its report; the other moves for a reason."""

    report = forms.CharField(
        label="Verslag", widget=forms.Textarea(attrs={"rows": 8}), help_text=NO_CLIENTS
    )
    participants = LinesField(label="Aanwezig", required=False, help_text="Eén naam per regel.")
    next_on = DayField(
        label="Volgend gesprek", required=False,
        help_text="Dan staat het meteen gepland, met een agenda van wat nu openstaat.",
    )  # fmt: skip

    def __init__(self, *args: Any, move: Move, **kwargs: Any) -> None:
        super().__init__(*args, move=move, **kwargs)
        unused = ["reason"] if move.name == "hold" else ["report", "participants", "next_on"]
        for name in unused:
            del self.fields[name]


class AgreementForm(forms.ModelForm):
    due_on = DayField(label="Gereed op")

    class Meta:
        model = models.ProviderAgreement
        fields = ("text", "owner", "owner_name", "due_on", "conversation")
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"owner_name": "Als iemand van de aanbieder het doet."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        provider = self.instance.provider
        staff = people_of(provider.region, *Role.REGIONAL_STAFF)
        self.fields["owner"].queryset = staff  # type: ignore[attr-defined]
        talks = provider.conversations.all()
        self.fields["conversation"].queryset = talks  # type: ignore[attr-defined]


class IncidentForm(forms.ModelForm):
    known_on = DayField(label="Bij de aanbieder bekend op")
    reported_on = DayField(
        label="Gemeld aan de regio op", required=False,
        help_text="Een maatregel van IGJ of toezicht Jeugd meldt de aanbieder binnen 7 dagen, een "
        "calamiteit of maatregel van een andere toezichthouder meteen. Leeg: nog niet gemeld.",
    )  # fmt: skip
    follow_up_on = DayField(label="Opvolgen op", required=False)

    class Meta:
        model = models.ProviderIncident
        fields = (
            "kind", "title", "supervisor", "known_on", "reported_on", "follow_up_on",
            "description",
        )  # fmt: skip
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"description": NO_CLIENTS, "title": NO_CLIENTS}


class BusinessYearForm(forms.ModelForm):
    revenue = EuroField(label="Omzet", min_value=0)
    result = EuroField(label="Resultaat", help_text="Bij verlies een bedrag onder nul.")
    current_assets = EuroField(label="Vlottende activa", required=False, min_value=0)
    current_liabilities = EuroField(label="Kortlopende schulden", required=False, min_value=0)
    equity = EuroField(label="Eigen vermogen", required=False)
    total_assets = EuroField(label="Balanstotaal", required=False, min_value=0)

    class Meta:
        model = models.BusinessYear
        fields = (
            "year", "revenue", "result", "current_assets", "current_liabilities", "equity",
            "total_assets", "source",
        )  # fmt: skip
        help_texts = {"source": "Bijvoorbeeld de jaarverantwoording."}


class NormsForm(forms.ModelForm):
    most_margin = ShareField(
        label="Hoogste marge (procent van de omzet)", required=False,
        help_text="Daarboven is winst een gesprek waard. Leeg: de regio noemt geen grens.",
    )  # fmt: skip
    least_liquidity = DutchDecimalField(
        label="Laagste liquiditeit", max_digits=6, decimal_places=2,
        help_text="Vlottende activa gedeeld door kortlopende schulden.",
    )  # fmt: skip
    least_solvency = ShareField(label="Laagste solvabiliteit (procent)", required=False)

    class Meta:
        model = models.BusinessNorms
        fields = ("most_margin", "least_liquidity", "least_solvency", "negative_years")


class DocumentForm(forms.ModelForm):
    """A document; the file may be left out once the row is there."""

    file = KindField(required=False)
    valid_from = DayField(label="Geldig vanaf", required=False)
    valid_to = LastDayField(
        label="Geldig tot en met", required=False,
        help_text="U wordt op tijd herinnerd. Leeg: onbeperkt geldig.",
    )  # fmt: skip

    class Meta:
        model = models.ProviderDocument
        fields = ("title", "kind", "valid_from", "valid_to", "shared")

    field_order = ("file", "title", "kind", "valid_from", "valid_to", "shared")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields["file"].required = True
        elif self.instance.document_id:
            self.fields["file"].label = "Nieuwere versie"


class ProviderFilter(forms.Form):
    zoek = forms.CharField(label="Naam, AGB-code of KvK-nummer", required=False)
    soort = forms.ChoiceField(
        label="Soort", required=False, choices=[("", "alle"), *ProviderKind.choices]
    )


def people_of(region: Region, *roles: str) -> QuerySet[Any]:
    """Users with one of these roles in a region."""
    people = get_user_model().objects.filter(
        role_assignments__region=region, role_assignments__role__in=roles
    )
    return people.distinct().order_by("name", "pk")
