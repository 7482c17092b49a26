"""Delivering figures through the API: what the pages can, by the same verbs."""

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
    Parameters,
    RegisterView,
    Rows,
    StepOf,
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
from ..domain.rounds.asking import choose_questions
from ..enums.rounds import DELIVERY, AskingState, RoundState
from ..models import DeliveredAnswer, ProviderDelivery, RoundQuestion
from ..queries.rounds import (
    deliveries_visible_to,
    questions_of,
    questions_per_delivery,
    segment_code,
)


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
    uitvraag = Whole(source="round_id")
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
    uitvraag = django_filters.NumberFilter(field_name="round_id")
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


class QuestionsInput(Input):
    vragen = serializers.ListField(
        child=serializers.CharField(max_length=90), max_length=200,
        help_text="Vragen van deze uitvraag; een lege lijst vraagt deze aanbieder niets.",
    )  # fmt: skip

    class Meta:
        ref_name = "VragenAanAanbieder"


class DeliveryStepInput(Input):
    stap = StepOf(DELIVERY, leave=("deliver",))
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
        deliveries = ProviderDelivery.objects.filter(pk__in=[row["id"] for row in rows])
        asked = questions_per_delivery(deliveries)
        for row in rows:
            row["vragen"] = [question_name(question) for question in asked[row["id"]]]
        return rows

    @extend_schema(
        request=QuestionsInput, parameters=[Parameters.IF_MATCH],
        responses={200: DeliveryRows, 204: None},
        summary="Vragen aan één aanbieder aanpassen, zolang de uitvraag is aangekondigd",
    )  # fmt: skip
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """An empty list leaves the provider out: then there is no row to answer with."""
        delivery, asked = self._delivery(), QuestionsInput(data=request.data)
        asked.is_valid(raise_exception=True)
        chosen = _chosen(delivery, asked.validated_data["vragen"])
        choose_questions(delivery=delivery, questions=chosen, by=request.user)
        return Response(self.row()) if chosen else Response(status=204)

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
            delivery=delivery, move=asked.validated_data["stap"],
            by=request.user, reason=asked.validated_data["reden"],
        )  # fmt: skip
        return Response(self.row())

    def _delivery(self) -> ProviderDelivery:
        self.row()
        found = ProviderDelivery.objects.select_related("round__region", "provider")
        return found.get(pk=self.kwargs["pk"])


def question_name(question: RoundQuestion) -> str:
    code = question.indicator.code
    return f"{code}:{question.segment.code}" if question.segment else code


def _chosen(delivery: ProviderDelivery, names: list[str]) -> list[RoundQuestion]:
    rows = delivery.round.questions.select_related("indicator", "segment")
    known = {question_name(question): question for question in rows}
    if unknown := [name for name in names if name not in known]:
        raise serializers.ValidationError(
            {"vragen": f"Deze uitvraag heeft geen vraag: {', '.join(unknown)}."}
        )
    return [known[name] for name in dict.fromkeys(names)]


def _given(delivery: ProviderDelivery, row: dict[str, Any]) -> Given:
    for question in questions_of(delivery):
        if (question.indicator.code, segment_code(question)) == (row["indicator"], row["segment"]):
            return Given(question, row["teller"], row.get("noemer"), row["toelichting"])
    raise serializers.ValidationError({"indicator": f"{row['indicator']} is niet gevraagd."})
