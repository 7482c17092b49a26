"""What goes on paper in a case, through the API: letters, the line of time, and one file."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.utils.text import slugify
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.documents import serve
from core.writing import DOCX, PDF, to_docx, to_pdf

from ..domain.cases.papers import case_document, case_zip, send_letter
from ..queries.cases import letters_for
from ..queries.timeline import timeline
from ..rules.cases import sees_inside
from .case_base import CaseActions, write
from .case_inputs import LetterInput
from .case_rows import EventRows

ZIP = "application/zip"
KINDS = {"pdf": PDF, "docx": DOCX, "zip": ZIP}
KIND = OpenApiParameter(
    "vorm", str, enum=list(KINDS), default="zip",
    description="`zip` bevat ook het plan, de brieven en het bewijs.",
)  # fmt: skip


LETTER = OpenApiParameter(
    "brief",
    int,
    description="Alleen deze brief, of dit bindende plan, zoals verstuurd: pdf of docx.",
)


class Papers(CaseActions):
    @write(LetterInput, "Een brief bewaren, als Word-bestand en als PDF")
    @action(detail=True, methods=["post"], url_path="brieven")
    def letter(self, request: Request, pk: int) -> Response:
        case, given = self.case(), self.given(LetterInput)
        send_letter(
            case=case, subject=given["onderwerp"], body=given["tekst"],
            to_provider=given["aanAanbieder"], by=request.user,
        )  # fmt: skip
        return self.answer()

    @extend_schema(
        responses=EventRows(many=True), filters=False, summary="Tijdlijn, de oudste eerst"
    )
    @action(detail=True, url_path="tijdlijn", pagination_class=None)
    def timeline(self, request: Request, pk: int) -> Response:
        case = self.case()
        events = timeline(case, inside=sees_inside(request.user, case.region_id))
        return Response(
            [
                {
                    "dag": event.day.isoformat(), "soort": event.kind, "titel": event.title,
                    "tekst": event.text, "wie": event.who,
                }
                for event in reversed(events)
            ]
        )  # fmt: skip

    @extend_schema(
        parameters=[KIND, LETTER],
        responses={(200, kind): OpenApiTypes.BINARY for kind in KINDS.values()},
        filters=False,
        summary="De hele zaak als één bestand, of één brief ervan",
    )
    @action(detail=True, url_path="bestand", pagination_class=None)
    def file(self, request: Request, pk: int) -> HttpResponse | FileResponse:
        case, kind = self.case(), request.query_params.get("vorm", "zip")
        if (letter := request.query_params.get("brief")) is not None:
            return _letter(letters_for(request.user, case), letter, kind)
        if kind not in KINDS:
            raise serializers.ValidationError({"vorm": f"Kies uit: {', '.join(KINDS)}."})
        name = slugify(f"zaak {case.number} {case.provider.name}")
        inside = sees_inside(request.user, case.region_id)
        return _download(_content(case, kind, inside), f"{name}.{kind}", KINDS[kind])


def _letter(letters: Any, asked: str, kind: str) -> FileResponse:
    if kind not in ("pdf", "docx"):
        raise serializers.ValidationError({"vorm": "Kies voor een brief uit: pdf, docx."})
    found = letters.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 19 else None
    if found is None:
        raise serializers.ValidationError({"brief": "Deze zaak heeft die brief niet."})
    return serve(found.pdf if kind == "pdf" else found.docx)


def _content(case: Any, kind: str, inside: bool) -> bytes:
    if kind == "zip":
        return case_zip(case, inside=inside)
    write_as = to_docx if kind == "docx" else to_pdf
    return write_as(case_document(case, inside=inside))


def _download(content: bytes, name: str, content_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
