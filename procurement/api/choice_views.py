"""Choices, procedures, development tables and planned events: reading and writing."""

import django_filters

from core.api.rest import ChoiceOf, Filters
from regions.api.choose import OfRegion, region_filter
from regions.api.kinds import KindMoveView, KindView, register_parent
from segments.models import Segment, SegmentScheme
from segments.queries.framework import schemes_visible_to, segments_visible_to

from .. import kinds  # noqa: F401 -- registers the kinds that the views name
from ..enums.choices import PlanningLevel
from . import choice_rows as rows

register_parent(SegmentScheme, schemes_visible_to)
register_parent(Segment, segments_visible_to)


class SchemeFilters(Filters):
    regio = region_filter("scheme__region__slug")
    indeling = django_filters.NumberFilter(field_name="scheme_id")


class SegmentFilters(Filters):
    regio = region_filter("segment__scheme__region__slug")
    segment = django_filters.NumberFilter(field_name="segment_id")


class PartFilters(Filters):
    regio = region_filter("choice__segment__scheme__region__slug")
    keuze = django_filters.NumberFilter(field_name="choice_id")


class StepFilters(Filters):
    regio = region_filter("procedure__region__slug")
    procedure = django_filters.NumberFilter(field_name="procedure_id")


class EventFilters(OfRegion):
    niveau = ChoiceOf(PlanningLevel, field_name="level")


class FundingCriterionView(KindView):
    about = "Criteria die voor een bekostigingsvorm pleiten."
    kind_code = "bekostigingscriterium"
    serializer_class = rows.FundingCriterionRows
    filterset_class = SchemeFilters


class AssessmentView(KindView):
    about = "Of een criterium voor een segment geldt, en waarom."
    kind_code = "toetsing"
    serializer_class = rows.AssessmentRows
    filterset_class = SegmentFilters


class ExcludedView(KindView):
    about = "Bekostigingsvormen die niet zijn meegewogen, met de reden."
    kind_code = "uitgesloten"
    serializer_class = rows.ExcludedRows
    filterset_class = SchemeFilters


class FundingChoiceView(KindMoveView):
    about = "Wat over de bekostiging van een segment is gekozen."
    kind_code = "bekostigingskeuze"
    serializer_class = rows.FundingChoiceRows
    filterset_class = SegmentFilters


class FundingPartView(KindView):
    about = "Onderdelen van een segment met een eigen bekostigingsvorm, en waarom."
    kind_code = "bekostigingsonderdeel"
    serializer_class = rows.OwnFundingPartRows
    filterset_class = PartFilters


class ProcedureCriterionView(KindView):
    about = "Criteria in de weging van procedures, met gewicht."
    kind_code = "procedurecriterium"
    serializer_class = rows.ProcedureCriterionRows
    filterset_class = SchemeFilters


class WeighingView(KindView):
    about = "Wat een criterium van een segment zegt."
    kind_code = "procedureweging"
    serializer_class = rows.WeighingRows
    filterset_class = SegmentFilters


class ProcedureChoiceView(KindMoveView):
    about = "Welke procedure een segment krijgt, en waarheen men kan uitwijken."
    kind_code = "procedurekeuze"
    serializer_class = rows.ProcedureChoiceRows
    filterset_class = SegmentFilters


class MarketFactView(KindView):
    about = "Wat een document over de markt van een segment zegt."
    kind_code = "marktfeit"
    serializer_class = rows.MarketFactRows
    filterset_class = SegmentFilters


class ProcedureView(KindMoveView):
    about = "Herzieningen, aanbestedingen en open huizen."
    kind_code = "procedure"
    serializer_class = rows.ProcedureRows
    filterset_class = OfRegion
    many = {"segmenten": ("segments", "code")}


class StepView(KindView):
    about = "Stappen in de planning van een procedure: eerst gepland en nu."
    kind_code = "planstap"
    serializer_class = rows.StepRows
    filterset_class = StepFilters
    many = {"na": ("after", "name")}


class EventView(KindView):
    about = "Wat lokaal, regionaal en landelijk gepland is."
    kind_code = "agendapunt"
    serializer_class = rows.EventRows
    filterset_class = EventFilters


VIEWS = (
    ("bekostigingscriteria", FundingCriterionView, "bekostigingscriterium"),
    ("toetsingen", AssessmentView, "toetsing"),
    ("uitgesloten-vormen", ExcludedView, "uitgesloten"),
    ("bekostigingskeuzes", FundingChoiceView, "bekostigingskeuze"),
    ("bekostigingsonderdelen", FundingPartView, "bekostigingsonderdeel"),
    ("procedurecriteria", ProcedureCriterionView, "procedurecriterium"),
    ("procedurewegingen", WeighingView, "procedureweging"),
    ("procedurekeuzes", ProcedureChoiceView, "procedurekeuze"),
    ("marktfeiten", MarketFactView, "marktfeit"),
    ("procedures", ProcedureView, "procedure"),
    ("planstappen", StepView, "planstap"),
    ("agendapunten", EventView, "agendapunt"),
)
