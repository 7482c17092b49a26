"""Risks and chances through the API."""

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
    Rows,
    Text,
    Whole,
    YesNo,
    many,
)
from regions.api.choose import OfRegion, RegionChoice, region_filter
from segments.queries.framework import segments_visible_to

from ..enums.steering import (
    RISK,
    RiskKind,
    RiskState,
)
from ..models import (
    MitigationMeasure,
    Risk,
    RiskAssessment,
)
from ..queries import steering as seen
from .keeping import (
    EMPTY,
    OPTIONAL,
    MovingView,
    SteeringView,
    check_inside,
    long_text,
)


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
    about = "Risico's en kansen met hun inschattingen en maatregelen."
    table = RISK
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


VIEWS = (
    ("risicos", RiskView, "risico"),
    ("inschattingen", AssessmentView, "inschatting"),
    ("beheersmaatregelen", MitigationView, "beheersmaatregel"),
)
