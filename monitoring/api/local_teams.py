"""Local teams and how they judge themselves, through the API."""

import django_filters
from rest_framework import serializers

from core.api.rest import (
    Choice,
    Filters,
    Input,
    Rows,
    Text,
    Whole,
    YesNo,
)
from regions.api.choose import OfRegion, PlaceChoice, RegionChoice, region_filter

from ..enums.steering import (
    SELF_ASSESSMENT,
    AssessmentState,
    FeatureGroup,
    Score,
)
from ..models import (
    FeatureScore,
    LocalTeamFeature,
    SelfAssessment,
)
from ..queries import steering as seen
from .keeping import (
    OPTIONAL,
    MovingView,
    SteeringView,
    check_has_a_role,
    check_inside,
    long_text,
)


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
        "Zelfbeoordelingen van lokale teams per gemeente en jaar. Er is geen totaal en geen "
        "ranglijst."
    )
    table = SELF_ASSESSMENT
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


VIEWS = (
    ("teamkenmerken", FeatureView, "teamkenmerk"),
    ("zelfbeoordelingen", SelfAssessmentView, "zelfbeoordeling"),
    ("kenmerkscores", ScoreView, "kenmerkscore"),
)
