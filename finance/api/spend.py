"""What is spent, and what deviates in it, through the API."""

from __future__ import annotations

from datetime import date
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
    SAYS_WHY,
    ApiView,
    Choice,
    ChoiceOf,
    Day,
    Euros,
    Input,
    MoveInput,
    MoveView,
    Rows,
    Text,
    Whole,
    accepted,
    why_given,
)
from core.audit.looks import log_look
from regions.api.choose import OfRegion, RegionChoice
from regions.api.jobs import JobRows, follow

from ..deviation_enums import DEVIATION, Check, DeviationState
from ..domain.checking import start_checks
from ..domain.deviating import except_line, move_deviation
from ..models import Deviation
from ..queries.deviations import FoundLine, deviations_visible_to, findings_visible_to, lines_of
from ..queries.spend import Cut, Slice, cuts_of, spend_now, spend_scope, view_of_now
from ..rules import check_can_see_finance

CUTS = ", ".join(Cut.values)


class SpendInput(Input):
    regio = RegionChoice()
    jaar = serializers.IntegerField(min_value=2000, max_value=2100)
    naar = serializers.ChoiceField(Cut.choices, required=False, help_text=f"Een van: {CUTS}.")
    en = serializers.ChoiceField(Cut.choices, required=False, help_text="Tweede uitsplitsing.")
    ook = serializers.ChoiceField(Cut.choices, required=False, help_text="Derde uitsplitsing.")

    class Meta:
        ref_name = "UitgavenVraag"


class SpendShape(Rows):
    naar = Text(help_text="Code in de eerste uitsplitsing; leeg: niet bekend.", allow_blank=True)
    en = Text(help_text="Code in de tweede uitsplitsing.", allow_null=True)
    ook = Text(help_text="Code in de derde uitsplitsing.", allow_null=True)
    gedeclareerd = Euros(help_text="Na correcties en afkeuringen.")
    termijnen = Euros(help_text="Deel van termijnbetalingen in dit jaar.")
    samen = Euros()

    class Meta:
        ref_name = "Uitgave"


class SpendView(ApiView):
    """Bedragen van een jaar zorg, zoals nu bekend, per een, twee of drie onderdelen. Elke
    uitsplitsing telt op tot hetzelfde totaal. Een gemeente ziet de eigen gemeente."""

    @extend_schema(
        parameters=[SpendInput],
        responses=SpendShape(many=True),
        filters=False,
        summary="Uitgaven van een jaar",
    )
    def list(self, request: Request) -> Response:
        asked = SpendInput(data=request.query_params, context={"request": request})
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        region, year = wanted["regio"], wanted["jaar"]
        check_can_see_finance(request.user, region)
        cuts = cuts_of(wanted.get("naar"), wanted.get("en"), wanted.get("ook"))
        view = view_of_now(region)
        found = (
            spend_now(
                view,
                cuts,
                care_from=date(year, 1, 1),
                care_to=date(year + 1, 1, 1),
                municipalities=spend_scope(request.user, region.pk),
            )
            if view
            else []
        )
        return Response([_spent(one) for one in found])


def _spent(one: Slice) -> dict[str, Any]:
    keys = (*one.keys, None, None, None)
    return {
        "naar": keys[0] or "",
        "en": keys[1],
        "ook": keys[2],
        "gedeclareerd": f"{Decimal(one.declared).scaleb(-2):.2f}",
        "termijnen": f"{Decimal(one.instalments).scaleb(-2):.2f}",
        "samen": f"{one.euros:.2f}",
    }


class DeviationRows(Rows):
    id = Whole(help_text="Sleutel binnen deze omgeving.")
    regio = Text(source="region__slug")
    aanbieder = Text(source="provider", help_text="AGB-code.")
    toets = Choice(Check, source="kind")
    maand = Day(source="care_month", help_text="Eerste dag van de maand van de zorg.")
    regels = Whole(source="lines")
    afwijking = Euros(source="amount", help_text="Zonder uitgezonderde regels.")
    stand = Choice(DeviationState, source="state")
    gevondenOp = Day(source="found_on")
    antwoordUiterlijk = Day(source="answer_by", allow_null=True)
    teruggevorderd = Euros(source="claimed", allow_null=True)
    ontvangen = Euros(source="received", allow_null=True)

    class Meta:
        ref_name = "Afwijking"


class FoundLineShape(Rows):
    bevinding = Whole(help_text="Sleutel om de regel uit te zonderen.")
    regel = Whole(help_text="Sleutel van de declaratieregel.")
    gemeente = Text()
    referentie = Text()
    toewijzingnummer = Whole(allow_null=True)
    product = Text(allow_blank=True)
    begindatum = Day()
    einddatum = Day()
    bedrag = Euros()
    verwacht = Euros(allow_null=True, help_text="Waar de toets het zegt.")
    afwijking = Euros()
    uitgezonderd = Text(allow_blank=True, help_text="Reden; leeg: telt mee.")

    class Meta:
        ref_name = "AfwijkendeRegel"


class DeviationMove(MoveInput):
    bedrag = serializers.DecimalField(
        max_digits=14, decimal_places=2, required=False,
        help_text="Bij terugvorderen of verrekenen; leeg: het hele bedrag.",
    )  # fmt: skip

    class Meta:
        ref_name = "StapAfwijking"


class ExceptInput(Input):
    bevinding = serializers.IntegerField(min_value=1, max_value=2**62)
    reden = serializers.CharField(max_length=2000)

    class Meta:
        ref_name = "RegelUitzonderen"


class CheckInput(Input):
    regio = RegionChoice()
    jaar = serializers.IntegerField(
        min_value=2000, max_value=2100, required=False,
        help_text="Leeg: alleen wat nog niet is getoetst.",
    )  # fmt: skip

    class Meta:
        ref_name = "Toetsing"


class DeviationFilters(OfRegion):
    aanbieder = django_filters.CharFilter(field_name="provider")
    toets = ChoiceOf(Check, field_name="kind")
    stand = ChoiceOf(DeviationState, field_name="state")
    jaar = django_filters.NumberFilter(
        field_name="care_month__year", min_value=2000, max_value=2100
    )


class DeviationView(MoveView):
    about = (
        "Wat bij de toetsing van declaraties afwijkt, per aanbieder, toets en maand. De regels "
        "zelf veranderen nooit. Alleen voor medewerkers van de regionale organisatie."
    )
    table = DEVIATION
    visible = staticmethod(deviations_visible_to)
    serializer_class = DeviationRows
    filterset_class = DeviationFilters
    input_of_move: ClassVar[type[MoveInput]] = DeviationMove

    def make_move(self, row: Deviation, move: str, reason: str, more: dict[str, Any]) -> None:
        move_deviation(
            deviation=row, move=move, by=self.request.user, reason=reason,
            amount=more.get("bedrag"),
        )  # fmt: skip

    @accepted(JobRows, request=CheckInput, summary="Declaraties toetsen")
    def create(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = CheckInput(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        job = start_checks(region=wanted["regio"], by=request.user, year=wanted.get("jaar"))
        return follow(job.pk)

    @extend_schema(
        parameters=[SAYS_WHY],
        responses=FoundLineShape(many=True),
        filters=False,
        summary="Regels van een afwijking",
    )
    @action(detail=True, url_path="regels", pagination_class=None)
    def lines(self, request: Request, pk: int) -> Response:
        row = self._object(pk)
        found = [_line(one) for one in lines_of(row)]
        log_look(
            user=request.user,
            what="afwijking",
            region=row.region.slug,
            rows=len(found),
            tenant_id=row.region_id,
            narrowed=f"afwijking {row.pk}",
            reason=why_given(request),
        )
        return Response(found)

    @extend_schema(
        request=ExceptInput, responses=DeviationRows, filters=False, summary="Regel uitzonderen"
    )
    @action(detail=True, methods=["post"], url_path="uitzonderingen", pagination_class=None)
    def except_one(self, request: Request, pk: int) -> Response:
        row = self._object(pk)
        asked = ExceptInput(data=request.data)
        asked.is_valid(raise_exception=True)
        findings = findings_visible_to(request.user).filter(deviation=row)
        finding = findings.filter(pk=asked.validated_data["bevinding"]).first()
        if finding is None:
            raise Http404
        except_line(finding=finding, reason=asked.validated_data["reden"], by=request.user)
        return Response(self.row())

    def _object(self, pk: int) -> Deviation:
        row: Deviation | None = self.get_queryset().filter(pk=pk).first()
        if row is None:
            raise Http404
        return row


def _line(one: FoundLine) -> dict[str, Any]:
    return {
        "bevinding": one.finding,
        "regel": one.line,
        "gemeente": one.municipality,
        "referentie": one.reference,
        "toewijzingnummer": one.allocation_number,
        "product": one.product,
        "begindatum": one.begin_on,
        "einddatum": one.end_on,
        "bedrag": f"{one.amount:.2f}",
        "verwacht": None if one.expected is None else f"{one.expected:.2f}",
        "afwijking": f"{one.at_stake:.2f}",
        "uitgezonderd": one.excepted,
    }
