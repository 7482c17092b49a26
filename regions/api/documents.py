"""Documents with versions, on whatever an app gives documents: contracts, divisions in segments."""

from typing import Any

import django_filters
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from core.api.rest import Choice, ChoiceOf, Filters, Input, Moment, Rows, Text, Whole, many
from core.documents import domain
from core.documents.models import Confidentiality, Document, DocumentVersion
from core.documents.queries import documents_visible_to, owner_of
from core.documents.registry import document_subject

from ..models import Region
from ..queries.access import access_of
from .choose import REGION_TEXT, RegionChoice
from .files import FileView, Upload
from .jobs import region_slugs


class VersionRows(Rows):
    nummer = Whole(source="number")
    bestandsnaam = Text(source="file_name")
    soortBestand = Text(source="content_type")
    omvang = Whole(source="size", help_text="In bytes.")
    controlegetal = Text(source="sha256", help_text="SHA-256 van het bestand.")
    bewaardOp = Moment(source="created_at")

    class Meta:
        ref_name = "DocumentVersie"


class DocumentRows(Rows):
    id = Text(source="pk")
    regio = Text(source="tenant_id")
    bij = Text(source="subject", help_text="Waar het bij hoort: `contract` of `indeling`.")
    bijId = Whole(source="subject_id")
    titel = Text(source="title")
    vertrouwelijkheid = Choice(Confidentiality, source="confidentiality")
    versies = many(VersionRows, model=DocumentVersion, by="document_id", order=("number",))

    class Meta:
        ref_name = "Document"

    @classmethod
    def read(cls, queryset: Any) -> list[dict[str, Any]]:
        slugs = region_slugs()
        rows = super().read(queryset)
        for row in rows:
            row["id"], row["regio"] = str(row["id"]), slugs.get(row["regio"])
        return rows


class DocumentInput(Input):
    regio = RegionChoice(source="region")
    bij = serializers.SlugField(source="subject")
    bijId = serializers.IntegerField(source="owner", min_value=1, max_value=2**63 - 1)
    titel = serializers.CharField(source="title", max_length=200)
    vertrouwelijkheid = Choice(Confidentiality, source="confidentiality", required=False)
    bestand = Upload(source="upload")

    class Meta:
        ref_name = "DocumentInvoer"


class DocumentFilters(Filters):
    regio = django_filters.CharFilter(method="of_region", label=REGION_TEXT)
    bij = django_filters.CharFilter(field_name="subject")
    bijId = django_filters.NumberFilter(field_name="subject_id")
    vertrouwelijkheid = ChoiceOf(Confidentiality, field_name="confidentiality")

    def of_region(self, rows: QuerySet[Any], name: str, slug: str) -> QuerySet[Any]:
        return rows.filter(tenant_id__in=Region.objects.filter(slug=slug).values("pk"))


class DocumentView(FileView):
    about = (
        "Documenten met hun versies, bij contracten en bij indelingen in segmenten. Nieuw gaat als "
        "formulier met het bestand erbij; een volgende versie gaat naar `bestand`."
    )
    serializer_class = DocumentRows
    filterset_class = DocumentFilters
    lookup_value_converter = "uuid"
    input_class = DocumentInput
    places = ("region", "subject", "owner", "upload")
    upload: UploadedFile | None = None

    @staticmethod
    def visible(user: Any) -> QuerySet[Document]:
        return documents_visible_to(user, access_of(user).region_ids)

    @extend_schema(request={"multipart/form-data": DocumentInput})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return super().create(request, *args, **kwargs)

    def new_row(self, place: dict[str, Any]) -> Document:
        subject, region = document_subject(place["subject"]), place["region"]
        owner = subject.rows(self.request.user, region.pk).filter(pk=place["owner"]).first()
        if owner is None:
            raise Http404
        subject.check_keep(self.request.user, owner)
        self.upload = place["upload"]
        return Document(
            tenant_id=region.pk,
            subject=subject.code,
            subject_id=owner.pk,
            confidentiality=subject.confidentiality,
        )

    def keep(self, row: Any) -> Document:
        if self.upload is not None:
            return domain.add_document(document=row, file=self.upload, by=self.request.user)
        self._check(row)
        return domain.change_document(document=row)

    def remove(self, row: Any) -> None:
        self._check(row)
        domain.remove_document(document=row)

    def document_of(self, row: Any) -> Document:
        return row

    def keep_file(self, row: Any, file: UploadedFile) -> None:
        self._check(row)
        domain.add_version(document=row, file=file, by=self.request.user)

    def _check(self, row: Document) -> None:
        subject, owner = owner_of(self.request.user, row)
        subject.check_keep(self.request.user, owner)
