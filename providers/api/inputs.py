"""What a request may say of a provider's file."""

from typing import Any

from django.contrib.auth import get_user_model
from rest_framework import serializers

from core.api.rest import Choice, Day, Input, KeyOf, LastDay, MoveInput
from regions.api.choose import RegionChoice
from regions.api.files import Upload
from regions.enums import Role

from .. import enums
from ..models import Provider
from ..queries import providers

OPTIONAL: dict[str, Any] = {"required": False, "allow_blank": True}
EMPTY: dict[str, Any] = {"required": False, "allow_null": True}


class ProviderChoice(KeyOf):
    """The key of a provider that the user may see; becomes the Provider."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(providers.visible_to, noun="aanbieder", **kwargs)


class Colleague(serializers.CharField):
    """Somebody who works in one of the user's regions, by e-mail address."""

    def to_internal_value(self, data: Any) -> Any:
        email = super().to_internal_value(data)
        seen = providers.visible_to(self.context["request"].user).values("region")
        found = get_user_model().objects.filter(
            email__iexact=email,
            role_assignments__region__in=seen,
            role_assignments__role__in=Role.REGIONAL_STAFF,
        )
        if not found.exists():
            raise serializers.ValidationError("Er is geen medewerker met dit e-mailadres.")
        return found.distinct().first()


class ProviderInput(Input):
    regio = RegionChoice(source="region")
    naam = serializers.CharField(source="name", max_length=160)
    agbCode = serializers.RegexField(r"^\d{8}$", source="agb_code")
    kvkNummer = serializers.RegexField(
        r"^(\d{8})?$", source="chamber_of_commerce_number", **OPTIONAL
    )
    soort = Choice(enums.ProviderKind, source="kind", required=False)
    rechtsvorm = serializers.CharField(source="legal_form", max_length=60, **OPTIONAL)
    website = serializers.URLField(max_length=200, **OPTIONAL)

    class Meta:
        ref_name = "AanbiederInvoer"


class PartInput(Input):
    """Every part of a file names its provider."""

    aanbieder = ProviderChoice(source="provider")


class ContactInput(PartInput):
    naam = serializers.CharField(source="name", max_length=120)
    functie = serializers.CharField(source="function", max_length=120, **OPTIONAL)
    email = serializers.EmailField(**OPTIONAL)
    telefoon = serializers.CharField(source="phone", max_length=30, **OPTIONAL)

    class Meta:
        ref_name = "ContactpersoonInvoer"


class ConversationInput(PartInput):
    soort = Choice(enums.ConversationKind, source="kind", required=False)
    onderwerp = serializers.CharField(source="subject", max_length=160)
    datum = Day(source="planned_on")
    plaats = serializers.CharField(source="place", max_length=120, **OPTIONAL)
    agenda = serializers.ListField(
        child=serializers.CharField(max_length=500), required=False, max_length=50
    )

    class Meta:
        ref_name = "AccountgesprekInvoer"


class ConversationMoveInput(MoveInput):
    """Holding a conversation asks for its report."""

    verslag = serializers.CharField(source="report", required=False, max_length=20_000)
    aanwezig = serializers.ListField(
        child=serializers.CharField(max_length=120), source="participants", required=False,
        max_length=50,
    )  # fmt: skip
    volgendGesprek = Day(source="next_on", **EMPTY)

    class Meta:
        ref_name = "StapVanGesprek"


class AgreementInput(PartInput):
    afspraak = serializers.CharField(source="text", max_length=500)
    eigenaar = Colleague(source="owner", **EMPTY)
    eigenaarBijAanbieder = serializers.CharField(source="owner_name", max_length=120, **OPTIONAL)
    gereedOp = Day(source="due_on")

    class Meta:
        ref_name = "AfspraakMetAanbiederInvoer"


class IncidentInput(PartInput):
    soort = Choice(enums.IncidentKind, source="kind")
    watIsErGebeurd = serializers.CharField(source="title", max_length=200)
    toelichting = serializers.CharField(source="description", max_length=10_000, **OPTIONAL)
    toezichthouder = serializers.CharField(source="supervisor", max_length=120, **OPTIONAL)
    bekendOp = Day(source="known_on")
    gemeldOp = Day(source="reported_on", **EMPTY)
    opvolgenOp = Day(source="follow_up_on", **EMPTY)

    class Meta:
        ref_name = "IncidentBijAanbiederInvoer"


def _amount(source: str, *, least: int | None = None, **kwargs: Any) -> Any:
    """Euros as text, at most twelve digits before the point."""
    return serializers.DecimalField(14, 2, source=source, min_value=least, **kwargs)


class BusinessYearInput(PartInput):
    jaar = serializers.IntegerField(source="year", min_value=2000, max_value=2100)
    omzet = _amount("revenue", least=0)
    resultaat = _amount("result")
    vlottendeActiva = _amount("current_assets", least=0, **EMPTY)
    kortlopendeSchulden = _amount("current_liabilities", least=0, **EMPTY)
    eigenVermogen = _amount("equity", **EMPTY)
    balanstotaal = _amount("total_assets", least=0, **EMPTY)
    bron = serializers.CharField(source="source", max_length=160, **OPTIONAL)

    class Meta:
        ref_name = "BoekjaarInvoer"


class SubcontractingInput(PartInput):
    bekendeAanbieder = ProviderChoice(source="firm", **EMPTY)
    naam = serializers.CharField(source="name", max_length=160, **OPTIONAL)
    kvkNummer = serializers.RegexField(
        r"^(\d{8})?$", source="chamber_of_commerce_number", **OPTIONAL
    )
    werk = serializers.CharField(source="work", max_length=200)
    ingestemd = serializers.BooleanField(source="permitted", required=False)
    vanaf = Day(source="valid_from")
    totEnMet = LastDay(source="valid_to", **EMPTY)

    class Meta:
        ref_name = "OnderaannemerInvoer"


def of_same_region(firm: Provider | None, provider: Provider) -> bool:
    return firm is None or firm.region_id == provider.region_id


class DocumentInput(PartInput):
    soort = Choice(enums.DocumentKind, source="kind")
    titel = serializers.CharField(source="title", max_length=200)
    geldigVanaf = Day(source="valid_from", **EMPTY)
    geldigTotEnMet = LastDay(source="valid_to", **EMPTY)
    gedeeld = serializers.BooleanField(source="shared", required=False)
    bestand = Upload(source="upload")

    class Meta:
        ref_name = "DocumentVanAanbiederInvoer"
