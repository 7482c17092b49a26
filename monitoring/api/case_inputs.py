"""What a request may say of a case, and who may say it."""

from typing import Any

from rest_framework import serializers

from core.api.rest import (
    Choice,
    Input,
    KeyOf,
    StepOf,
)
from core.errors import NotAllowed
from providers.enums_supply import StopGround
from providers.queries.providers import visible_to as providers_visible_to
from regions.enums import Role
from regions.models import Municipality
from regions.queries.access import access_of
from segments.queries.framework import segments_visible_to

from ..domain.cases import following
from ..enums.cases import (
    ACTION,
    CASE,
    CaseTheme,
    MeasureKind,
    ResultJudgement,
)
from ..rules.cases import FOLLOWERS, SIGNALLERS


class ProviderChoice(serializers.RegexField):
    """A provider of a region by its AGB code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"^\d{8}$", **{"help_text": "AGB-code, acht cijfers.", **kwargs})


class OfProvider(Input):
    regio = serializers.CharField(max_length=40)
    aanbieder = ProviderChoice()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        visible = providers_visible_to(self.context["request"].user)
        found = visible.filter(region__slug=attrs.pop("regio"), agb_code=attrs["aanbieder"]).first()
        if found is None:
            raise serializers.ValidationError(
                {"aanbieder": "Deze regio kent geen aanbieder met deze AGB-code."}
            )
        return {**attrs, "aanbieder": found}


OF_SEGMENT = "Sleutel van het segment; leeg: alle."


def _in_its_region(attrs: dict[str, Any]) -> dict[str, Any]:
    segment = attrs.get("segment")
    if segment is not None and segment.scheme.region_id != attrs["aanbieder"].region_id:
        raise serializers.ValidationError({"segment": "Dit segment hoort niet bij deze regio."})
    return attrs


class CaseInput(OfProvider):
    thema = Choice(CaseTheme)
    onderwerp = serializers.CharField(max_length=160)
    segment = KeyOf(segments_visible_to, noun="segment", required=False, help_text=OF_SEGMENT)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return _in_its_region(super().validate(attrs))

    class Meta:
        ref_name = "ZaakNieuw"


class StepInput(Input):
    stap = StepOf(CASE)
    reden = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)

    class Meta:
        ref_name = "ZaakStap"


class ActionStepInput(Input):
    actie = serializers.IntegerField(min_value=1, max_value=2**62)
    stap = StepOf(ACTION)
    reden = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)

    class Meta:
        ref_name = "ActieStap"


class AgreementInput(Input):
    wie = serializers.CharField(max_length=120)
    wat = serializers.CharField(max_length=2000)
    hoe = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)
    klaarOp = serializers.DateField()
    waaraanTeZien = serializers.CharField(
        max_length=2000, required=False, default="", allow_blank=True
    )

    class Meta:
        ref_name = "Afspraak"


def agreement_of(given: dict[str, Any]) -> following.Agreement:
    return following.Agreement(
        who=given["wie"], what=given["wat"], due=given["klaarOp"], how=given["hoe"],
        result=given["waaraanTeZien"],
    )  # fmt: skip


class ConversationInput(Input):
    datum = serializers.DateField()
    deelnemers = serializers.ListField(
        child=serializers.CharField(max_length=200), min_length=1, max_length=50
    )
    verslag = serializers.CharField(max_length=20_000)
    afspraken = serializers.ListField(child=AgreementInput(), required=False, default=list)

    class Meta:
        ref_name = "GesprekNieuw"


class PlanInput(Input):
    """The whole draft: its lines replace those that were there."""

    watIsErAanDeHand = serializers.CharField(max_length=20_000)
    watWiltUBereiken = serializers.CharField(max_length=20_000)
    maatregelen = serializers.ListField(child=AgreementInput(), min_length=1, max_length=100)

    class Meta:
        ref_name = "VerbeterplanTekst"


class ProgressInput(Input):
    """With a file as proof it comes as multipart."""

    actie = serializers.IntegerField(min_value=1, max_value=2**62)
    tekst = serializers.CharField(max_length=20_000)
    bewijs = serializers.FileField(
        required=False, help_text="PDF, Word, Excel, tekst of afbeelding, tot 10 MB."
    )

    class Meta:
        ref_name = "Voortgang"


class JudgementInput(Input):
    actie = serializers.IntegerField(min_value=1, max_value=2**62)
    resultaat = Choice(ResultJudgement)
    toelichting = serializers.CharField(max_length=2000)

    class Meta:
        ref_name = "Beoordeling"


class MeasureInput(Input):
    maatregel = Choice(MeasureKind)
    grond = Choice(
        StopGround, required=False, help_text="Van een cliëntenstop; leeg: volgt uit de zaak."
    )
    product = serializers.CharField(max_length=5, required=False, default="", allow_blank=True)
    vanaf = serializers.DateField()
    reden = serializers.CharField(max_length=2000)

    class Meta:
        ref_name = "MaatregelNieuw"


class MeasureEndInput(Input):
    maatregel = serializers.IntegerField(min_value=1, max_value=2**62)
    tot = serializers.DateField(help_text="De eerste dag waarop de maatregel niet meer geldt.")
    reden = serializers.CharField(max_length=2000)

    class Meta:
        ref_name = "MaatregelEinde"


class ObservationInput(Input):
    aantalJeugdigen = serializers.IntegerField(min_value=0, max_value=30_000)
    waarvanBeter = serializers.IntegerField(min_value=0, max_value=30_000)
    tekst = serializers.CharField(max_length=20_000)
    gezienOp = serializers.DateField()
    gemeente = serializers.RegexField(r"^\d{4}$", required=False)

    class Meta:
        ref_name = "WaarnemingNieuw"


class IndicatorInput(Input):
    indicator = serializers.CharField(max_length=60)
    doel = serializers.FloatField(
        required=False, help_text="Leeg: het getal dat is afgesproken. Een aandeel van 0 tot 1."
    )
    hogerIsBeter = serializers.BooleanField()
    teHalenIn = serializers.RegexField(r"^20\d\d-H[12]$", help_text="Halfjaar, zoals 2027-H1.")

    class Meta:
        ref_name = "IndicatorVolgen"


class IndicatorEndInput(Input):
    indicator = serializers.CharField(max_length=60)

    class Meta:
        ref_name = "IndicatorEinde"


class LetterInput(Input):
    onderwerp = serializers.CharField(max_length=160)
    tekst = serializers.CharField(max_length=20_000)
    aanAanbieder = serializers.BooleanField(default=True)

    class Meta:
        ref_name = "BriefNieuw"


class CountInput(Input):
    op = serializers.DateField()
    gepland = serializers.IntegerField(min_value=0, max_value=1_000_000)
    geteld = serializers.IntegerField(min_value=0, max_value=1_000_000, required=False)

    class Meta:
        ref_name = "UitfaseringAantalNieuw"


class AlternativeInput(Input):
    aanbieder = ProviderChoice()
    jeugdigen = serializers.IntegerField(min_value=0, max_value=1_000_000)
    vanaf = serializers.DateField()
    afspraak = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)

    class Meta:
        ref_name = "UitfaseringAlternatiefNieuw"


class PhaseOutInput(Input):
    """The whole plan: its numbers and alternatives replace those that were there."""

    plan = serializers.CharField(max_length=20_000)
    jeugdigenBijBegin = serializers.IntegerField(min_value=0, max_value=1_000_000)
    vanaf = serializers.DateField()
    klaarOp = serializers.DateField()
    aantallen = serializers.ListField(child=CountInput(), required=False, default=list)
    alternatieven = serializers.ListField(child=AlternativeInput(), required=False, default=list)

    class Meta:
        ref_name = "UitfaseringsplanNieuw"


def own_municipality(user: Any, region_id: int, code: str | None) -> Municipality | None:
    """The municipality of who speaks for one; staff of the region may name one, or none."""
    own = access_of(user).municipalities_in(region_id)
    if not own and not code:
        return None
    if own and code and code not in own:
        raise NotAllowed("U legt alleen voor uw eigen gemeente iets vast.")
    wanted = code or sorted(own)[0]
    rows = Municipality.objects.filter(memberships__region=region_id, gm_code=wanted)
    found = rows.distinct().first()
    if found is None:
        raise serializers.ValidationError({"gemeente": "Deze gemeente hoort niet bij de regio."})
    return found


def check_follows(user: Any) -> None:
    if not access_of(user).has(*FOLLOWERS, Role.PROVIDER):
        raise NotAllowed("Zaken zijn voor de regio, de toegang, bestuurders en de aanbieder zelf.")


def check_sees_signals(user: Any) -> None:
    if not access_of(user).has(*SIGNALLERS, *Role.REGIONAL_STAFF, Role.EXECUTIVE):
        raise NotAllowed("Signalen zijn voor de regio, de toegang en bestuurders.")
