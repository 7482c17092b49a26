"""Papers as files: the same documents as on the pages, made when they are asked for."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from core.api.rest import Input, RegisterView, Rows, Text, Whole
from regions.api.choose import OfRegion
from segments.models import SegmentScheme
from segments.queries.framework import schemes_visible_to

from ..domain import papers

DEFAULT = "docx"


class PaperInput(Input):
    vorm = serializers.ChoiceField(
        [*papers.FORMS], required=False, help_text=f"Zonder keuze: {DEFAULT}."
    )

    class Meta:
        ref_name = "StukVraag"


def paper_action(address: str, summary: str, write: Callable[[Any, Any], Any]) -> Any:
    """`GET .../{id}/<address>?vorm=`: `write(row, user)` gives the document of a visible row."""

    @extend_schema(
        parameters=[PaperInput],
        responses={(200, kind): OpenApiTypes.BINARY for kind, _ in papers.FORMS.values()},
        filters=False,
        summary=summary,
    )
    @action(detail=True, url_path=address, url_name="paper")
    def paper(self: Any, request: Request, pk: int) -> HttpResponse:
        asked = PaperInput(data=request.query_params)
        asked.is_valid(raise_exception=True)
        form = asked.validated_data.get("vorm", DEFAULT)
        content, content_type = papers.as_file(write(self.object(), request.user), form)
        answer = HttpResponse(content, content_type=content_type)
        answer["Content-Disposition"] = f'attachment; filename="{address}.{form}"'
        answer["Cache-Control"] = "private, no-store"
        return answer

    return paper


class JustificationRows(Rows):
    id = Whole(help_text="Id van de segmentindeling.")
    regio = Text(source="region__slug")
    code = Text()
    naam = Text(source="name")

    class Meta:
        ref_name = "Verantwoording"


class JustificationView(RegisterView):
    about = "De geschreven verantwoording van de keuzes per segmentindeling."
    visible = staticmethod(schemes_visible_to)
    serializer_class = JustificationRows
    filterset_class = OfRegion
    paper = paper_action(
        "verantwoording",
        "De verantwoording als bestand",
        lambda scheme, user: papers.justification(scheme),
    )

    def object(self) -> SegmentScheme:
        row: SegmentScheme = self.get_queryset().get(pk=self.row()["id"])
        return row
