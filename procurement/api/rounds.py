"""Rounds for programs: indexation of tariffs, and changes of many contracts."""

from collections.abc import Iterable
from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.rest import (
    Choice,
    ChoiceOf,
    Day,
    Euros,
    Input,
    MoveView,
    Number,
    Rows,
    Text,
    Whole,
    many,
    register_results,
)
from providers.api.inputs import Colleague
from regions.api.choose import OfRegion, RegionChoice
from segments.models import Product

from ..domain import changing, indexing
from ..domain.yearly_amounts import yearly_amounts
from ..enums.contracts import BulkKind, ClauseKind, RunState
from ..forms.changing import NEEDS, given_of
from ..models import ChangeLine, Contract, IndexationAmount, IndexationLine
from ..queries import contracts
from ..queries.rounds import change_rounds_visible_to, runs_visible_to
from ..states import CHANGE_ROUND, INDEXATION


class IndexLineRows(Rows):
    contract = Text(source="contract__number", allow_null=True, help_text="Leeg: de regio.")
    product = Text(source="product_code")
    eenheid = Text(source="unit")
    was = Euros(source="old_amount")
    percentage = Number()
    wordt = Euros(source="new_amount")
    berekening = Text(source="working", allow_blank=True)
    waaromNiet = Text(source="skipped", allow_blank=True)

    class Meta:
        ref_name = "IndexeringsregelInRonde"


class IndexAmountRows(Rows):
    contract = Text(source="contract__number")
    soort = Text(source="kind", help_text="Zoals `jaarbedragen` bij het doorrekenen.")
    waarvoor = Text(source="title")
    was = Euros(source="old_amount")
    percentage = Number()
    wordt = Euros(source="new_amount")
    berekening = Text(source="working", allow_blank=True)
    waaromNiet = Text(source="skipped", allow_blank=True)

    class Meta:
        ref_name = "JaarbedragInRonde"


class IndexRunRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    jaar = Whole(source="year")
    ingangsdatum = Day(source="effective_from")
    extraProcentpunten = Number(source="extra_points")
    stand = Choice(RunState, source="state")
    tarieven = many(
        IndexLineRows, model=IndexationLine, by="run_id",
        order=("contract__number", "product_code", "unit"),
    )  # fmt: skip
    jaarbedragen = many(
        IndexAmountRows, model=IndexationAmount, by="run_id",
        order=("contract__number", "kind", "title"),
    )  # fmt: skip

    class Meta:
        ref_name = "Indexeringsronde"


class IndexRunInput(Input):
    regio = RegionChoice(source="region")
    jaar = serializers.IntegerField(source="year", min_value=2016, max_value=2100)
    ingangsdatum = Day(source="effective_from", required=False, allow_null=True)
    extraProcentpunten = serializers.DecimalField(
        source="extra_points", max_digits=5, decimal_places=3, required=False
    )
    contracten = serializers.ListField(
        source="numbers", child=serializers.CharField(max_length=40), required=False,
        help_text="Nummers; leeg: alle lopende contracten met eigen tarieven.",
    )  # fmt: skip
    metRegio = serializers.BooleanField(source="with_region", required=False)
    jaarbedragen = serializers.ListField(
        source="amounts", child=serializers.CharField(max_length=16), required=False,
        help_text="Welke soorten bedragen per jaar meegaan: `vergoeding`, `jaarbedrag` (deze twee "
        "als u niets opgeeft) en `plafond`.",
    )  # fmt: skip

    class Meta:
        ref_name = "IndexeringsrondeInvoer"


class RunFilters(OfRegion):
    jaar = django_filters.NumberFilter(field_name="year")
    stand = ChoiceOf(RunState, field_name="state")


class IndexRunView(MoveView):
    about = (
        "Indexeringsrondes: POST rekent door zonder iets te veranderen. `toepassen` gebeurt door "
        "een taak: lees de stand opnieuw."
    )
    table = INDEXATION
    visible = staticmethod(runs_visible_to)
    serializer_class = IndexRunRows
    filterset_class = RunFilters

    @extend_schema(request=IndexRunInput, responses={201: IndexRunRows})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = IndexRunInput(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        values = dict(asked.validated_data)
        check_kinds(values.get("amounts", ()))
        numbers = values.pop("numbers", None)
        if numbers is not None:
            values["contracts"] = contracts_named(request.user, values["region"], numbers)
        run = indexing.prepare_run(by=request.user, **values)
        return created(self, run, "indexeringsrondes")

    def make_move(self, row: Any, move: str, reason: str, more: dict[str, Any]) -> None:
        by = self.request.user
        if move == "apply":
            indexing.start_applying(run=row, by=by)
        elif move == "undo":
            indexing.undo_run(run=row, by=by, reason=reason)
        else:
            indexing.move(run=row, name=move, by=by, reason=reason)


def check_kinds(asked: Iterable[str]) -> None:
    known = {kind.code for kind in yearly_amounts()}
    if unknown := sorted(set(asked) - known):
        told = f"Onbekend: {', '.join(unknown)[:200]}. Kies uit {', '.join(sorted(known))}."
        raise serializers.ValidationError({"jaarbedragen": told})


def contracts_named(user: Any, region: Any, numbers: list[str]) -> list[Contract]:
    seen = contracts.visible_to(user).filter(region=region, number__in=numbers)
    found = {row.number: row for row in seen}
    if missing := sorted(set(numbers) - set(found)):
        told = f"Onbekend contract: {', '.join(missing)[:200]}."
        raise serializers.ValidationError({"contracten": told})
    return list(found.values())


def created(view: Any, run: Any, path: str) -> Response:
    row = view.read(view.get_queryset().filter(pk=run.pk))[0]
    return Response(row, status=201, headers={"Location": f"/api/v1/{path}/{run.pk}"})


class ChangeLineRows(Rows):
    contract = Text(source="contract__number")
    was = Text(allow_blank=True)
    wordt = Text(source="becomes", allow_blank=True)
    waaromNiet = Text(source="skipped", allow_blank=True)

    class Meta:
        ref_name = "ContractInWijziging"


class ChangeRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    wijziging = Choice(BulkKind, source="kind")
    ingangsdatum = Day(source="effective_from")
    waarom = Text(source="reason")
    stand = Choice(RunState, source="state")
    contracten = many(ChangeLineRows, model=ChangeLine, by="round_id", order=("contract__number",))

    class Meta:
        ref_name = "GezamenlijkeWijziging"


class ChangeInput(Input):
    regio = RegionChoice(source="region")
    wijziging = Choice(BulkKind, source="kind")
    contracten = serializers.ListField(
        source="numbers", child=serializers.CharField(max_length=40), min_length=1, max_length=1000
    )
    ingangsdatum = Day(source="effective_from", required=False, allow_null=True)
    waarom = serializers.CharField(source="reason", max_length=4000)
    laatsteDag = Day(source="last_day", required=False)
    contractmanager = Colleague(source="manager", required=False)
    product = serializers.CharField(max_length=5, required=False)
    soortClausule = Choice(ClauseKind, source="clause_kind", required=False)
    titel = serializers.CharField(source="title", max_length=160, required=False)
    tekst = serializers.CharField(source="text", max_length=20_000, required=False)

    class Meta:
        ref_name = "GezamenlijkeWijzigingInvoer"


class ChangeFilters(OfRegion):
    wijziging = ChoiceOf(BulkKind, field_name="kind")
    stand = ChoiceOf(RunState, field_name="state")


class ChangeView(MoveView):
    about = (
        "Eén wijziging in veel contracten: POST laat oud en nieuw zien zonder iets te veranderen. "
        "`toepassen` gebeurt door een taak: lees de stand opnieuw."
    )
    table = CHANGE_ROUND
    visible = staticmethod(change_rounds_visible_to)
    serializer_class = ChangeRows
    filterset_class = ChangeFilters

    @extend_schema(request=ChangeInput, responses={201: ChangeRows})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = ChangeInput(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        values = {"clause_kind": ClauseKind.OTHER, **asked.validated_data}
        region = values["region"]
        if "product" in values:
            values["product"] = _product(region, values["product"])
        missing = [name for name in NEEDS[values["kind"]] if not values.get(name)]
        if missing:
            names = {field.source: name for name, field in asked.fields.items()}
            told = "Vul dit in bij deze wijziging."
            raise serializers.ValidationError({names[name]: told for name in missing})
        chosen = contracts_named(request.user, region, values["numbers"])
        run = changing.prepare_changes(
            region=region, contracts=chosen, by=request.user, **given_of(values)
        )
        return created(self, run, "contractwijzigingen")

    def make_move(self, row: Any, move: str, reason: str, more: dict[str, Any]) -> None:
        by = self.request.user
        if move == "apply":
            changing.start_changing(run=row, by=by)
        elif move == "undo":
            changing.undo_changes(run=row, by=by, reason=reason)
        else:
            changing.move(run=row, name=move, by=by, reason=reason)


def _product(region: Any, code: str) -> Product:
    found = Product.objects.filter(region=region, code=code).first()
    if found is None:
        raise serializers.ValidationError({"product": "De regio kent dit product niet."})
    return found


register_results(indexing.JOB_KIND, lambda params, result: [f"indexeringsrondes/{params['run']}"])
register_results(changing.JOB_KIND, lambda params, result: [f"contractwijzigingen/{params['run']}"])
VIEWS = (
    ("indexeringsrondes", IndexRunView, "indexeringsronde"),
    ("contractwijzigingen", ChangeView, "contractwijziging"),
)
