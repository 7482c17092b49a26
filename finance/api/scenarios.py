"""Scenarios in the API."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

import django_filters
from django.http import Http404, HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.rest import (
    Choice,
    ChoiceOf,
    Input,
    KeepView,
    Moment,
    MoveView,
    Number,
    Rows,
    Text,
    Whole,
    YesNo,
    accepted,
    many,
    register_results,
)
from regions.api.choose import OfRegion, RegionChoice
from regions.api.jobs import JobRows, follow

from ..domain.scenarios import (
    JOB_KIND,
    Chosen,
    copy_scenario,
    keep_scenario,
    move_scenario,
    recompute_matches,
    start_computing,
)
from ..enums import SCENARIO, ScenarioState
from ..models import Measure, ProjectionRun, Scenario, ScenarioMeasure
from ..presenters.scenario import ScenarioPage
from ..queries.visible import projections_visible_to, scenarios_visible_to
from ..rules import check_can_project
from .measures import percent_field

register_results(JOB_KIND, lambda params, result: [f"scenarios/{params['scenario']}"])

KEY = "Sleutel binnen deze omgeving."


class ChosenRows(Rows):
    maatregel = Text(source="measure__code")
    effectLaag = Number(source="effect_low", allow_null=True, help_text="Eigen aanname.")
    effectMidden = Number(source="effect_central", allow_null=True, help_text="Eigen aanname.")
    effectHoog = Number(source="effect_high", allow_null=True, help_text="Eigen aanname.")
    andereZorg = Number(source="replacement", allow_null=True)

    class Meta:
        ref_name = "MaatregelInScenario"


class ScenarioRows(Rows):
    id = Whole(help_text=KEY)
    regio = Text(source="region__slug")
    naam = Text(source="name")
    versie = Whole(source="version")
    kopieVan = Whole(source="copied_from_id", allow_null=True)
    prognose = Whole(source="projection_id")
    stand = Choice(ScenarioState, source="state")
    maatregelen = many(
        ChosenRows, model=ScenarioMeasure, by="scenario_id", order=("measure__order", "pk")
    )
    toelichting = Text(source="note", allow_blank=True)
    fictief = YesNo(source="fictitious")
    gemaaktOp = Moment(source="created_at")
    klaarOp = Moment(source="finished_at", allow_null=True)
    versieBerekening = Text(source="code_version", allow_blank=True)
    controlegetalInvoer = Text(source="inputs_checksum", allow_blank=True)
    controlegetal = Text(source="result_checksum", allow_blank=True)

    class Meta:
        ref_name = "Scenario"


class ChosenInput(Input):
    maatregel = serializers.SlugField(max_length=40)
    effectLaag = percent_field("low")
    effectMidden = percent_field("central")
    effectHoog = percent_field("high")
    andereZorg = percent_field("replacement")

    class Meta:
        ref_name = "MaatregelInScenarioInvoer"


class ScenarioInput(Input):
    regio = RegionChoice(source="region")
    naam = serializers.CharField(source="name", max_length=120)
    prognose = serializers.IntegerField(source="projection_id", help_text="Sleutel.")
    maatregelen = serializers.ListField(
        source="wanted", child=ChosenInput(), required=False, max_length=200
    )
    toelichting = serializers.CharField(
        source="note", required=False, allow_blank=True, max_length=4000
    )
    fictief = serializers.BooleanField(source="fictitious", required=False)

    class Meta:
        ref_name = "ScenarioInvoer"


class ScenarioYearShape(serializers.Serializer[Any]):
    jaar = serializers.IntegerField()
    volledigJaar = serializers.BooleanField()
    zonderMaatregelen = serializers.DecimalField(max_digits=16, decimal_places=2)
    verwacht = serializers.DecimalField(max_digits=16, decimal_places=2)
    onder80 = serializers.DecimalField(max_digits=16, decimal_places=2)
    boven80 = serializers.DecimalField(max_digits=16, decimal_places=2)

    class Meta:
        ref_name = "ScenarioJaar"


class MeasureEffectShape(serializers.Serializer[Any]):
    jaar = serializers.IntegerField()
    maatregel = serializers.CharField()
    alleen = serializers.DecimalField(max_digits=16, decimal_places=2)
    teltMeeVoor = serializers.DecimalField(
        max_digits=16, decimal_places=2, help_text="Telt op tot het geheel."
    )
    opAfspraken = serializers.DecimalField(
        max_digits=16,
        decimal_places=2,
        help_text="Zou vallen op bedragen die al zijn afgesproken; telt niet mee.",
    )

    class Meta:
        ref_name = "ScenarioEffect"


class OverlapShape(serializers.Serializer[Any]):
    jaar = serializers.IntegerField()
    samen = serializers.DecimalField(max_digits=16, decimal_places=2)
    overlap = serializers.DecimalField(max_digits=16, decimal_places=2)

    class Meta:
        ref_name = "ScenarioSamen"


class ScenarioOutcomeShape(serializers.Serializer[Any]):
    jaren = ScenarioYearShape(many=True)
    maatregelen = MeasureEffectShape(many=True)
    samen = OverlapShape(many=True)
    omslagjaar = serializers.IntegerField(allow_null=True)
    omslagjaarZonderPrijsstijging = serializers.IntegerField(allow_null=True)

    class Meta:
        ref_name = "ScenarioUitkomst"


class CheckedShape(serializers.Serializer[Any]):
    gelijk = serializers.BooleanField()

    class Meta:
        ref_name = "ScenarioNagerekend"


class ScenarioFilters(OfRegion):
    stand = ChoiceOf(ScenarioState, field_name="state")
    prognose = django_filters.NumberFilter(field_name="projection")


class ScenarioView(KeepView, MoveView):
    about = (
        "Scenario's: een prognose onder maatregelen. Een concept kan wijzigen; wat is doorgerekend "
        "niet meer, daarvan komt een kopie met het volgende versienummer."
    )
    table = SCENARIO
    visible = staticmethod(scenarios_visible_to)
    serializer_class = ScenarioRows
    input_class = ScenarioInput
    filterset_class = ScenarioFilters
    places: ClassVar[tuple[str, ...]] = ("region",)

    def new_row(self, place: dict[str, Any]) -> Scenario:
        return Scenario(region=place["region"])

    def keep(self, row: Scenario) -> Scenario:
        check_can_project(self.request.user, row.region)
        runs = projections_visible_to(self.request.user).filter(region=row.region)
        run: ProjectionRun | None = runs.filter(pk=row.projection_id).first()
        if run is None:
            raise serializers.ValidationError({"prognose": ["Deze prognose is er niet."]})
        row.projection = run
        return keep_scenario(scenario=row, chosen=self._chosen(row), by=self.request.user)

    def _chosen(self, row: Scenario) -> list[Chosen] | None:
        wanted = getattr(row, "wanted", None)
        if wanted is None:
            return None
        known = {one.code: one for one in Measure.objects.filter(region=row.region)}
        missing = sorted({one["maatregel"] for one in wanted} - known.keys())
        if missing:
            told = f"Deze maatregelen zijn er niet: {', '.join(missing)}."
            raise serializers.ValidationError({"maatregelen": [told]})
        return [
            Chosen(
                known[one["maatregel"]],
                one.get("low"), one.get("central"), one.get("high"), one.get("replacement"),
            )
            for one in wanted
        ]  # fmt: skip

    def remove(self, row: Scenario) -> None:
        """A scenario is never removed; a draft that is not wanted is superseded."""
        move_scenario(
            scenario=row, move="supersede", by=self.request.user, reason="Verwijderd via de API."
        )

    def make_move(self, row: Scenario, move: str, reason: str, more: dict[str, Any]) -> None:
        move_scenario(scenario=row, move=move, by=self.request.user, reason=reason)

    @accepted(JobRows, request=None, summary="Scenario doorrekenen")
    @action(detail=True, methods=["post"], url_path="doorrekenen")
    def compute(self, request: Request, pk: int) -> HttpResponseBase:
        row = start_computing(scenario=self.object(), by=request.user)
        return follow(row.job_id)  # type: ignore[arg-type]

    @extend_schema(request=None, responses={201: ScenarioRows}, summary="Kopie maken")
    @action(detail=True, methods=["post"], url_path="kopie")
    def duplicate(self, request: Request, pk: int) -> HttpResponseBase:
        made = copy_scenario(scenario=self.object(), by=request.user)
        answer = self._answer(made.pk, status=201)
        answer["Location"] = f"{request.path.removesuffix(f'{pk}/kopie')}{made.pk}"
        return answer

    @extend_schema(request=None, responses=CheckedShape, summary="Narekenen")
    @action(detail=True, methods=["post"], url_path="narekenen")
    def check_again(self, request: Request, pk: int) -> Response:
        row = self.object()
        check_can_project(request.user, row.region)
        return Response({"gelijk": recompute_matches(row)})

    @extend_schema(responses=ScenarioOutcomeShape, filters=False, summary="Uitkomst")
    @action(detail=True, url_path="uitkomst")
    def outcome(self, request: Request, pk: int) -> Response:
        row = self.object()
        shown = ScenarioPage.of(row, request.user) if row.outcome else None
        if shown is None:
            raise Http404
        return Response(_outcome(shown))


def _outcome(shown: ScenarioPage) -> dict[str, Any]:
    found = shown.outcome
    return {
        "jaren": [
            {
                "jaar": one.year,
                "volledigJaar": one.complete,
                "zonderMaatregelen": _euros(one.base),
                "verwacht": _euros(one.expected),
                "onder80": _euros(one.low80),
                "boven80": _euros(one.high80),
            }
            for one in shown.years
        ],
        "maatregelen": [
            {
                "jaar": year,
                "maatregel": code,
                "alleen": _euros(alone),
                "teltMeeVoor": _euros(added),
                "opAfspraken": _euros(on_agreed),
            }
            for year, code, _, _, alone, _, _, added, on_agreed in shown.measure_rows()
        ],
        "samen": [
            {"jaar": year, "samen": _cents(together), "overlap": _cents(overlap)}
            for year, together, overlap in zip(
                found.years, found.together, found.overlap, strict=True
            )
        ],
        "omslagjaar": found.turning.year,
        "omslagjaarZonderPrijsstijging": found.turning_real.year,
    }


def _euros(amount: Any) -> str:
    return f"{amount:.2f}"


def _cents(cents: int) -> str:
    return f"{Decimal(cents).scaleb(-2):.2f}"
