"""Asking providers for figures through the API: announce, adapt, open, take back."""

from collections import defaultdict
from collections.abc import Iterable
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
    MoveView,
    Parameters,
    Real,
    Rows,
    Text,
    Texts,
    Whole,
    address,
)
from core.errors import DomainError
from core.periods import HalfYear
from providers.models import Provider
from regions.api.choose import OfRegion, RegionChoice
from regions.models import Region
from segments.models import Segment

from ..domain.rounds.asking import open_round, prepare_round, withdraw_round
from ..enums.rounds import ASKING, AskingState, RoundState
from ..models import DeliveryRound, ProviderDelivery, RoundQuestion
from ..queries.applying import Asked, ties_of
from ..queries.rounds import (
    Burden,
    deliveries_visible_to,
    questions_per_delivery,
    rounds_visible_to,
)
from ..rules.rounds import can_ask, check_can_ask
from .interpretation import HALF_YEAR
from .rounds import check_follows, question_name

QUESTION_TEXT = "Code van de indicator; voor één segment als `code:segment`."


class AskedRows(Rows):
    aanlevering = Whole(help_text="Sleutel onder `aanleverrondes`.")
    aanbieder = Text(help_text="AGB-code.")
    stand = Choice(RoundState)
    vragen = Texts(help_text=QUESTION_TEXT)

    class Meta:
        ref_name = "UitvraagPerAanbieder"


class BurdenRows(Rows):
    antwoorden = Whole()
    aanbieders = Whole()
    uren = Real()

    class Meta:
        ref_name = "LastVanUitvraag"


class RoundRows(Rows):
    id = Whole()
    regio = Text()
    halfjaar = Text()
    uiterlijk = Day()
    minutenPerVraag = Whole()
    stand = Choice(AskingState)
    vragen = Texts(help_text=QUESTION_TEXT)
    aanbieders = AskedRows(many=True)
    last = BurdenRows(allow_null=True, help_text="Alleen voor wie cijfers opvraagt.")

    class Meta:
        ref_name = "Uitvraag"


class ReasonRows(Rows):
    vraag = Text(help_text=QUESTION_TEXT)
    waarom = Text(help_text="Waarom deze vraag bij deze aanbieder past.")

    class Meta:
        ref_name = "VraagMetReden"


class AppliedRows(Rows):
    aanlevering = Whole()
    aanbieder = Text(help_text="AGB-code.")
    vragen = ReasonRows(many=True)

    class Meta:
        ref_name = "WieKrijgtWelkeVraag"


class RoundInput(Input):
    regio = RegionChoice()
    halfjaar = serializers.RegexField(HALF_YEAR)
    uiterlijk = serializers.DateField()
    minutenPerVraag = serializers.IntegerField(min_value=1, max_value=999, default=20)
    vragen = serializers.ListField(
        child=serializers.CharField(max_length=90), min_length=1, max_length=200,
        help_text=QUESTION_TEXT,
    )  # fmt: skip
    aanbieders = serializers.ListField(
        child=serializers.RegexField(r"^\d{8}$"), min_length=1, max_length=1000,
        help_text="AGB-codes. Elk krijgt alleen wat bij zijn contract en hulp past.",
    )  # fmt: skip

    class Meta:
        ref_name = "UitvraagNieuw"


class RoundFilters(OfRegion):
    halfjaar = django_filters.CharFilter(field_name="half_year")
    stand = ChoiceOf(AskingState, field_name="state")


class RoundView(MoveView):
    about = (
        "Wat de regio aanbieders over een halfjaar vraagt. Een nieuwe uitvraag is aangekondigd: "
        "iedereen leest wat komt, en de regio past per aanbieder de vragen aan (`PATCH` op "
        "`aanleverrondes`) of trekt haar in. Na de stap `openstellen-voor-de-aanbieders` wordt "
        "aangeleverd. Een aanbieder ziet zijn eigen deel."
    )
    table = ASKING
    visible = staticmethod(rounds_visible_to)
    check_access = staticmethod(check_follows)
    serializer_class = RoundRows
    filterset_class = RoundFilters

    def read(self, queryset: Any) -> list[dict[str, Any]]:
        rounds = list(queryset)
        asked_of = _per_round(self.request.user, rounds)
        return [_row(self.request.user, one, asked_of[one.pk]) for one in rounds]

    @extend_schema(
        request=RoundInput, responses={201: RoundRows}, summary="Uitvraag aankondigen"
    )  # fmt: skip
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = RoundInput(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        region, half = given["regio"], HalfYear.parse(given["halfjaar"])
        check_can_ask(request.user, region)
        made = prepare_round(
            region=region, half_year=half, due_on=given["uiterlijk"],
            minutes=given["minutenPerVraag"], by=request.user,
            questions=[_question(region, half, name) for name in dict.fromkeys(given["vragen"])],
            providers=_providers(region, given["aanbieders"]),
        )  # fmt: skip
        [row] = self.read(self.get_queryset().filter(pk=made.pk))
        return Response(row, status=201, headers={"Location": address(f"uitvragen/{made.pk}")})

    def make_move(self, row: Any, move: str, reason: str, more: dict[str, Any]) -> None:
        if move != "open":
            told = f"Een uitvraag kent alleen de stap `{ASKING.moves[0].slug}`."
            raise DomainError(told, code="stap-onbekend")
        open_round(asked=row, by=self.request.user)

    @extend_schema(parameters=[Parameters.IF_MATCH], summary="Aangekondigde uitvraag intrekken")
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        withdraw_round(asked=self._round(), by=request.user)
        return Response(status=204)

    @extend_schema(
        responses={200: AppliedRows(many=True)}, filters=False,
        summary="Wie welke vraag krijgt, en waarom",
    )  # fmt: skip
    @action(detail=True, methods=["get"], url_path="verdeling", pagination_class=None)
    def applied(self, request: Request, pk: int) -> Response:
        asked = self._round()
        ties = ties_of(asked.region, asked.period)
        found = _per_round(request.user, [asked])[asked.pk]
        return Response([_applied(row, questions, ties) for row, questions in found])

    def _round(self) -> DeliveryRound:
        self.row()
        found: DeliveryRound = self.get_queryset().get(pk=self.kwargs["pk"])
        return found


Deliveries = list[tuple[ProviderDelivery, list[RoundQuestion]]]


def _per_round(user: Any, rounds: Iterable[DeliveryRound]) -> dict[int, Deliveries]:
    """What the user may see of each round: its deliveries with their questions."""
    rows = list(deliveries_visible_to(user).filter(round__in=[one.pk for one in rounds]))
    asked = questions_per_delivery(rows)
    found: dict[int, Deliveries] = defaultdict(list)
    for row in rows:
        found[row.round_id].append((row, asked[row.pk]))
    return found


def _row(user: Any, one: DeliveryRound, asked_of: Deliveries) -> dict[str, Any]:
    names = [question_name(q) for _, questions in asked_of for q in questions]
    return {
        "id": one.pk,
        "regio": one.region.slug,
        "halfjaar": one.half_year,
        "uiterlijk": one.due_on.isoformat(),
        "minutenPerVraag": one.minutes,
        "stand": Choice(AskingState).slug_of[one.state],
        "vragen": sorted(set(names)),
        "aanbieders": [
            {
                "aanlevering": row.pk,
                "aanbieder": row.provider.agb_code,
                "stand": Choice(RoundState).slug_of[row.state],
                "vragen": [question_name(q) for q in questions],
            }
            for row, questions in asked_of
        ],
        "last": _burden(one, asked_of) if can_ask(user, one.region) else None,
    }


def _burden(one: DeliveryRound, asked_of: Deliveries) -> dict[str, Any]:
    answers = sum(len(questions) for _, questions in asked_of)
    burden = Burden(answers, len(asked_of), one.minutes)
    return {"antwoorden": answers, "aanbieders": len(asked_of), "uren": round(burden.hours, 1)}


def _applied(row: ProviderDelivery, questions: list[RoundQuestion], ties: Any) -> dict[str, Any]:
    reasons = [(q, ties.reason(row.provider, q.indicator, q.segment_id)) for q in questions]
    return {
        "aanlevering": row.pk,
        "aanbieder": row.provider.agb_code,
        "vragen": [
            {"vraag": question_name(q), "waarom": reason or "door de regio gekozen"}
            for q, reason in reasons
        ],
    }


def _question(region: Region, half: HalfYear, name: str) -> Asked:
    """The newest version of an indicator, whole or for a segment of the scheme of the half-year."""
    code, _, place = name.partition(":")
    definition = region.indicators.filter(code=code).order_by("-version").first()
    if definition is None:
        raise _unknown("vragen", f"Deze regio kent geen indicator '{code}'.")
    if not place:
        return definition, None
    segments = Segment.objects.filter(
        scheme__region=region, scheme__valid_from__lt=half.end, code=place
    )
    segment = segments.order_by("-scheme__valid_from").first()
    if segment is None:
        raise _unknown("vragen", f"Deze regio kent geen segment '{place}'.")
    return definition, segment


def _providers(region: Region, codes: list[str]) -> list[Provider]:
    found = {
        row.agb_code: row for row in Provider.objects.filter(region=region, agb_code__in=codes)
    }
    if missing := [code for code in codes if code not in found]:
        raise _unknown("aanbieders", f"Deze regio kent niet: {', '.join(missing)}.")
    return list(found.values())


def _unknown(field: str, told: str) -> serializers.ValidationError:
    return serializers.ValidationError({field: told})


VIEWS = (("uitvragen", RoundView, "uitvraag"),)
