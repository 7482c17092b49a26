"""Measures in the API."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from rest_framework import serializers

from core.api.rest import (
    Choice,
    ChoiceOf,
    Day,
    Input,
    KeepView,
    Number,
    Rows,
    Text,
    Whole,
    YesNo,
    many,
)
from regions.api.choose import OfRegion, RegionChoice
from regions.models import Municipality

from ..domain.keeping_measures import PhaseGiven, keep_measure, remove_measure
from ..enums import Direction, Driver, MeasureKind, Sureness
from ..models import Measure, MeasureStep
from ..queries.visible import measures_visible_to

KEY = "Sleutel binnen deze omgeving."
ALL = "Leeg: alle."
PERCENT = "In procent."
ON_AGREED = "Verandert ook bedragen die al zijn afgesproken: gaat over het contract zelf."
VOLUME = "In plaats van een percentage: trajecten per jaar, of jeugdigen die overgaan."


class MeasureStepRows(Rows):
    vanaf = Day(source="starts_on")
    deel = Number(source="share", help_text="Wat er vanaf dan in totaal werkt, in procent.")
    wat = Text(source="name", allow_blank=True)

    class Meta:
        ref_name = "MaatregelStap"


class MeasureRows(Rows):
    id = Whole(help_text=KEY)
    regio = Text(source="region__slug")
    code = Text()
    naam = Text(source="name")
    soort = Choice(MeasureKind, source="kind")
    verandert = Choice(Driver, source="driver")
    richting = Choice(Direction, source="direction")
    gemeente = Text(source="municipality__gm_code", allow_null=True, help_text=ALL)
    segment = Text(allow_blank=True, help_text=ALL)
    categorie = Text(source="category", allow_blank=True, help_text=ALL)
    product = Text(allow_blank=True, help_text=ALL)
    naarSegment = Text(source="target_segment", allow_blank=True)
    naarCategorie = Text(source="target_category", allow_blank=True)
    naarProduct = Text(source="target_product", allow_blank=True)
    vanaf = Day(source="starts_on")
    vertragingMaanden = Whole(source="delay_months")
    ingroeiMaanden = Whole(source="ramp_months")
    effectLaag = Number(source="effect_low", allow_null=True, help_text=PERCENT)
    effectMidden = Number(source="effect_central", allow_null=True, help_text=PERCENT)
    effectHoog = Number(source="effect_high", allow_null=True, help_text=PERCENT)
    circa = YesNo(help_text="Het document noemt het effect bij benadering.")
    andereZorg = Number(
        source="replacement", allow_null=True, help_text="Kosten per 100 euro die vrijkomt."
    )
    volumeLaag = Whole(source="volume_low", allow_null=True, help_text=VOLUME)
    volumeMidden = Whole(source="volume_central", allow_null=True, help_text=VOLUME)
    volumeHoog = Whole(source="volume_high", allow_null=True, help_text=VOLUME)
    ookAfgesproken = YesNo(source="changes_agreed", help_text=ON_AGREED)
    stappen = many(MeasureStepRows, model=MeasureStep, by="measure_id", order=("starts_on",))
    zekerheid = Choice(Sureness, source="sureness")
    volgnummer = Whole(source="order")
    toelichting = Text(source="note", allow_blank=True)
    bron = Text(source="source", allow_blank=True)
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "KostenMaatregel"


class MunicipalityOf(serializers.SlugRelatedField[Municipality]):
    def __init__(self, **names: Any) -> None:
        rows = Municipality.objects.all()
        super().__init__(slug_field="gm_code", queryset=rows, **names)


def percent_field(source: str, **names: Any) -> serializers.DecimalField:
    return serializers.DecimalField(
        source=source, max_digits=6, decimal_places=2, required=False, allow_null=True, **names
    )


def _code(source: str) -> serializers.CharField:
    return serializers.CharField(
        source=source, max_length=40, required=False, allow_blank=True, help_text=ALL
    )


class MeasureStepInput(Input):
    vanaf = serializers.DateField()
    deel = serializers.DecimalField(max_digits=5, decimal_places=2)
    wat = serializers.CharField(max_length=160, required=False, allow_blank=True)

    class Meta:
        ref_name = "MaatregelStapInvoer"


def _count(source: str) -> serializers.IntegerField:
    return serializers.IntegerField(
        source=source, required=False, allow_null=True, help_text=VOLUME
    )


class MeasureInput(Input):
    regio = RegionChoice(source="region")
    code = serializers.SlugField(max_length=40)
    naam = serializers.CharField(source="name", max_length=160)
    soort = Choice(MeasureKind, source="kind", required=False)
    verandert = Choice(Driver, source="driver")
    richting = Choice(Direction, source="direction")
    gemeente = MunicipalityOf(source="municipality", required=False, allow_null=True)
    segment = serializers.CharField(max_length=20, required=False, allow_blank=True)
    categorie = _code("category")
    product = serializers.CharField(max_length=5, required=False, allow_blank=True)
    naarSegment = _code("target_segment")
    naarCategorie = _code("target_category")
    naarProduct = _code("target_product")
    vanaf = Day(source="starts_on")
    vertragingMaanden = serializers.IntegerField(source="delay_months", required=False)
    ingroeiMaanden = serializers.IntegerField(source="ramp_months", required=False)
    effectLaag = percent_field("effect_low")
    effectMidden = percent_field("effect_central")
    effectHoog = percent_field("effect_high")
    circa = serializers.BooleanField(required=False)
    andereZorg = percent_field("replacement")
    volumeLaag = _count("volume_low")
    volumeMidden = _count("volume_central")
    volumeHoog = _count("volume_high")
    ookAfgesproken = serializers.BooleanField(
        source="changes_agreed", required=False, help_text=ON_AGREED
    )
    stappen = serializers.ListField(
        source="wanted_steps", child=MeasureStepInput(), required=False, max_length=60
    )
    zekerheid = Choice(Sureness, source="sureness")
    volgnummer = serializers.IntegerField(source="order", required=False, min_value=0)
    toelichting = serializers.CharField(
        source="note", required=False, allow_blank=True, max_length=4000
    )
    bron = serializers.CharField(source="source", required=False, allow_blank=True, max_length=200)
    fictief = serializers.BooleanField(source="fictitious", required=False)

    class Meta:
        ref_name = "KostenMaatregelInvoer"


class MeasureFilters(OfRegion):
    soort = ChoiceOf(MeasureKind, field_name="kind")
    verandert = ChoiceOf(Driver, field_name="driver")
    segment = django_filters.CharFilter(field_name="segment")


class MeasureView(KeepView):
    about = "Maatregelen: wat de kosten zou veranderen, waar, vanaf wanneer en hoe zeker."
    visible = staticmethod(measures_visible_to)
    serializer_class = MeasureRows
    input_class = MeasureInput
    filterset_class = MeasureFilters
    places: ClassVar[tuple[str, ...]] = ("region",)

    def new_row(self, place: dict[str, Any]) -> Measure:
        return Measure(region=place["region"])

    def keep(self, row: Measure) -> Measure:
        wanted = getattr(row, "wanted_steps", None)
        steps = wanted if wanted is None else [
            PhaseGiven(one["vanaf"], one["deel"], one.get("wat", "")) for one in wanted
        ]  # fmt: skip
        return keep_measure(measure=row, by=self.request.user, steps=steps)

    def remove(self, row: Measure) -> None:
        remove_measure(measure=row, by=self.request.user)
