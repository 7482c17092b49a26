"""The agreed set of indicators through the API."""

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
    Number,
    Rows,
    Text,
    Whole,
    YesNo,
    many,
)
from procurement.models import Clause, SchemePhase
from procurement.queries.contracts import visible_to as contracts_visible_to
from providers.queries.providers import visible_to as providers_visible_to
from regions.api.choose import OfRegion, RegionChoice, region_filter
from regions.queries.access import regions_visible_to
from segments.enums import TargetDirection, TargetKind
from segments.models import IndicatorDefinition, SegmentGoal
from segments.queries.framework import segments_visible_to

from ..domain.steering.agreed import begin_version
from ..enums.agreed import AGREED_VERSION, Frequency, Supplier, VersionState
from ..models import AgreedIndicator, AgreedSet, AgreedTarget, AgreedVersion
from ..queries import agreed as seen
from .keeping import EMPTY, OPTIONAL, MovingView, SteeringView, long_text


def definitions(user: Any) -> Any:
    return IndicatorDefinition.objects.filter(region__in=regions_visible_to(user))


def goals(user: Any) -> Any:
    return SegmentGoal.objects.filter(segment__scheme__region__in=regions_visible_to(user))


def clauses(user: Any) -> Any:
    return Clause.objects.filter(contract__in=contracts_visible_to(user))


def phases(user: Any) -> Any:
    return SchemePhase.objects.filter(scheme__region__in=regions_visible_to(user))


class SetRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    segment = Text(source="segment__code")
    indeling = Text(source="segment__scheme__code")
    aanbieder = Text(source="provider__agb_code", allow_null=True)
    contract = Text(source="contract__number", allow_null=True)
    toelichting = Text(source="note", allow_blank=True)
    bron = Text(source="source", allow_blank=True)
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "AfgesprokenSet"


class SetInput(Input):
    regio = RegionChoice(source="region")
    segment = KeyOf(segments_visible_to, help_text="Sleutel van het segment.")
    aanbieder = KeyOf(providers_visible_to, source="provider", **EMPTY)
    contract = KeyOf(contracts_visible_to, **EMPTY)
    toelichting = long_text("note", **OPTIONAL)
    bron = serializers.CharField(source="source", max_length=200, **OPTIONAL)

    class Meta:
        ref_name = "AfgesprokenSetInvoer"


class SetFilters(OfRegion):
    segment = django_filters.CharFilter(field_name="segment__code")
    aanbieder = django_filters.CharFilter(field_name="provider__agb_code")
    contract = django_filters.CharFilter(field_name="contract__number")


class SetView(SteeringView):
    about = (
        "Sets van afgesproken indicatoren, per segment, aanbieder of contract. Een nieuwe set "
        "begint met een concept uit de doelen van het segment."
    )
    visible = staticmethod(seen.sets_visible_to)
    model = AgreedSet
    serializer_class = SetRows
    filterset_class = SetFilters
    input_class = SetInput
    places = ("region", "segment", "provider", "contract")


class TargetRows(Rows):
    id = Whole()
    jaar = Whole(source="year", allow_null=True)
    fase = Text(source="phase__name", allow_null=True)
    soort = Choice(TargetKind, source="kind")
    waarde = Number(source="value", allow_null=True)
    richting = Choice(TargetDirection, source="direction", allow_null=True)
    aanname = YesNo(source="assumed")
    inWoorden = Text(source="text", allow_blank=True)

    class Meta:
        ref_name = "AfgesprokenStreefwaarde"


class IndicatorRows(Rows):
    id = Whole()
    versie = Whole(source="version_id")
    indicator = Text(source="indicator__code")
    definitieversie = Whole(source="indicator__version")
    doel = Text(source="goal__number", allow_null=True)
    waaromDeze = Text(source="why", allow_blank=True)
    hoeGemeten = Text(source="in_numbers", allow_blank=True)
    inWoorden = Text(source="in_words", allow_blank=True)
    hoeVaak = Choice(Frequency, source="frequency")
    wieLevert = Choice(Supplier, source="supplier")
    clausule = Text(source="clause__title", allow_null=True)
    bepaling = Text(source="clause_text", allow_blank=True)
    bewaaktDoor = Text(source="guard__code", allow_null=True)
    bewaking = Text(source="guard_note", allow_blank=True)
    nulmeting = Number(source="baseline", allow_null=True)
    nulmetingVan = Day(source="baseline_on", allow_null=True)
    nulmetingAantal = Whole(source="baseline_cases", allow_null=True)
    nulmetingIsAanname = YesNo(source="baseline_assumed")
    bijDeNulmeting = Text(source="baseline_note", allow_blank=True)
    streefwaarden = many(TargetRows, model=AgreedTarget, by="agreed_id", order=("year", "pk"))
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "AfgesprokenIndicator"


class IndicatorInput(Input):
    versie = KeyOf(seen.versions_visible_to, source="version")
    indicator = KeyOf(definitions, help_text="Sleutel van de indicator.")
    doel = KeyOf(goals, source="goal", **EMPTY)
    waaromDeze = long_text("why", **OPTIONAL)
    hoeGemeten = long_text("in_numbers", **OPTIONAL)
    inWoorden = long_text("in_words", **OPTIONAL)
    hoeVaak = Choice(Frequency, source="frequency", required=False)
    wieLevert = Choice(Supplier, source="supplier", required=False)
    clausule = KeyOf(clauses, source="clause", **EMPTY)
    bepaling = serializers.CharField(source="clause_text", max_length=200, **OPTIONAL)
    bewaaktDoor = KeyOf(definitions, source="guard", **EMPTY)
    bewaking = long_text("guard_note", **OPTIONAL)
    nulmeting = serializers.DecimalField(
        source="baseline", max_digits=16, decimal_places=4, **EMPTY
    )
    nulmetingVan = Day(source="baseline_on", **EMPTY)
    nulmetingIsAanname = serializers.BooleanField(source="baseline_assumed", required=False)
    bron = serializers.CharField(source="source", max_length=200, **OPTIONAL)

    class Meta:
        ref_name = "AfgesprokenIndicatorInvoer"


class IndicatorFilters(Filters):
    regio = region_filter("version__agreed_set__region__slug")
    versie = django_filters.NumberFilter(field_name="version_id")


class IndicatorView(SteeringView):
    about = "Wat per indicator is afgesproken, met de streefwaarden per jaar of fase."
    visible = staticmethod(seen.rows_visible_to)
    model = AgreedIndicator
    serializer_class = IndicatorRows
    filterset_class = IndicatorFilters
    input_class = IndicatorInput
    places = ("version",)


class VersionRows(Rows):
    id = Whole()
    set = Whole(source="agreed_set_id")
    versie = Whole(source="number")
    geldtVanaf = Day(source="holds_from", allow_null=True)
    afgesprokenOp = Day(source="agreed_on", allow_null=True)
    metWie = Text(source="agreed_with", allow_blank=True)
    watVeranderde = Text(source="reason", allow_blank=True)
    stand = Choice(VersionState, source="state")

    class Meta:
        ref_name = "AfgesprokenVersie"


class VersionInput(Input):
    set = KeyOf(seen.sets_visible_to, source="agreed_set")
    geldtVanaf = Day(source="holds_from", **EMPTY)
    afgesprokenOp = Day(source="agreed_on", **EMPTY)
    metWie = serializers.CharField(source="agreed_with", max_length=300, **OPTIONAL)
    watVeranderde = long_text("reason", **OPTIONAL)

    class Meta:
        ref_name = "AfgesprokenVersieInvoer"


class VersionFilters(Filters):
    regio = region_filter("agreed_set__region__slug")
    set = django_filters.NumberFilter(field_name="agreed_set_id")
    stand = ChoiceOf(VersionState, field_name="state")
    geldtVanafTotEnMet = django_filters.DateFilter(
        field_name="holds_from", lookup_expr="lte",
        label="Versies die uiterlijk op deze dag ingingen; de nieuwste daarvan gold toen.",
    )  # fmt: skip


class VersionView(MovingView):
    about = (
        "Versies van een afgesproken set. `POST` begint een concept met wat nu is afgesproken; de "
        "stap `vaststellen-als-afgesproken` stelt het vast en meet de nulmeting. Daarna "
        "verandert een versie niet meer."
    )
    table = AGREED_VERSION
    visible = staticmethod(seen.versions_visible_to)
    model = AgreedVersion
    serializer_class = VersionRows
    filterset_class = VersionFilters
    input_class = VersionInput
    places = ("agreed_set",)

    def keep(self, row: Any) -> Any:
        """A new one is a copy of what holds, with what the request says."""
        if row.pk is None:
            draft = begin_version(agreed_set=row.agreed_set, by=self.request.user)
            for name in ("holds_from", "agreed_on", "agreed_with", "reason"):
                setattr(draft, name, getattr(row, name) or getattr(draft, name))
            row = draft
        return super().keep(row)


class TargetInput(Input):
    indicator = KeyOf(seen.rows_visible_to, source="agreed", help_text="Sleutel van de afspraak.")
    jaar = serializers.IntegerField(source="year", min_value=2015, max_value=2100, **EMPTY)
    fase = KeyOf(phases, source="phase", **EMPTY)
    soort = Choice(TargetKind, source="kind")
    waarde = serializers.DecimalField(source="value", max_digits=16, decimal_places=4, **EMPTY)
    richting = Choice(TargetDirection, source="direction", required=False)
    aanname = serializers.BooleanField(source="assumed", required=False)
    inWoorden = serializers.CharField(source="text", max_length=300, **OPTIONAL)

    class Meta:
        ref_name = "AfgesprokenStreefwaardeInvoer"


class TargetFilters(Filters):
    regio = region_filter("agreed__version__agreed_set__region__slug")
    indicator = django_filters.NumberFilter(field_name="agreed_id")


class TargetView(SteeringView):
    about = "Wat een afgesproken indicator moet worden: in een jaar, een fase of de hele looptijd."
    visible = staticmethod(seen.targets_visible_to)
    model = AgreedTarget
    serializer_class = TargetRows
    filterset_class = TargetFilters
    input_class = TargetInput
    places = ("agreed",)


VIEWS = (
    ("afgesproken-sets", SetView, "afgesprokenset"),
    ("afgesproken-versies", VersionView, "afgesprokenversie"),
    ("afgesproken-indicatoren", IndicatorView, "afgesprokenindicator"),
    ("afgesproken-streefwaarden", TargetView, "afgesprokenstreefwaarde"),
)
