"""Inquiries and initiatives through the API."""

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
    INITIATIVE,
    INQUIRY,
    InitiativeKind,
    InitiativeState,
    InquiryState,
)
from ..models import (
    Initiative,
    Inquiry,
    InquiryFollower,
)
from ..queries import steering as seen
from .keeping import (
    EMPTY,
    OPTIONAL,
    MovingView,
    SteeringView,
    long_text,
)


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
    about = "Verkenningen van wat opvallend goed gaat."
    table = INQUIRY
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
    about = "Ontwikkelopgaven, pilots en innovatiefonds, gevolgd tot een besluit."
    table = INITIATIVE
    visible = staticmethod(seen.initiatives_visible_to)
    model = Initiative
    serializer_class = InitiativeRows
    filterset_class = InitiativeFilters
    input_class = InitiativeInput
    places = ("region",)


VIEWS = (
    ("verkenningen", InquiryView, "verkenning"),
    ("volgers", FollowerView, "volger"),
    ("initiatieven", InitiativeView, "initiatief"),
)
