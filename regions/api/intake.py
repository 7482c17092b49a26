"""Deliveries: what was taken in, what was refused and why; and delivering itself."""

from collections.abc import Callable
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import UnsupportedMediaType, ValidationError
from rest_framework.fields import DictField, ListField
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.rest import (
    ApiView,
    Choice,
    ChoiceOf,
    CsvRenderer,
    Moment,
    Pages,
    Parameters,
    PlainJson,
    RegisterView,
    Rows,
    Text,
    Texts,
    Whole,
    accepted,
    answer_once,
    check_if_match,
    fingerprint,
    made,
    register_results,
)
from core.errors import DomainError
from core.exports import csv_lines
from core.intake import api as intake
from core.intake.enums import FileState, RunState
from core.intake.memory import MemoryStore
from core.intake.models import IntakeFile, IntakeRun, Rejection
from core.intake.queries import previews, rejection_lines, rejections_of
from core.intake.uploads import IntakeUploadHandler
from core.intake.views import REJECTION_COLUMNS

from ..queries.access import access_of
from .choose import REGION_TEXT, visible_region
from .jobs import JobFilters, JobRows, follow, region_slugs

for _kind in (intake.RUN_JOB, intake.UNDO_JOB):
    register_results(_kind, lambda params, result: [f"aanleveringen/{params['run']}"])


def runs_visible_to(user: Any) -> QuerySet[IntakeRun]:
    """Runs in the user's regions, made with forms that the user may use there."""
    runs = IntakeRun.objects.none()
    for region_id in sorted(access_of(user).region_ids):
        runs = runs | IntakeRun.objects.visible_to(user, region_id)
    return runs


class RunRows(Rows):
    id = Whole()
    regio = Text(source="tenant_id", allow_null=True)
    nummer = Whole(
        allow_null=True, source="number", help_text="Volgorde van verwerken in de regio."
    )
    formulier = Text(source="form_code")
    omschrijving = Text(source="title")
    stand = Choice(RunState, source="state")
    ontvangenOp = Moment(source="created_at")
    klaarOp = Moment(source="finished_at", allow_null=True)
    aangeboden = Whole(source="offered", help_text="De vijf volgende tellen hiertoe op.")
    aangenomen = Whole(source="accepted")
    gewijzigd = Whole(source="changed")
    ongewijzigd = Whole(source="unchanged")
    wachtend = Whole(source="waiting")
    afgekeurd = Whole(source="rejected")
    berichtenNietGebruikt = Whole(source="not_used")
    fout = Text(source="error", allow_blank=True)
    ongedaanGemaaktOp = Moment(source="undone_at", allow_null=True)
    taak = made(Text(allow_null=True), "job_id", by=lambda key: str(key) if key else None)

    class Meta:
        ref_name = "Aanlevering"

    @classmethod
    def read(cls, queryset: Any) -> list[dict[str, Any]]:
        slugs = region_slugs()
        rows = super().read(queryset)
        for row in rows:
            row["regio"] = slugs.get(row["regio"])
        return rows


class FileRows(Rows):
    nummer = Whole(source="number")
    naam = Text(source="name")
    soort = Text(source="kind", allow_blank=True)
    omvang = Whole(source="size", help_text="In bytes.")
    stand = Choice(FileState, source="state")
    aangeboden = Whole(source="offered")
    afgekeurd = Whole(source="rejected", help_text="Bij het lezen afgekeurd.")
    melding = Text(source="message", allow_blank=True)

    class Meta:
        ref_name = "AangeleverdBestand"


class RejectionRows(Rows):
    bestand = Text(source="file_name", allow_null=True)
    bericht = Text(source="message_ref", allow_blank=True)
    record = Whole(source="record_no", allow_null=True)
    regelInBestand = Whole(source="line_no", allow_null=True)
    veld = Text(source="field", allow_blank=True)
    controle = Text(source="rule", help_text="Vaste naam van de regel.")
    melding = Text(source="message")
    watTeDoen = Text(source="advice", allow_blank=True)

    class Meta:
        ref_name = "AfgekeurdRecord"


class RunFilters(JobFilters):
    soort = None
    formulier = django_filters.CharFilter(field_name="form_code")
    stand = ChoiceOf(RunState, field_name="state")


REGION = OpenApiParameter("regio", str, required=True, description=REGION_TEXT)
FORM = OpenApiParameter(
    "formulier", str, required=True, description="Code, zoals `aanleverformulieren` die noemt."
)
UPLOAD = {
    "multipart/form-data": {
        "type": "object",
        "required": ["bestand"],
        "properties": {
            "bestand": {
                "type": "array",
                "items": {"type": "string", "format": "binary"},
                "description": "Een of meer bestanden; een zip telt als de bestanden erin.",
            }
        },
    }
}


class Marking(IntakeUploadHandler):
    """Also takes the digest of what comes in, which tells one upload from another."""

    mark: Any

    def new_file(self, field_name: str, file_name: str, *args: Any, **kwargs: Any) -> None:
        self.mark.update(f"\n{file_name}\n".encode())
        super().new_file(field_name, file_name, *args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.mark.update(raw_data)
        super().receive_data_chunk(raw_data, start)


class CheckRows(Rows):
    aangeboden = Whole(help_text="Records in de bestanden.")
    afgekeurd = Whole(help_text="Records die niet te lezen zijn.")
    fouten = ListField(child=DictField(), help_text="Hoogstens de eerste honderd.")
    gelezen = ListField(
        child=DictField(), help_text="De eerste rijen zoals begrepen, en waar bestanden komen."
    )

    class Meta:
        ref_name = "Controle"


def checked(delivery: intake.Reception) -> dict[str, Any]:
    """What was understood of a delivery that is not kept."""
    assert isinstance(delivery.store, MemoryStore)  # noqa: S101 -- a look has no other
    return {
        "aangeboden": delivery.offered,
        "afgekeurd": delivery.rejected,
        "fouten": [
            {
                "bestand": number, "regel": fault.line_no, "veld": fault.field,
                "melding": fault.message, "watTeDoen": fault.advice,
            }
            for number, fault in delivery.store.faults
        ],
        "gelezen": [
            dict(zip(table.headers, row, strict=True))
            for table in previews(delivery)
            for row in table.rows
        ],
    }  # fmt: skip


class RunView(RegisterView):
    about = "Aanleveringen: bestanden die samen zijn ingelezen, met de telling van hun records."
    visible = staticmethod(runs_visible_to)
    serializer_class = RunRows
    filterset_class = RunFilters
    parser_classes = (MultiPartParser,)
    csv_actions: ClassVar[tuple[str, ...]] = ("rejections",)

    @property
    def answers_once(self) -> bool:  # type: ignore[override]
        return self.action not in ("create", "check")

    def get_renderers(self) -> list[Any]:
        renderers: list[Any] = [PlainJson()]
        return [*renderers, CsvRenderer()] if self.action in self.csv_actions else renderers

    @accepted(
        JobRows,
        request=UPLOAD,
        parameters=[REGION, FORM],
        summary="Bestanden aanleveren",
        description=(
            "Het antwoord is de taak die de bestanden verwerkt. Burgerservicenummers worden "
            "onherkenbaar gemaakt terwijl de bestanden binnenkomen."
        ),
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        delivery = self._delivery(request)
        handler = Marking(request._request, delivery)
        handler.mark = fingerprint(request)
        request._request.upload_handlers = [handler]

        def start() -> HttpResponseBase:
            run = intake.start_run(delivery=delivery, by=request.user)
            return follow(run.job_id)  # type: ignore[arg-type]

        try:
            _ = request.data  # the body is read here, into the delivery
            return answer_once(request, handler.mark.hexdigest(), start)
        finally:
            intake.discard(delivery=delivery)  # what was kept is no longer there to discard

    @extend_schema(
        request=UPLOAD, parameters=[REGION, FORM], responses=CheckRows, filters=False,
        summary="Bestanden controleren",
        description="Leest de bestanden zonder iets te bewaren.",
    )  # fmt: skip
    @action(detail=False, methods=["post"], url_path="controle")
    def check(self, request: Request) -> Response:
        delivery = self._delivery(request, intake.open_preview)
        request._request.upload_handlers = [IntakeUploadHandler(request._request, delivery)]
        _ = request.data  # the body is read here
        if not delivery.files:
            raise ValidationError({"bestand": ["Kies eerst een bestand om te controleren."]})
        return Response(checked(delivery))

    def _delivery(
        self, request: Request, open_door: Callable[..., intake.Reception] = intake.reception
    ) -> intake.Reception:
        if not (request.content_type or "").startswith("multipart/form-data"):
            raise UnsupportedMediaType(request.content_type or "")
        region = visible_region(request.user, request.query_params.get("regio"))
        try:
            form = intake.form(request.query_params.get("formulier", ""))
        except DomainError as refusal:
            raise ValidationError({"formulier": [refusal.message]}) from refusal
        return open_door(form=form, tenant_id=region.pk, by=request.user)

    @extend_schema(responses=FileRows(many=True), filters=False, summary="Bestanden")
    @action(detail=True, url_path="bestanden")
    def files(self, request: Request, pk: int) -> Response:
        found = IntakeFile.objects.filter(run=self._run()).order_by("number")
        return Response(Pages().body(request, found, FileRows.read))

    @extend_schema(
        responses={
            (200, "application/json"): RejectionRows(many=True),
            (200, "text/csv"): str,
        },
        filters=False,
        summary="Afgekeurde records",
    )
    @action(detail=True, url_path="afgekeurde-records")
    def rejections(self, request: Request, pk: int) -> HttpResponseBase:
        run = self._run()
        if request.accepted_renderer.format == "csv":
            lines = csv_lines(REJECTION_COLUMNS, rejection_lines(run))
            return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        return Response(Pages().body(request, rejections_of(run), RejectionRows.read))

    @accepted(JobRows, request=None, summary="Ongedaan maken", parameters=[Parameters.IF_MATCH])
    @action(detail=True, methods=["post"], url_path="ongedaanmaking")
    def undo(self, request: Request, pk: int) -> HttpResponseBase:
        stale = check_if_match(request, self.row())
        return stale or follow(intake.ask_undo(run=self._run(), by=request.user).pk)

    def _run(self) -> IntakeRun:
        run = self.get_queryset().filter(pk=self.kwargs["pk"]).first()
        if run is None:
            raise Http404
        return run


class FormRows(Rows):
    code = Text()
    titel = Text()
    omschrijving = Text()
    bestandssoorten = Texts()

    class Meta:
        ref_name = "Aanleverformulier"


class FormView(ApiView):
    about = "Formulieren waarmee u in een regio kunt aanleveren."
    serializer_class = FormRows
    filter_backends = ()
    queryset = Rejection.objects.none()

    @extend_schema(parameters=[REGION], responses=FormRows(many=True))
    def list(self, request: Request) -> Response:
        region = visible_region(request.user, request.query_params.get("regio"))
        return Response(
            [
                {
                    "code": form.code,
                    "titel": form.title,
                    "omschrijving": form.description,
                    "bestandssoorten": list(form.accepts),
                }
                for form in intake.forms_for(request.user, region.pk)
            ]
        )
