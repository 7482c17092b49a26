"""Sessions of interpretation through the API: reading, judging, deciding."""

from typing import Any

import django_filters
from rest_framework import serializers

from core.api.rest import (
    Choice,
    ChoiceOf,
    Day,
    Filters,
    Input,
    KeyOf,
    Real,
    Rows,
    Text,
    Texts,
    Whole,
    YesNo,
    made,
)
from providers.queries.providers import visible_to as providers_visible_to
from regions.api.choose import OfRegion, PlaceChoice, RegionChoice, region_filter
from regions.enums import Role
from regions.queries.access import access_of, regions_visible_to
from segments.queries.framework import segments_visible_to

from ..enums.interpretation import SESSION, Perspective, SessionState, Verdict
from ..models import (
    InterpretationSession,
    Judgement,
    PerspectiveReading,
    ProviderJudgement,
    SteeringDecision,
)
from ..queries import judgements as seen
from .keeping import (
    EMPTY,
    OPTIONAL,
    MovingView,
    SteeringView,
    check_inside,
)

HALF_YEAR = r"^20\d\d-H[12]$"


class SessionRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    indeling = Text(source="segment__scheme__code")
    segment = Text(source="segment__code")
    halfjaar = Text(source="half_year")
    stand = Choice(SessionState, source="state")
    samenKijkenOp = Day(source="held_on", allow_null=True)
    deelnemers = Texts(source="participants")
    cijferset = Whole(
        source="figure_set_id", allow_null=True, help_text="Vast sinds `cijfers-vastzetten`."
    )
    watHetBetekent = Text(source="meaning", allow_blank=True)
    vastgesteldOp = Day(source="concluded_on", allow_null=True)
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Duiding"


class SessionInput(Input):
    regio = RegionChoice(source="region")
    segment = KeyOf(segments_visible_to, help_text="Sleutel van het segment.")
    halfjaar = serializers.RegexField(HALF_YEAR, source="half_year")
    samenKijkenOp = Day(source="held_on", **EMPTY)
    deelnemers = serializers.ListField(
        child=serializers.CharField(max_length=200), source="participants", required=False,
        max_length=50,
    )  # fmt: skip
    watHetBetekent = serializers.CharField(source="meaning", max_length=20_000, **OPTIONAL)

    class Meta:
        ref_name = "DuidingInvoer"


class SessionFilters(OfRegion):
    halfjaar = django_filters.CharFilter(field_name="half_year")
    segment = django_filters.CharFilter(field_name="segment__code")
    stand = ChoiceOf(SessionState, field_name="state")


class SessionView(MovingView):
    about = "Duidingen: per segment en halfjaar samen lezen, oordelen en besluiten."
    table = SESSION
    visible = staticmethod(seen.sessions_visible_to)
    model = InterpretationSession
    serializer_class = SessionRows
    filterset_class = SessionFilters
    input_class = SessionInput
    places = ("region",)

    def read(self, queryset: Any) -> list[dict[str, Any]]:
        """What it means is a draft for staff until it is concluded."""
        rows = SessionRows.read(queryset)
        slugs = regions_visible_to(self.request.user).filter(
            pk__in=access_of(self.request.user).staff_region_ids
        )
        staffed = set(slugs.values_list("slug", flat=True))
        for row in rows:
            if row["vastgesteldOp"] is None and row["regio"] not in staffed:
                row["watHetBetekent"] = ""
        return rows


class OfSession(Filters):
    regio = region_filter("session__region__slug")
    duiding = django_filters.NumberFilter(field_name="session_id")


class SessionPart(SteeringView):
    filterset_class: Any = OfSession
    places = ("session",)


class ReadingRows(Rows):
    id = Whole()
    duiding = Whole(source="session_id")
    perspectief = Choice(Perspective, source="perspective")
    wie = Text(source="who")
    gemeente = Text(source="municipality__gm_code", allow_null=True)
    aanbieder = Whole(source="provider_id", allow_null=True)
    watZienWe = Text(source="reading", allow_blank=True)
    watVerklaartHet = Text(source="explanation", allow_blank=True)
    watOntbreekt = Text(source="missing", allow_blank=True)
    vastgelegdOp = Day(source="made_on")

    class Meta:
        ref_name = "Lezing"


class ReadingInput(Input):
    duiding = KeyOf(seen.sessions_visible_to, source="session")
    perspectief = Choice(Perspective, source="perspective")
    wie = serializers.CharField(source="who", max_length=160)
    gemeente = PlaceChoice(source="municipality", **EMPTY)
    aanbieder = KeyOf(providers_visible_to, source="provider", **EMPTY)
    watZienWe = serializers.CharField(source="reading", max_length=20_000, **OPTIONAL)
    watVerklaartHet = serializers.CharField(source="explanation", max_length=20_000, **OPTIONAL)
    watOntbreekt = serializers.CharField(source="missing", max_length=20_000, **OPTIONAL)

    class Meta:
        ref_name = "LezingInvoer"


class ReadingView(SessionPart):
    about = "Hoe gemeente, toegang, aanbieder, jeugdigen, ouders en verwijzers de cijfers lezen."
    visible = staticmethod(seen.readings_visible_to)
    model = PerspectiveReading
    serializer_class = ReadingRows
    input_class = ReadingInput


class JudgementRows(Rows):
    id = Whole()
    duiding = Whole(source="session_id")
    doel = Whole(source="goal_id", allow_null=True)
    indicator = Text(source="code", allow_blank=True)
    waarover = Text(source="name")
    waarde = made(
        Real(allow_null=True, help_text="Zoals het vaststaat."), "figure",
        by=lambda figure: figure.get("value"),
    )  # fmt: skip
    jaarEerder = made(
        Text(allow_blank=True, help_text="In woorden."), "figure",
        by=lambda figure: figure.get("year_ago", ""),
    )  # fmt: skip
    verschil = made(
        Text(allow_blank=True), "figure", by=lambda figure: figure.get("year_change", "")
    )
    streven = made(Text(allow_blank=True), "figure", by=lambda figure: figure.get("target", ""))
    afgeschermd = YesNo(source="protected")
    oordeel = Choice(Verdict, source="verdict", allow_null=True)
    waarom = Text(source="reason", allow_blank=True)

    class Meta:
        ref_name = "Oordeel"


class JudgementInput(Input):
    oordeel = Choice(Verdict, source="verdict")
    waarom = serializers.CharField(source="reason", max_length=20_000)

    class Meta:
        ref_name = "OordeelInvoer"


class JudgementFilters(OfSession):
    oordeel = ChoiceOf(Verdict, field_name="verdict")


class JudgementView(SessionPart):
    about = (
        "Oordelen per doel en indicator, bij de vastgezette cijfers. Ze ontstaan bij "
        "`cijfers-vastzetten`; wie leidt, geeft oordeel en reden."
    )
    visible = staticmethod(seen.judgements_visible_to)
    model = Judgement
    serializer_class = JudgementRows
    filterset_class = JudgementFilters
    input_class = JudgementInput
    http_method_names = ("get", "head", "options", "patch")


class ProviderJudgementRows(Rows):
    id = Whole()
    duiding = Whole(source="session_id")
    aanbieder = Whole(source="provider_id")
    agbCode = Text(source="provider__agb_code")
    oordeel = Choice(Verdict, source="verdict")
    waarom = Text(source="reason")

    class Meta:
        ref_name = "Aanbiederoordeel"


class ProviderJudgementInput(Input):
    duiding = KeyOf(seen.sessions_visible_to, source="session")
    aanbieder = KeyOf(providers_visible_to, source="provider")
    oordeel = Choice(Verdict, source="verdict")
    waarom = serializers.CharField(source="reason", max_length=20_000)

    class Meta:
        ref_name = "AanbiederoordeelInvoer"


class ProviderJudgementView(SessionPart):
    about = "Oordelen over aanbieders in een segment. Een aanbieder leest het zijne."
    visible = staticmethod(seen.provider_judgements_visible_to)
    model = ProviderJudgement
    serializer_class = ProviderJudgementRows
    input_class = ProviderJudgementInput


class DecisionRows(Rows):
    id = Whole()
    duiding = Whole(source="session_id")
    wat = Text(source="what")
    wie = Text(source="who")
    rol = Choice(Role, source="team")
    uiterlijk = Day(source="due_on")
    gedaanOp = Day(source="done_on", allow_null=True)
    watKwamErvan = Text(source="result", allow_blank=True)

    class Meta:
        ref_name = "Sturingsbesluit"


class DecisionInput(Input):
    duiding = KeyOf(seen.sessions_visible_to, source="session")
    wat = serializers.CharField(source="what", max_length=4000)
    wie = serializers.CharField(source="who", max_length=160)
    rol = Choice(Role, source="team", required=False)
    uiterlijk = Day(source="due_on")
    gedaanOp = Day(source="done_on", **EMPTY)
    watKwamErvan = serializers.CharField(source="result", max_length=4000, **OPTIONAL)

    class Meta:
        ref_name = "SturingsbesluitInvoer"


class DecisionView(SessionPart):
    about = "Sturingsbesluiten: wie doet wat, wanneer, en wat ervan kwam."
    visible = staticmethod(seen.decisions_visible_to)
    check_access = staticmethod(check_inside)
    model = SteeringDecision
    serializer_class = DecisionRows
    input_class = DecisionInput


VIEWS = (
    ("duidingen", SessionView, "duiding"),
    ("lezingen", ReadingView, "lezing"),
    ("oordelen", JudgementView, "oordeel"),
    ("aanbiederoordelen", ProviderJudgementView, "aanbiederoordeel"),
    ("sturingsbesluiten", DecisionView, "sturingsbesluit"),
)
