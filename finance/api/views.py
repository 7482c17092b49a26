"""Budgets, savings series, price indices and projections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, ClassVar

import django_filters
from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.rest import (
    Choice,
    ChoiceOf,
    CsvRenderer,
    Input,
    KeepView,
    MoveView,
    RegisterView,
    accepted,
    register_results,
)
from core.exports import Cell, Column, csv_lines
from core.periods import add_months, first_of_month
from regions.api.choose import REGION_TEXT, OfRegion, PlaceChoice, RegionChoice, visible_region
from regions.api.jobs import JobRows, follow
from regions.models import Region
from segments.models import SegmentScheme

from ..domain.budgeting import move_budget, propose_change, record_budget
from ..domain.projecting import DEFAULT_PATHS, JOB_KIND, default_as_of, start_projection
from ..enums import BUDGET, BudgetKind, BudgetStatus, KeyState, Rounding
from ..models import Budget, ProjectionRun
from ..presenters.known import KNOWN_COLUMNS
from ..presenters.projection import MONTH_COLUMNS, YEAR_COLUMNS, ProjectionPage
from ..queries.visible import (
    budgets_visible_to,
    index_rules_visible_to,
    keys_visible_to,
    projections_visible_to,
    savings_visible_to,
)
from ..rules import check_can_project
from . import rows
from .money import MoneyField

register_results(JOB_KIND, lambda params, result: [f"prognoses/{params['projection']}"])

YEAR_FIELDS = (
    "jaar", "gemeente", "segment", "volledigJaar", "bekend", "verwacht", "onder80", "boven80",
    "onder95", "boven95", "besparing", "begroting", "begrotingFictief",
)  # fmt: skip
KNOWN_FIELDS = ("besluit", "soort", "vanaf", "jaar", "gemeente", "segment", "erbij", "opAfspraken")
MONTH_FIELDS = ("maand", "gemeente", "segment", *YEAR_FIELDS[4:11])


# What a change of a budget may say.
CHANGING = ("amount", "circa", "rounding", "scope", "source", "fictitious")


class BudgetFilters(OfRegion):
    gemeente = django_filters.CharFilter(field_name="municipality__gm_code")
    segment = django_filters.CharFilter(field_name="segment")
    jaar = django_filters.NumberFilter(field_name="year")
    soort = ChoiceOf(BudgetKind, field_name="kind")
    stand = ChoiceOf(BudgetStatus, field_name="status")


class BudgetInput(Input):
    regio = RegionChoice(source="region")
    gemeente = PlaceChoice(source="municipality", required=False, allow_null=True)
    segment = serializers.CharField(required=False, allow_blank=True, max_length=20)
    onderwerp = serializers.CharField(source="subject", required=False, max_length=120)
    soort = Choice(BudgetKind, source="kind", required=False)
    jaar = serializers.IntegerField(source="year", min_value=2000, max_value=2100)
    halfjaar = serializers.IntegerField(
        source="half", min_value=1, max_value=2, required=False, allow_null=True
    )
    bedrag = MoneyField(source="amount", min_value=0)
    circa = serializers.BooleanField(required=False)
    afgerond = Choice(Rounding, source="rounding", required=False)
    omvang = serializers.CharField(source="scope", required=False, allow_blank=True)
    bron = serializers.CharField(source="source", required=False, allow_blank=True, max_length=200)

    class Meta:
        ref_name = "BegrotingInvoer"


class BudgetView(KeepView, MoveView):
    about = (
        "Begrote bedragen zoals een document ze geeft, alle versies. Een wijziging staat als "
        "nieuwe versie naast de oude: POST legt een eerste voorstel vast, PATCH een wijziging van "
        "bedrag, omvang en bron."
    )
    table = BUDGET
    visible = staticmethod(budgets_visible_to)
    serializer_class = rows.BudgetRows
    filterset_class = BudgetFilters
    input_class = BudgetInput
    places = ("region", "municipality", "segment", "subject", "kind", "year", "half")
    http_method_names = ("get", "head", "options", "post", "patch")

    def new_row(self, place: dict[str, Any]) -> Budget:
        named = {name: value for name, value in place.items() if value is not None}
        return Budget(status=BudgetStatus.PROPOSED, **named)

    def keep(self, row: Any) -> Any:
        by = self.request.user
        if row.pk is None:
            return record_budget(budget=row, region=row.region, by=by)
        kept = {name: getattr(row, name) for name in CHANGING}
        budget = self.objects().get(pk=row.pk)
        return propose_change(budget=budget, change=Budget(**kept), by=by)

    def make_move(self, row: Any, move: str, reason: str, more: dict[str, Any]) -> None:
        move_budget(budget=row, move=move, by=self.request.user, reason=reason)


class SavingsView(RegisterView):
    about = "Besparingsopgaven: per jaar een niveau, geen stapeling van bedragen."
    visible = staticmethod(savings_visible_to)
    serializer_class = rows.SavingsRows
    filterset_class = OfRegion


class IndexView(RegisterView):
    about = "Prijsstijging per 1 januari waarmee prognoses rekenen."
    visible = staticmethod(index_rules_visible_to)
    serializer_class = rows.IndexRows
    filterset_class = OfRegion


class KeyFilters(OfRegion):
    segment = django_filters.CharFilter(field_name="segment")
    stand = ChoiceOf(KeyState, field_name="state")


class KeyView(RegisterView):
    about = "Verdeelsleutels: hoe de kosten van taakgerichte zorg over gemeenten worden verdeeld."
    visible = staticmethod(keys_visible_to)
    serializer_class = rows.KeyRows
    filterset_class = KeyFilters


class ProjectionFilters(OfRegion):
    indeling = django_filters.CharFilter(field_name="scheme__code")
    klaar = django_filters.BooleanFilter(
        field_name="finished_at", lookup_expr="isnull", exclude=True
    )


class ProjectionInput(Input):
    regio = serializers.CharField(max_length=40, help_text=REGION_TEXT)
    naam = serializers.CharField(max_length=160, required=False, help_text="Leeg: de peilmaand.")
    indeling = serializers.CharField(
        max_length=40, required=False, help_text="Code van de segmentindeling; leeg: de geldende."
    )
    bekendTotEnMet = serializers.DateField(
        required=False, help_text="Leeg: de laatste maand die helemaal bekend is."
    )
    totEnMet = serializers.DateField(
        required=False, help_text="Laatste dag van een maand; leeg: einde van de contractfase."
    )
    besparingsreeks = serializers.CharField(
        max_length=40, required=False, help_text="Code; leeg: zonder besparing."
    )
    startgetal = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False)
    doorrekeningen = serializers.IntegerField(min_value=100, max_value=20_000, required=False)
    toelichting = serializers.CharField(max_length=2000, required=False)

    class Meta:
        ref_name = "PrognoseAanvraag"


class ProjectionView(RegisterView):
    about = (
        "Wat de jeugdhulp gaat kosten, met marges. Wie niet bij de regionale organisatie werkt, "
        "ziet de regio als geheel en de eigen gemeente."
    )
    visible = staticmethod(projections_visible_to)
    serializer_class = rows.ProjectionRows
    filterset_class = ProjectionFilters
    csv_actions: ClassVar[tuple[str, ...]] = ("years", "months", "known")

    def get_renderers(self) -> list[Any]:
        renderers = super().get_renderers()
        return [*renderers, CsvRenderer()] if self.action in self.csv_actions else renderers

    @accepted(JobRows, request=ProjectionInput, summary="Prognose maken")
    def create(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = ProjectionInput(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        region = visible_region(request.user, asked.validated_data["regio"])
        check_can_project(request.user, region)
        run = start_projection(by=request.user, **_arguments(region, asked.validated_data))
        return follow(run.job_id)  # type: ignore[arg-type]

    @extend_schema(
        responses={(200, "application/json"): rows.YearShape(many=True), (200, "text/csv"): str},
        filters=False,
        summary="Kosten per jaar",
    )
    @action(detail=True, url_path="jaren", pagination_class=None)
    def years(self, request: Request, pk: int) -> HttpResponseBase:
        return self._table(request, YEAR_COLUMNS, YEAR_FIELDS, self._shown().year_rows())

    @extend_schema(
        responses={(200, "application/json"): rows.MonthShape(many=True), (200, "text/csv"): str},
        filters=False,
        summary="Kosten per maand",
    )
    @action(detail=True, url_path="maanden", pagination_class=None)
    def months(self, request: Request, pk: int) -> HttpResponseBase:
        return self._table(request, MONTH_COLUMNS, MONTH_FIELDS, self._shown().month_rows())

    @extend_schema(
        responses={(200, "application/json"): rows.KnownShape(many=True), (200, "text/csv"): str},
        filters=False,
        summary="Besluiten die al bekend zijn",
    )
    @action(detail=True, url_path="bekend", pagination_class=None)
    def known(self, request: Request, pk: int) -> HttpResponseBase:
        return self._table(request, KNOWN_COLUMNS, KNOWN_FIELDS, self._shown().known_rows())

    @extend_schema(
        responses=rows.TurningShape,
        filters=False,
        summary="Omslagpunt",
    )
    @action(detail=True, url_path="omslagpunt", pagination_class=None)
    def turning_point(self, request: Request, pk: int) -> Response:
        shown = self._shown()
        projection = shown.projection
        planned, bare = projection.turning_point, projection.turning_point_without_savings
        real = projection.turning_point_real
        return Response(
            {
                "omslagjaar": planned.year,
                "kans": planned.probability,
                "omslagjaarZonderBesparing": bare.year,
                "kansZonderBesparing": bare.probability,
                "omslagjaarZonderPrijsstijging": real.year if real else None,
                "kansZonderPrijsstijging": real.probability if real else None,
                "jaren": [
                    {"jaar": year, "kans": share, "kansZonderBesparing": without}
                    for (year, share), (_, without) in zip(
                        planned.probabilities, bare.probabilities, strict=True
                    )
                ],
                "volgensDocumenten": [
                    {
                        "jaar": row.year,
                        "toelichting": row.note,
                        "bron": row.source,
                        "fictief": row.fictitious,
                    }
                    for row, _ in shown.expected_turns
                ],
            }
        )

    def _table(
        self,
        request: Request,
        columns: Sequence[Column],
        fields: Sequence[str],
        found: Iterator[Sequence[Cell]],
    ) -> HttpResponseBase:
        if request.accepted_renderer.format == "csv":
            lines = csv_lines(columns, found)
            return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        return Response([_plain(fields, row) for row in found])

    def _shown(self) -> ProjectionPage:
        """The finished projection as this user may see it; 404 while it is not ready."""
        run: ProjectionRun | None = self.get_queryset().filter(pk=self.kwargs["pk"]).first()
        shown = ProjectionPage.of(run, self.request.user) if run else None
        if shown is None:
            raise Http404
        return shown


def _plain(fields: Sequence[str], row: Iterable[Cell]) -> dict[str, Any]:
    return {
        name: f"{value:.2f}" if isinstance(value, Decimal) else value
        for name, value in zip(fields, row, strict=True)
    }


def _arguments(region: Region, asked: dict[str, Any]) -> dict[str, Any]:
    """What was asked, as the verb wants it."""
    last_day, as_of = asked.get("totEnMet"), asked.get("bekendTotEnMet")
    return {
        "region": region,
        "scheme": _scheme(region, asked.get("indeling"), as_of),
        "as_of": as_of,
        "until": _day_after(last_day) if last_day else None,
        "savings": _savings(region, asked.get("besparingsreeks")),
        "seed": asked.get("startgetal"),
        "paths": asked.get("doorrekeningen", DEFAULT_PATHS),
        "title": asked.get("naam", ""),
        "note": asked.get("toelichting", ""),
    }


def _day_after(last_day: Any) -> Any:
    following = add_months(first_of_month(last_day), 1)
    if (following - last_day).days != 1:
        raise serializers.ValidationError({"totEnMet": ["Kies de laatste dag van een maand."]})
    return following


def _scheme(region: Region, code: str | None, as_of: Any) -> SegmentScheme:
    """The scheme named, or the one in force on the as-of day."""
    schemes = region.schemes.order_by("-valid_from")
    if code:
        found = schemes.filter(code=code).first()
    else:
        day = as_of or default_as_of(region.pk)
        found = schemes.filter(valid_from__lte=day).first() or schemes.first()
    if found is None:
        raise serializers.ValidationError({"indeling": ["Deze indeling is er niet in de regio."]})
    return found


def _savings(region: Region, code: str | None) -> Any:
    if not code:
        return None
    found = region.savings_series.filter(code=code).first()
    if found is None:
        raise serializers.ValidationError({"besparingsreeks": ["Deze reeks is er niet."]})
    return found
