"""Editions: what was made, the file, and asking for new ones."""

from typing import Any
from uuid import UUID

import django_filters
from django.http import Http404, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
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
    Moment,
    PdfRenderer,
    PlainJson,
    RegisterView,
    Rows,
    Text,
    Whole,
    YesNo,
    accepted,
    answer_if_same,
    made,
    register_results,
)
from core.documents import serve
from core.periods import HalfYear
from core.plain import checksum
from regions.api.choose import OfRegion, RegionChoice
from regions.api.jobs import JobRows, follow
from segments.models import SegmentScheme

from ..domain.requesting import JOB_KIND, Wanted, request_editions
from ..enums import EditionKind, EditionState
from ..queries.texts import shown
from ..queries.visible import editions_visible_to
from ..rules import is_only_notice
from .content import in_dutch

register_results(
    JOB_KIND, lambda params, result: [f"edities/{pk}" for pk in result.get("editions", ())]
)


class EditionRows(Rows):
    id = made(Text(), "id", by=str)
    regio = Text(source="region__slug")
    soort = Choice(EditionKind, source="kind")
    halfjaar = Text(source="half_year", help_text="Bijvoorbeeld 2025-H1.")
    gemeente = Text(source="municipality", allow_blank=True, help_text="Leeg: de hele regio.")
    gemeenteNaam = Text(source="municipality_name", allow_blank=True)
    indeling = Text(source="scheme__code")
    aanbieder = Text(source="provider", allow_blank=True, help_text="AGB-code, bij een spiegel.")
    aanbiederNaam = Text(source="provider_name", allow_blank=True)
    nulmeting = YesNo(source="is_baseline")
    versie = Whole(source="version")
    bekendOp = Day(source="known_on")
    totEnMetAanlevering = Whole(source="cutoff_run")
    versieToepassing = Text(source="code_version")
    controlegetal = Text(source="checksum")
    stand = Choice(EditionState, source="state")
    gemaaktOp = Moment(source="made_at")
    bestandsnaam = Text(source="pdf__file_name", allow_null=True)
    omvang = Whole(source="pdf__size", allow_null=True, help_text="Van de PDF, in bytes.")

    class Meta:
        ref_name = "Editie"


class EditionFilters(OfRegion):
    halfjaar = django_filters.CharFilter(field_name="half_year")
    gemeente = django_filters.CharFilter(field_name="municipality")
    soort = ChoiceOf(EditionKind, field_name="kind")


class EditionInput(Input):
    """Which editions are asked for; without `soort` all of the half-year."""

    regio = RegionChoice()
    halfjaar = serializers.RegexField(r"^\d{4}-H[12]$", help_text="Bijvoorbeeld 2025-H1.")
    indeling = serializers.CharField(required=False, max_length=40)
    soort = Choice(EditionKind, required=False)
    gemeente = serializers.RegexField(
        r"^\d{4}$",
        required=False,
        help_text="Gemeentecode, bij de soort `raad-gemeente`; mag bij `bestuur-een-pagina`.",
    )
    aanbieder = serializers.RegexField(
        r"^\d{8}$", required=False, help_text="AGB-code, bij de soort `spiegel-voor-een-aanbieder`."
    )

    alleSpiegels = serializers.BooleanField(
        required=False, help_text="De spiegels van alle aanbieders, in plaats van de rapportages."
    )

    class Meta:
        ref_name = "EditieAanvraag"

    def validate_halfjaar(self, label: str) -> HalfYear:
        try:
            return HalfYear.parse(label)
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        region, place = attrs["regio"], attrs.get("gemeente", "")
        kind = attrs.get("soort")
        asked = {"region": region, "half_year": attrs["halfjaar"]}
        agb = attrs.get("aanbieder", "")
        _check_fits(kind, place, agb)
        if place and not region.memberships.filter(municipality__gm_code=place).exists():
            raise serializers.ValidationError(
                {"gemeente": "Deze gemeente hoort niet bij de regio."}
            )
        if kind:
            asked["only"] = (Wanted(kind, place, agb),)
        if attrs.get("alleSpiegels"):
            if kind:
                raise serializers.ValidationError(
                    {"alleSpiegels": "Vraag alle spiegels, of noem één soort; niet allebei."}
                )
            asked["mirrors"] = True
        if agb and not region.providers.filter(agb_code=agb).exists():
            raise serializers.ValidationError({"aanbieder": "De regio kent deze aanbieder niet."})
        if code := attrs.get("indeling"):
            asked["scheme"] = SegmentScheme.objects.filter(region=region, code=code).first()
            if asked["scheme"] is None:
                raise serializers.ValidationError({"indeling": "Deze regio kent die niet."})
        return asked


def _check_fits(kind: str | None, place: str, agb: str) -> None:
    """A municipality and a provider go with the kinds that are about one."""
    if kind not in EditionKind.OF_BOTH and (kind == EditionKind.COUNCIL_MUNICIPALITY) != bool(
        place
    ):
        raise serializers.ValidationError(
            {"gemeente": "Noem een gemeente bij de soort `raad-gemeente`, en alleen daar."}
        )
    if (kind == EditionKind.PROVIDER) != bool(agb):
        raise serializers.ValidationError(
            {"aanbieder": "Noem een aanbieder bij de soort spiegel, en alleen daar."}
        )


class EditionView(RegisterView):
    about = (
        "Halfjaarrapportages: van klaargezet tot gepubliceerd. Wat een gepubliceerde editie zegt "
        "verandert nooit; een correctie is een nieuwe versie. U ziet de edities die voor u bestemd "
        "zijn: een raad ziet wat is gepubliceerd."
    )
    visible = staticmethod(editions_visible_to)
    serializer_class = EditionRows
    filterset_class = EditionFilters
    lookup_value_converter = "uuid"

    def get_renderers(self) -> list[Any]:
        return [PdfRenderer()] if self.action == "pdf" else [PlainJson()]

    @accepted(JobRows, request=EditionInput, summary="Edities laten maken")
    def create(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = EditionInput(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        job = request_editions(by=request.user, **asked.validated_data)
        return follow(job.pk)

    @extend_schema(
        responses={200: OpenApiTypes.OBJECT},
        filters=False,
        summary="De inhoud van het rapport",
        description=(
            "Wat het rapport zegt, met dezelfde woorden en cijfers als de PDF: samenvatting, "
            "kerncijfers, segmenten met doelen, geld, markt en definities. Aandelen liggen tussen "
            "0 en 1; bedragen zijn in euro. Bij `afgeschermd` zijn de getallen leeg."
        ),
    )
    @action(detail=True, url_path="inhoud", pagination_class=None)
    def content(self, request: Request, pk: UUID) -> HttpResponseBase:
        edition = self.get_queryset().filter(pk=pk).first()
        if edition is None:
            raise Http404
        if is_only_notice(request.user, edition):
            raise Http404
        says = shown(edition)
        etag, unchanged = answer_if_same(request, checksum(says))
        body = {**in_dutch(says["content"]), "tekstenVanAuteurs": says["authored"]}
        return unchanged or Response(body, headers={"ETag": etag})

    @extend_schema(
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
        filters=False,
        summary="Het rapport als PDF",
    )
    @action(detail=True, url_path="pdf")
    def pdf(self, request: Request, pk: UUID) -> HttpResponseBase:
        edition = self.get_queryset().filter(pk=pk).first()
        if edition is None or edition.pdf is None or is_only_notice(request.user, edition):
            raise Http404
        return serve(edition.pdf, as_attachment=True)
