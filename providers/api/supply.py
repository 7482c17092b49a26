"""Waiting times, client stops and places through the API."""

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
    Filters,
    Input,
    RegisterView,
    Rows,
    Text,
    Whole,
    YesNo,
    address,
)
from core.errors import NotAllowed
from regions.queries.access import access_of

from ..domain.supply import ask_stop, state_supply
from ..enums_supply import PlaceKind, StopGround, StopState, WaitKnown
from ..models import ClientStop, PlaceStatement, WaitStatement
from ..queries.providers import visible_to as providers_visible_to
from ..queries.supply import places_visible_to, stops_visible_to, waits_visible_to
from ..rules_supply import READERS


def check_reads(user: Any) -> None:
    if not access_of(user).has(*READERS):
        raise NotAllowed("Wachttijden en plekken zijn voor verwijzers, aanbieders en de regio.")


class OfProvider(Filters):
    regio = django_filters.CharFilter(field_name="provider__region__slug")
    aanbieder = django_filters.CharFilter(field_name="provider__agb_code")


class SupplyInput(Input):
    """Names the provider by region and AGB code; becomes the Provider."""

    regio = serializers.CharField(max_length=40)
    aanbieder = serializers.RegexField(r"^\d{8}$", help_text="AGB-code, acht cijfers.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        visible = providers_visible_to(self.context["request"].user)
        found = visible.filter(region__slug=attrs.pop("regio"), agb_code=attrs["aanbieder"]).first()
        if found is None:
            raise serializers.ValidationError(
                {"aanbieder": "Deze regio kent geen aanbieder met deze AGB-code."}
            )
        return {**attrs, "aanbieder": found}


class SupplyView(RegisterView):
    check_access = staticmethod(check_reads)
    input_class: type[Input]

    def kept(self, given: dict[str, Any]) -> Any:
        raise NotImplementedError

    def added(self, request: Request, path: str) -> Response:
        asked = self.input_class(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        made = self.kept(asked.validated_data)
        row = self.read(self.get_queryset().filter(pk=made.pk))[0]
        return Response(row, status=201, headers={"Location": address(f"{path}/{made.pk}")})


class WaitRows(Rows):
    id = Whole()
    regio = Text(source="provider__region__slug")
    aanbieder = Text(source="provider__agb_code")
    product = Text(source="product_code")
    locatie = Text(source="location__name", allow_null=True)
    opgaveVan = Day(source="stated_on")
    wachttijd = Choice(WaitKnown, source="known")
    dagenTotGesprek = Whole(source="intake_days", allow_null=True)
    dagenTotHulp = Whole(source="treatment_days", allow_null=True)
    wachtenden = Whole(source="waiting", allow_null=True)
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Wachttijd"


class WaitFilters(OfProvider):
    product = django_filters.CharFilter(field_name="product_code")
    wachttijd = ChoiceOf(WaitKnown, field_name="known")


class WaitInput(SupplyInput):
    product = serializers.CharField(max_length=5)
    opgaveVan = serializers.DateField()
    wachttijd = Choice(WaitKnown)
    dagenTotGesprek = serializers.IntegerField(min_value=0, max_value=2000, required=False)
    dagenTotHulp = serializers.IntegerField(min_value=0, max_value=2000, required=False)
    wachtenden = serializers.IntegerField(min_value=0, max_value=30_000, required=False)

    class Meta:
        ref_name = "WachttijdOpgave"


class WaitView(SupplyView):
    about = "Opgaven van wachttijden, gedeeld met verwijzers en alle aanbieders."
    visible = staticmethod(waits_visible_to)
    serializer_class = WaitRows
    filterset_class = WaitFilters
    input_class = WaitInput

    def kept(self, given: dict[str, Any]) -> Any:
        statement = WaitStatement(
            provider=given["aanbieder"], product_code=given["product"],
            stated_on=given["opgaveVan"], known=given["wachttijd"],
            intake_days=given.get("dagenTotGesprek"), treatment_days=given.get("dagenTotHulp"),
            waiting=given.get("wachtenden"),
        )  # fmt: skip
        return state_supply(statement=statement, by=self.request.user)

    @extend_schema(request=WaitInput, responses={201: WaitRows}, summary="Wachttijd opgeven")
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.added(request, "wachttijden")


class StopRows(Rows):
    id = Whole()
    regio = Text(source="provider__region__slug")
    aanbieder = Text(source="provider__agb_code")
    product = Text(source="product_code", allow_blank=True, help_text="Leeg: alle hulp.")
    grond = Choice(StopGround, source="ground")
    toelichting = Text(source="reason")
    gevraagdOp = Day(source="asked_on")
    vanaf = Day(source="starts_on")
    tot = Day(source="ends_on", allow_null=True, help_text="Eerste dag zonder stop.")
    doorRegio = YesNo(source="by_region")
    stand = Choice(StopState, source="state")
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Clientenstop"


class StopFilters(OfProvider):
    stand = ChoiceOf(StopState, field_name="state")


class StopInput(SupplyInput):
    product = serializers.CharField(max_length=5, required=False, default="", allow_blank=True)
    grond = Choice(StopGround)
    toelichting = serializers.CharField(max_length=2000)
    vanaf = serializers.DateField(help_text="Minstens 14 dagen na vandaag.")

    class Meta:
        ref_name = "ClientenstopAanvraag"


class StopView(SupplyView):
    about = "Cliëntenstops. Wat is gevraagd of voorbij is, ziet alleen de regio en wie het vroeg."
    visible = staticmethod(stops_visible_to)
    serializer_class = StopRows
    filterset_class = StopFilters
    input_class = StopInput

    def kept(self, given: dict[str, Any]) -> Any:
        stop = ClientStop(
            provider=given["aanbieder"], product_code=given["product"], ground=given["grond"],
            reason=given["toelichting"], starts_on=given["vanaf"],
        )  # fmt: skip
        return ask_stop(stop=stop, by=self.request.user)

    @extend_schema(request=StopInput, responses={201: StopRows}, summary="Cliëntenstop aanvragen")
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.added(request, "clientenstops")


class PlaceRows(Rows):
    id = Whole()
    regio = Text(source="provider__region__slug")
    aanbieder = Text(source="provider__agb_code")
    locatie = Text(source="location__name", allow_null=True)
    soort = Choice(PlaceKind, source="kind")
    opgaveVan = Day(source="stated_on")
    plekken = Whole(source="capacity")
    vrij = Whole(source="free")
    voorWie = Text(source="note", allow_blank=True)
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Plekken"


class PlaceFilters(OfProvider):
    soort = ChoiceOf(PlaceKind, field_name="kind")


class PlaceInput(SupplyInput):
    soort = Choice(PlaceKind)
    opgaveVan = serializers.DateField()
    plekken = serializers.IntegerField(min_value=0, max_value=10_000)
    vrij = serializers.IntegerField(min_value=0, max_value=10_000)
    voorWie = serializers.CharField(max_length=160, required=False, default="", allow_blank=True)

    class Meta:
        ref_name = "PlekkenOpgave"


class PlaceView(SupplyView):
    about = "Plekken en bedden, met hoeveel er vrij zijn."
    visible = staticmethod(places_visible_to)
    serializer_class = PlaceRows
    filterset_class = PlaceFilters
    input_class = PlaceInput

    def kept(self, given: dict[str, Any]) -> Any:
        statement = PlaceStatement(
            provider=given["aanbieder"], kind=given["soort"], stated_on=given["opgaveVan"],
            capacity=given["plekken"], free=given["vrij"], note=given["voorWie"],
        )  # fmt: skip
        return state_supply(statement=statement, by=self.request.user)

    @extend_schema(request=PlaceInput, responses={201: PlaceRows}, summary="Plekken opgeven")
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.added(request, "plekken")
