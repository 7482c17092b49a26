"""Development tables in the API, for who may see them."""

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.rest import Filters, Input
from regions.api.choose import OfRegion, region_filter
from regions.api.kinds import KindMoveView, KindView

from .. import kinds  # noqa: F401 -- registers the kinds that the views name
from ..domain.table_plan import draft_plan
from ..domain.tables import plan_meeting
from ..queries import plans as seen
from . import table_rows as rows


class TableFilters(Filters):
    regio = region_filter("table__region__slug")
    tafel = django_filters.NumberFilter(field_name="table_id")


class PositionFilters(Filters):
    regio = region_filter("issue__table__region__slug")
    vraagstuk = django_filters.NumberFilter(field_name="issue_id")


class NextMeetingInput(Input):
    datum = serializers.DateField(source="held_on")
    plaats = serializers.CharField(
        source="location", max_length=120, required=False, allow_blank=True
    )
    doel = serializers.CharField(
        source="purpose", max_length=4000, required=False, allow_blank=True
    )

    class Meta:
        ref_name = "VolgendeBijeenkomst"


class KeyRow(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")

    class Meta:
        ref_name = "Sleutel"


class TableView(KindView):
    about = (
        "Ontwikkeltafels; een aanbieder ziet alleen de tafels waaraan hij zit. Bijeenkomsten en "
        "standpunten ziet alleen wie aan tafel zit."
    )
    kind_code = "ontwikkeltafel"
    serializer_class = rows.TableRows
    filterset_class = OfRegion
    many = {"segmenten": ("segments", "code")}
    guarded = {"plan": seen.plans_visible_to}

    @extend_schema(
        request=NextMeetingInput, responses={201: KeyRow}, summary="Volgende bijeenkomst plannen"
    )
    @action(detail=True, methods=["post"], url_path="bijeenkomst", url_name="meeting")
    def meeting(self, request: Request, pk: int) -> Response:
        """Alle leden doen mee; elk vraagstuk zonder uitkomst komt op de agenda."""
        asked = NextMeetingInput(data=request.data)
        asked.is_valid(raise_exception=True)
        made = plan_meeting(table=self.object(), by=request.user, **asked.validated_data)
        return Response(KeyRow(made).data, status=201)

    @extend_schema(request=None, responses={200: KeyRow}, summary="Afspraken in het plan zetten")
    @action(detail=True, methods=["post"], url_path="plan", url_name="plan")
    def plan(self, request: Request, pk: int) -> Response:
        """Vraagstukken met een uitkomst worden hoofdstukken; wat er al staat, blijft staan."""
        return Response(KeyRow(draft_plan(table=self.object(), by=request.user)).data)


class MemberView(KindView):
    about = "Organisaties aan een tafel."
    kind_code = "tafellid"
    serializer_class = rows.MemberRows
    filterset_class = TableFilters


class IssueView(KindMoveView):
    about = "Waarover een tafel het eens moet worden."
    kind_code = "vraagstuk"
    serializer_class = rows.IssueRows
    filterset_class = TableFilters
    guarded = {"section": seen.sections_visible_to}


class PositionView(KindView):
    about = "Waar een lid staat bij een vraagstuk, voor wie aan tafel zit."
    kind_code = "standpunt"
    serializer_class = rows.PositionRows
    filterset_class = PositionFilters


class CommitmentView(KindView):
    about = "Wat een organisatie aan een tafel toezegde, met de dag."
    kind_code = "toezegging"
    serializer_class = rows.CommitmentRows
    filterset_class = TableFilters
    guarded = {"meeting": seen.meetings_visible_to}


VIEWS = (
    ("ontwikkeltafels", TableView, "ontwikkeltafel"),
    ("tafelleden", MemberView, "tafellid"),
    ("vraagstukken", IssueView, "vraagstuk"),
    ("standpunten", PositionView, "standpunt"),
    ("toezeggingen", CommitmentView, "toezegging"),
)
