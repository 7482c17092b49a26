"""Signals about providers through the API."""

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.rest import (
    Choice,
    ChoiceOf,
    Day,
    Input,
    Moment,
    RegisterView,
    Rows,
    Text,
    Whole,
    YesNo,
    address,
)
from providers.models import Provider
from regions.api.choose import OfRegion

from ..domain.cases import signals
from ..enums.cases import (
    CaseTheme,
    SignalSource,
)
from ..models import (
    CaseSignal,
)
from ..queries.cases import signals_visible_to
from .case_inputs import OfProvider, check_sees_signals, own_municipality


class SignalRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    aanbieder = Text(source="provider__agb_code")
    thema = Choice(CaseTheme, source="theme")
    van = Choice(SignalSource, source="source")
    gemeente = Text(source="municipality__gm_code", allow_null=True)
    segment = Text(source="segment__code", allow_null=True)
    aantalJeugdigen = Whole(source="cases_counted", allow_null=True)
    tekst = Text(source="text")
    gezienOp = Day(source="seen_on")
    indicator = Text(allow_blank=True)
    halfjaar = Text(source="half_year", allow_blank=True)
    vraagtVerbeterplan = YesNo(source="obliges_plan")
    zaak = Whole(source="case_id", allow_null=True)
    terzijdeOp = Day(source="set_aside_on", allow_null=True)
    terzijdeReden = Text(source="set_aside_reason", allow_blank=True)
    ingevoerdOp = Moment(source="made_at")
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Signaal"


class SignalFilters(OfRegion):
    aanbieder = django_filters.CharFilter(field_name="provider__agb_code")
    thema = ChoiceOf(CaseTheme, field_name="theme")
    van = ChoiceOf(SignalSource, field_name="source")


class SignalInput(OfProvider):
    thema = Choice(CaseTheme)
    tekst = serializers.CharField(max_length=20_000)
    aantalJeugdigen = serializers.IntegerField(min_value=1, max_value=30_000, required=False)
    gezienOp = serializers.DateField(required=False)
    gemeente = serializers.RegexField(r"^\d{4}$", required=False)

    class Meta:
        ref_name = "SignaalNieuw"


class AsideInput(Input):
    reden = serializers.CharField(max_length=2000)

    class Meta:
        ref_name = "SignaalTerzijde"


class SignalView(RegisterView):
    about = "Signalen over aanbieders. Jeugdigen worden geteld, nooit genoemd."
    visible = staticmethod(signals_visible_to)
    check_access = staticmethod(check_sees_signals)
    serializer_class = SignalRows
    filterset_class = SignalFilters

    @extend_schema(request=SignalInput, responses={201: SignalRows}, summary="Signaal doorgeven")
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = SignalInput(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        signal = self._recorded(request.user, asked.validated_data)
        row = SignalRows.read(CaseSignal.objects.filter(pk=signal.pk))[0]
        return Response(row, status=201, headers={"Location": address(f"signalen/{signal.pk}")})

    @extend_schema(
        request=AsideInput, responses={200: SignalRows}, filters=False, summary="Terzijde leggen"
    )
    @action(detail=True, methods=["post"], url_path="terzijde")
    def aside(self, request: Request, pk: int) -> Response:
        self.row()
        asked = AsideInput(data=request.data)
        asked.is_valid(raise_exception=True)
        signals.set_aside(
            signals=[CaseSignal.objects.get(pk=pk)], reason=asked.validated_data["reden"],
            by=request.user,
        )  # fmt: skip
        return Response(self.row())

    @staticmethod
    def _recorded(user: Any, given: dict[str, Any]) -> CaseSignal:
        provider: Provider = given["aanbieder"]
        place = own_municipality(user, provider.region_id, given.get("gemeente"))
        source = SignalSource.ACCESS if place else SignalSource.CONTRACT_MANAGEMENT
        return signals.record_signal(
            provider=provider, theme=given["thema"], text=given["tekst"], source=source,
            municipality=place, cases_counted=given.get("aantalJeugdigen"),
            seen_on=given.get("gezienOp"), by=user,
        )  # fmt: skip
