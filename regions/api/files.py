"""Rows with a file: the file comes out, and a new one becomes the next version."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.rest import Input, KeepView, Parameters, StrictJson
from core.documents import serve
from core.documents.forms import KindField
from core.documents.models import Document

VERSION = OpenApiParameter("versie", int, description="Nummer van de versie; anders de nieuwste.")


class Upload(serializers.FileField):
    """A file that may be kept, judged by its content as on the pages."""

    def to_internal_value(self, data: Any) -> UploadedFile:
        try:
            file: UploadedFile = KindField().clean(super().to_internal_value(data))
        except forms.ValidationError as refusal:
            raise serializers.ValidationError(refusal.messages, code=refusal.code) from None
        file.seek(0)
        return file


class FileInput(Input):
    bestand = Upload()

    class Meta:
        ref_name = "BestandInvoer"


class FileView(KeepView):
    """Adds `GET` and `POST .../{id}/bestand`."""

    parser_classes = (StrictJson, MultiPartParser)

    def document_of(self, row: Any) -> Document | None:
        raise NotImplementedError

    def keep_file(self, row: Any, file: UploadedFile) -> None:
        """The verb that keeps a new version; it asks whether the user may."""
        raise NotImplementedError

    @extend_schema(
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
        parameters=[VERSION],
        filters=False,
        summary="Het bestand",
    )
    @action(detail=True, url_path="bestand", url_name="file")
    def file(self, request: Request, pk: int | UUID) -> HttpResponseBase:
        document = self.document_of(self.object())
        if document is None:
            raise Http404
        asked = request.query_params.get("versie")
        versions = document.versions.order_by("-number")
        if asked is not None:
            versions = versions.filter(number=asked if asked.isdecimal() else 0)
        if (version := versions.first()) is None:
            raise Http404
        return serve(version)

    @extend_schema(
        request={"multipart/form-data": FileInput},
        parameters=[Parameters.IF_MATCH],
        filters=False,
        summary="Nieuwe versie van het bestand",
    )
    @file.mapping.post
    def new_version(self, request: Request, pk: int | UUID) -> HttpResponseBase:
        asked = FileInput(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        self.keep_file(self.object(), asked.validated_data["bestand"])
        return Response(self.row(), status=201)
