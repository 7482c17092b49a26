"""Delivering figures through the API: what the pages can, by the same verbs."""

from collections.abc import Iterable
from decimal import Decimal
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
    RegisterView,
    Rows,
    Text,
    Texts,
    Whole,
    made,
    many,
)
from core.errors import NotAllowed
from regions.api.choose import OfRegion, region_filter
from regions.enums import Role
from regions.queries.access import access_of

from ..domain.rounds.answering import Given, deliver, move_delivery
from ..enums.rounds import DELIVERY, AskingState, RoundState
from ..models import DeliveredAnswer, ProviderDelivery, RoundQuestion
from ..queries.rounds import deliveries_visible_to, questions_of, segment_code


class AnswerRows(Rows):
    indicator = Text(source="question__indicator__code")
    definitieversie = Whole(source="question__indicator__version")
    segment = Text(source="question__segment__code", allow_null=True)
    teller = Text(source="numerator")
    noemer = Text(source="denominator", allow_null=True)
    toelichting = Text(source="explanation", allow_blank=True)

    class Meta:
        ref_name = "AangeleverdCijfer"


class DeliveryRows(Rows):
    id = Whole()
    regio = Text(source="round__region__slug")
    halfjaar = Text(source="round__half_year")
    aanbieder = Text(source="provider__agb_code")
    uiterlijk = Day(source="round__due_on")
    stand = Choice(RoundState, source="state")
    ronde = Choice(AskingState, source="round__state")
    aangeleverdOp = Day(source="delivered_on", allow_null=True)
    vragen = made(
        Texts(help_text="Gevraagde indicatoren; bij een segment als 'code:segment'."),
        "pk",
        by=lambda key: [],
    )
    cijfers = many(AnswerRows, model=DeliveredAnswer, by="delivery_id")

    class Meta:
        ref_name = "AanbiederAanlevering"


class DeliveryFilters(OfRegion):
    regio = region_filter("round__region__slug")
    halfjaar = django_filters.CharFilter(field_name="round__half_year")
    aanbieder = django_filters.CharFilter(field_name="provider__agb_code")
    stand = ChoiceOf(RoundState, field_name="state")


class FigureInput(Input):
    indicator = serializers.CharField(max_length=60)
    segment = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    teller = serializers.DecimalField(max_digits=10, decimal_places=2, min_value=Decimal(0))
    noemer = serializers.DecimalField(
        max_digits=10, decimal_places=2, min_value=Decimal(0), required=False, allow_null=True
    )
    toelichting = serializers.CharField(
        max_length=500, required=False, default="", allow_blank=True
    )

    class Meta:
        ref_name = "AanTeLeverenCijfer"


class FiguresInput(Input):
    cijfers = serializers.ListField(child=FigureInput(), min_length=1, max_length=200)

    class Meta:
        ref_name = "AanTeLeverenCijfers"


class DeliveryStepInput(Input):
    stap = serializers.ChoiceField(
        [m.name.replace("_", "-") for m in DELIVERY.moves if m.name != "deliver"]
    )
    reden = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)

    class Meta:
        ref_name = "AanleveringStap"


def check_follows(user: Any) -> None:
    if not access_of(user).has(*Role.REGIONAL_STAFF, Role.PROVIDER):
        raise NotAllowed("Aanleverrondes zijn voor de regio en de aanbieder zelf.")


class DeliveryView(RegisterView):
    about = (
        "Cijfers die aanbieders per halfjaar zelf aanleveren. Een aanbieder ziet en levert alleen "
        "zijn eigen cijfers. Goedgekeurde cijfers komen in de indicatoren."
    )
    visible = staticmethod(deliveries_visible_to)
    check_access = staticmethod(check_follows)
    serializer_class = DeliveryRows
    filterset_class = DeliveryFilters

    def read(self, queryset: Any) -> list[dict[str, Any]]:
        rows = DeliveryRows.read(queryset)
        asked = _asked(row["id"] for row in rows)
        for row in rows:
            row["vragen"] = asked.get(row["id"], [])
        return rows

    @extend_schema(
        request=FiguresInput, responses={200: DeliveryRows}, filters=False,
        summary="Alle cijfers van een ronde aanleveren (aanbieder)",
    )  # fmt: skip
    @action(detail=True, methods=["post"], url_path="cijfers")
    def figures(self, request: Request, pk: int) -> Response:
        delivery, asked = self._delivery(), FiguresInput(data=request.data)
        asked.is_valid(raise_exception=True)
        given = [_given(delivery, one) for one in asked.validated_data["cijfers"]]
        deliver(delivery=delivery, given=given, by=request.user)
        return Response(self.row())

    @extend_schema(
        request=DeliveryStepInput, responses={200: DeliveryRows}, filters=False,
        summary="Teruggeven, goedkeuren, vastzetten of weer openstellen",
    )  # fmt: skip
    @action(detail=True, methods=["post"], url_path="stappen")
    def step(self, request: Request, pk: int) -> Response:
        delivery, asked = self._delivery(), DeliveryStepInput(data=request.data)
        asked.is_valid(raise_exception=True)
        move_delivery(
            delivery=delivery, move=asked.validated_data["stap"].replace("-", "_"),
            by=request.user, reason=asked.validated_data["reden"],
        )  # fmt: skip
        return Response(self.row())

    def _delivery(self) -> ProviderDelivery:
        self.row()
        found = ProviderDelivery.objects.select_related("round__region", "provider")
        return found.get(pk=self.kwargs["pk"])


def _asked(deliveries: Iterable[int]) -> dict[int, list[str]]:
    """Per delivery what its provider is asked."""
    found = ProviderDelivery.objects.filter(pk__in=list(deliveries))
    pairs = list(found.values_list("pk", "round_id"))
    of_round: dict[int, list[RoundQuestion]] = {}
    rows = RoundQuestion.objects.filter(round__in={key for _, key in pairs})
    for question in rows.select_related("indicator", "segment"):
        of_round.setdefault(question.round_id, []).append(question)
    chosen: dict[int, set[int]] = {}
    through = ProviderDelivery.chosen.through.objects.filter(
        providerdelivery__in=[pk for pk, _ in pairs]
    )
    for pk, question_pk in through.values_list("providerdelivery", "roundquestion"):
        chosen.setdefault(pk, set()).add(question_pk)
    return {
        pk: [_name(q) for q in of_round.get(key, []) if pk not in chosen or q.pk in chosen[pk]]
        for pk, key in pairs
    }


def _name(question: RoundQuestion) -> str:
    code = question.indicator.code
    return f"{code}:{question.segment.code}" if question.segment else code


def _given(delivery: ProviderDelivery, row: dict[str, Any]) -> Given:
    for question in questions_of(delivery):
        if (question.indicator.code, segment_code(question)) == (row["indicator"], row["segment"]):
            return Given(question, row["teller"], row.get("noemer"), row["toelichting"])
    raise serializers.ValidationError({"indicator": f"{row['indicator']} is niet gevraagd."})
