"""Risks and chances, local teams, inquiries and initiatives through the API."""

from typing import Any

import django_filters
from rest_framework import serializers

from core.api.rest import (
    Choice,
    ChoiceOf,
    Day,
    Euros,
    Filters,
    Input,
    KeyOf,
    Rows,
    Text,
    Whole,
    YesNo,
    many,
)
from providers.queries.providers import visible_to as providers_visible_to
from regions.api.choose import OfRegion, PlaceChoice, RegionChoice, region_filter
from segments.queries.framework import segments_visible_to

from ..enums.steering import (
    AssessmentState,
    FeatureGroup,
    InitiativeKind,
    InitiativeState,
    InquiryState,
    RiskKind,
    RiskState,
    Score,
)
from ..models import (
    FeatureScore,
    Initiative,
    Inquiry,
    InquiryFollower,
    LocalTeamFeature,
    MitigationMeasure,
    Risk,
    RiskAssessment,
    SelfAssessment,
)
from ..queries import steering as seen
from .keeping import (
    EMPTY,
    OPTIONAL,
    MovingView,
    SteeringView,
    check_has_a_role,
    check_inside,
)


def long_text(source: str, **kwargs: Any) -> serializers.CharField:
    return serializers.CharField(source=source, max_length=20_000, **kwargs)


class AssessmentRows(Rows):
    id = Whole()
    op = Day(source="on")
    waarschijnlijkheid = Whole(source="likelihood")
    gevolg = Whole(source="impact")
    waarom = Text(source="reason")

    class Meta:
        ref_name = "Inschatting"


class MitigationRows(Rows):
    id = Whole()
    maatregel = Text(source="text")
    wie = Text(source="who", allow_blank=True)
    uiterlijk = Day(source="due_on", allow_null=True)
    gedaanOp = Day(source="done_on", allow_null=True)
    watKwamErvan = Text(source="result", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Beheersmaatregel"


class RiskRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    soort = Choice(RiskKind, source="kind")
    titel = Text(source="title")
    toelichting = Text(source="description", allow_blank=True)
    oorzaak = Text(source="cause", allow_blank=True)
    gevolg = Text(source="effect", allow_blank=True)
    segment = Text(source="segment__code", allow_null=True)
    opnieuwBekijkenOp = Day(source="review_on", allow_null=True)
    stand = Choice(RiskState, source="state")
    inschattingen = many(AssessmentRows, model=RiskAssessment, by="risk_id", order=("on", "pk"))
    maatregelen = many(MitigationRows, model=MitigationMeasure, by="risk_id")
    bron = Text(source="source", allow_blank=True)
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Risico"


class RiskInput(Input):
    regio = RegionChoice(source="region")
    soort = Choice(RiskKind, source="kind", required=False)
    titel = serializers.CharField(source="title", max_length=200)
    toelichting = long_text("description", **OPTIONAL)
    oorzaak = long_text("cause", **OPTIONAL)
    gevolg = long_text("effect", **OPTIONAL)
    segment = KeyOf(segments_visible_to, help_text="Sleutel van het segment.", **EMPTY)
    opnieuwBekijkenOp = Day(source="review_on", **EMPTY)

    class Meta:
        ref_name = "RisicoInvoer"


class RiskFilters(OfRegion):
    soort = ChoiceOf(RiskKind, field_name="kind")
    stand = ChoiceOf(RiskState, field_name="state")


class RiskView(MovingView):
    about = (
        "Risico's en kansen met hun inschattingen en maatregelen. Stappen: `accept`, `close` en "
        "`reopen` (vragen een reden)."
    )
    visible = staticmethod(seen.risks_visible_to)
    check_access = staticmethod(check_inside)
    model = Risk
    serializer_class = RiskRows
    filterset_class = RiskFilters
    input_class = RiskInput
    places = ("region",)


class OfRisk(Filters):
    regio = region_filter("risk__region__slug")
    risico = django_filters.NumberFilter(field_name="risk_id")


class RiskPart(SteeringView):
    check_access = staticmethod(check_inside)
    filterset_class: Any = OfRisk
    places = ("risk",)


class AssessmentInput(Input):
    risico = KeyOf(seen.risks_visible_to, source="risk")
    op = Day(source="on", required=False)
    waarschijnlijkheid = serializers.IntegerField(source="likelihood", min_value=1, max_value=5)
    gevolg = serializers.IntegerField(source="impact", min_value=1, max_value=5)
    waarom = long_text("reason")

    class Meta:
        ref_name = "InschattingInvoer"


class AssessmentView(RiskPart):
    about = "Hoe waarschijnlijk en hoe groot een risico of kans op een dag werd gevonden."
    visible = staticmethod(seen.risk_assessments_visible_to)
    model = RiskAssessment
    serializer_class = AssessmentRows
    input_class = AssessmentInput


class MitigationInput(Input):
    risico = KeyOf(seen.risks_visible_to, source="risk")
    maatregel = long_text("text")
    wie = serializers.CharField(source="who", max_length=160, **OPTIONAL)
    uiterlijk = Day(source="due_on", **EMPTY)
    gedaanOp = Day(source="done_on", **EMPTY)
    watKwamErvan = long_text("result", **OPTIONAL)

    class Meta:
        ref_name = "BeheersmaatregelInvoer"


class MitigationView(RiskPart):
    about = "Wat iemand doet om een risico te beheersen of een kans te benutten."
    visible = staticmethod(seen.mitigations_visible_to)
    model = MitigationMeasure
    serializer_class = MitigationRows
    input_class = MitigationInput


class FeatureRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    nummer = Whole(source="number")
    groep = Choice(FeatureGroup, source="group")
    kenmerk = Text(source="text")
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Teamkenmerk"


class FeatureInput(Input):
    regio = RegionChoice(source="region")
    nummer = serializers.IntegerField(source="number", min_value=1, max_value=99)
    groep = Choice(FeatureGroup, source="group")
    kenmerk = serializers.CharField(source="text", max_length=200)

    class Meta:
        ref_name = "TeamkenmerkInvoer"


class FeatureView(SteeringView):
    about = "De kenmerken waaraan lokale teams zich meten."
    visible = staticmethod(seen.features_visible_to)
    check_access = staticmethod(check_has_a_role)
    model = LocalTeamFeature
    serializer_class = FeatureRows
    filterset_class = OfRegion
    input_class = FeatureInput
    places = ("region",)


class SelfAssessmentRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    gemeente = Text(source="municipality__gm_code")
    jaar = Whole(source="year")
    meegekeken = Text(source="made_with", allow_blank=True)
    toelichting = Text(source="summary", allow_blank=True)
    stand = Choice(AssessmentState, source="state")
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Zelfbeoordeling"


class SelfAssessmentInput(Input):
    regio = RegionChoice(source="region")
    gemeente = PlaceChoice(source="municipality")
    jaar = serializers.IntegerField(source="year", min_value=2015, max_value=2100)
    meegekeken = serializers.CharField(source="made_with", max_length=200, **OPTIONAL)
    toelichting = long_text("summary", **OPTIONAL)

    class Meta:
        ref_name = "ZelfbeoordelingInvoer"


class SelfAssessmentFilters(OfRegion):
    jaar = django_filters.NumberFilter(field_name="year")
    gemeente = django_filters.CharFilter(field_name="municipality__gm_code")


class SelfAssessmentView(MovingView):
    about = (
        "Zelfbeoordelingen van lokale teams per gemeente en jaar. Stappen: `hand-in` en "
        "`take-back` (vraagt een reden). Er is geen totaal en geen ranglijst."
    )
    visible = staticmethod(seen.self_assessments_visible_to)
    check_access = staticmethod(check_inside)
    model = SelfAssessment
    serializer_class = SelfAssessmentRows
    filterset_class = SelfAssessmentFilters
    input_class = SelfAssessmentInput
    places = ("region", "municipality", "year")


class ScoreRows(Rows):
    id = Whole()
    zelfbeoordeling = Whole(source="assessment_id")
    gemeente = Text(source="assessment__municipality__gm_code")
    jaar = Whole(source="assessment__year")
    kenmerk = Whole(source="feature__number")
    hoeVer = Choice(Score, source="score", allow_null=True)
    toelichting = Text(source="explanation", allow_blank=True)

    class Meta:
        ref_name = "Kenmerkscore"


class ScoreInput(Input):
    hoeVer = Choice(Score, source="score")
    toelichting = long_text("explanation")

    class Meta:
        ref_name = "KenmerkscoreInvoer"


class ScoreFilters(Filters):
    regio = region_filter("assessment__region__slug")
    zelfbeoordeling = django_filters.NumberFilter(field_name="assessment_id")
    jaar = django_filters.NumberFilter(field_name="assessment__year")


class ScoreView(SteeringView):
    about = "Hoe ver een gemeente is met een kenmerk, en waarom. De rijen komen vanzelf."
    visible = staticmethod(seen.scores_visible_to)
    check_access = staticmethod(check_inside)
    model = FeatureScore
    serializer_class = ScoreRows
    filterset_class = ScoreFilters
    input_class = ScoreInput
    http_method_names = ("get", "head", "options", "patch")


class FollowerRows(Rows):
    id = Whole()
    verkenning = Whole(source="inquiry_id")
    aanbieder = Whole(source="provider_id", allow_null=True)
    gemeente = Text(source="municipality__gm_code", allow_null=True)
    wat = Text(source="what")
    vanaf = Day(source="since")
    watKwamErvan = Text(source="result", allow_blank=True)

    class Meta:
        ref_name = "Volger"


class InquiryRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    titel = Text(source="title")
    aanbieder = Whole(source="provider_id", allow_null=True)
    gemeente = Text(source="municipality__gm_code", allow_null=True)
    segment = Text(source="segment__code", allow_null=True)
    indicator = Text(allow_blank=True)
    halfjaar = Text(source="half_year", allow_blank=True)
    watZitErachter = Text(source="behind", allow_blank=True)
    kanHetBreder = Text(source="spreadable", allow_blank=True)
    begonnenOp = Day(source="opened_on")
    uitgezochtOp = Day(source="due_on", allow_null=True)
    stand = Choice(InquiryState, source="state")
    volgers = many(FollowerRows, model=InquiryFollower, by="inquiry_id", order=("since", "pk"))
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Verkenning"


class InquiryInput(Input):
    regio = RegionChoice(source="region")
    titel = serializers.CharField(source="title", max_length=200)
    aanbieder = KeyOf(providers_visible_to, source="provider", **EMPTY)
    gemeente = PlaceChoice(source="municipality", **EMPTY)
    segment = KeyOf(segments_visible_to, help_text="Sleutel van het segment.", **EMPTY)
    watZitErachter = long_text("behind", **OPTIONAL)
    kanHetBreder = long_text("spreadable", **OPTIONAL)
    uitgezochtOp = Day(source="due_on", **EMPTY)

    class Meta:
        ref_name = "VerkenningInvoer"


class InquiryFilters(OfRegion):
    stand = ChoiceOf(InquiryState, field_name="state")


class InquiryView(MovingView):
    about = (
        "Verkenningen van wat opvallend goed gaat. Stappen: `examine`, `spread`, `keep`, "
        "`by-chance` en `reopen` (de laatste vier vragen een reden)."
    )
    visible = staticmethod(seen.inquiries_visible_to)
    model = Inquiry
    serializer_class = InquiryRows
    filterset_class = InquiryFilters
    input_class = InquiryInput
    places = ("region",)


class FollowerInput(Input):
    verkenning = KeyOf(seen.inquiries_visible_to, source="inquiry")
    aanbieder = KeyOf(providers_visible_to, source="provider", **EMPTY)
    gemeente = PlaceChoice(source="municipality", **EMPTY)
    wat = long_text("what")
    vanaf = Day(source="since")
    watKwamErvan = long_text("result", **OPTIONAL)

    class Meta:
        ref_name = "VolgerInvoer"


class FollowerFilters(Filters):
    regio = region_filter("inquiry__region__slug")
    verkenning = django_filters.NumberFilter(field_name="inquiry_id")


class FollowerView(SteeringView):
    about = "Wie overneemt wat elders werkt, en wat ervan kwam."
    visible = staticmethod(seen.followers_visible_to)
    model = InquiryFollower
    serializer_class = FollowerRows
    filterset_class = FollowerFilters
    input_class = FollowerInput
    places = ("inquiry",)


class InitiativeRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    soort = Choice(InitiativeKind, source="kind")
    naam = Text(source="title")
    watMoetHetOpleveren = Text(source="aim")
    segment = Text(source="segment__code", allow_null=True)
    ontwikkelopgave = Whole(source="task_id", allow_null=True)
    wieDoenMee = Text(source="parties", allow_blank=True)
    budget = Euros(allow_null=True)
    begintOp = Day(source="starts_on", allow_null=True)
    beoordelenOp = Day(source="evaluate_on", allow_null=True)
    watLeverdeHetOp = Text(source="finding", allow_blank=True)
    stand = Choice(InitiativeState, source="state")
    bron = Text(source="source", allow_blank=True)
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Initiatief"


class InitiativeInput(Input):
    regio = RegionChoice(source="region")
    soort = Choice(InitiativeKind, source="kind")
    naam = serializers.CharField(source="title", max_length=200)
    watMoetHetOpleveren = long_text("aim")
    segment = KeyOf(segments_visible_to, help_text="Sleutel van het segment.", **EMPTY)
    wieDoenMee = serializers.CharField(source="parties", max_length=300, **OPTIONAL)
    budget = Euros(**EMPTY)
    begintOp = Day(source="starts_on", **EMPTY)
    beoordelenOp = Day(source="evaluate_on", **EMPTY)
    watLeverdeHetOp = long_text("finding", **OPTIONAL)

    class Meta:
        ref_name = "InitiatiefInvoer"


class InitiativeFilters(OfRegion):
    soort = ChoiceOf(InitiativeKind, field_name="kind")
    stand = ChoiceOf(InitiativeState, field_name="state")


class InitiativeView(MovingView):
    about = (
        "Ontwikkelopgaven, pilots en innovatiefonds, gevolgd tot een besluit. Stappen: `start`, "
        "`evaluate`, `stop`, `continue`, `spread` en `resume` (de laatste vier vragen een reden)."
    )
    visible = staticmethod(seen.initiatives_visible_to)
    model = Initiative
    serializer_class = InitiativeRows
    filterset_class = InitiativeFilters
    input_class = InitiativeInput
    places = ("region",)


VIEWS = (
    ("risicos", RiskView, "risico"),
    ("inschattingen", AssessmentView, "inschatting"),
    ("beheersmaatregelen", MitigationView, "beheersmaatregel"),
    ("teamkenmerken", FeatureView, "teamkenmerk"),
    ("zelfbeoordelingen", SelfAssessmentView, "zelfbeoordeling"),
    ("kenmerkscores", ScoreView, "kenmerkscore"),
    ("verkenningen", InquiryView, "verkenning"),
    ("volgers", FollowerView, "volger"),
    ("initiatieven", InitiativeView, "initiatief"),
)
