"""Figures: the sets they come from, and their values as tidy rows."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpResponseBase, StreamingHttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.rest import (
    CsvRenderer,
    Day,
    Filters,
    ListView,
    Moment,
    Number,
    PlainJson,
    Real,
    RegisterView,
    Rows,
    Text,
    Whole,
    YesNo,
    made,
)
from core.exports import Column, csv_lines
from core.suppression import HIDDEN
from regions.api.choose import OfRegion, region_filter

from ..queries.figures import sets_visible_to
from .shown import hidden_from, values_visible_to

NUMBERS = ("teller", "noemer", "waarde", "ondergrens", "bovengrens")
AT_ONCE = 5_000
ALL = "Leeg: alle."
FAVOURABLE = {1: "hoger", -1: "lager", 0: "geen"}


class SetRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    halfjaar = Text(source="half_year")
    indeling = Text(source="scheme__code")
    indelingZoalsOp = Day(source="scheme_on")
    bekendOp = Day(source="known_on")
    totEnMetAanlevering = Whole(source="cutoff_run")
    versieBerekening = Text(source="code_version")
    controlegetal = Text(source="checksum")
    berekendOp = Moment(source="created_at")

    class Meta:
        ref_name = "Cijferset"


class ValueRows(Rows):
    id = Whole()
    code = Text(help_text="Code van de indicator.")
    regio = Text(source="figure_set__region__slug")
    halfjaar = Text(source="figure_set__half_year")
    gemeente = Text(source="municipality", allow_blank=True, help_text=ALL)
    segment = Text(allow_blank=True, help_text=ALL)
    categorie = Text(source="category", allow_blank=True, help_text=ALL)
    aanbieder = Text(source="provider", allow_blank=True, help_text=ALL)
    teller = Number(source="numerator", allow_null=True)
    noemer = Number(source="denominator", allow_null=True)
    waarde = Real(source="value", allow_null=True)
    ondergrens = Real(source="low", allow_null=True, help_text="Van het interval met 95 % kans.")
    bovengrens = Real(source="high", allow_null=True)
    afgeschermd = made(
        YesNo(help_text="Ja: de getallen zijn verborgen, om jeugdigen te beschermen."),
        by=lambda: False,
    )
    cijferset = Whole(source="figure_set_id")

    class Meta:
        ref_name = "Indicatorwaarde"


class SetFilters(OfRegion):
    halfjaar = django_filters.CharFilter(field_name="half_year")


class SetView(RegisterView):
    about = (
        "Waaruit cijfers zijn berekend. Een set verandert nooit; andere invoer geeft een nieuwe."
    )
    visible = staticmethod(sets_visible_to)
    serializer_class = SetRows
    filterset_class = SetFilters


class ValueFilters(Filters):
    regio = region_filter("figure_set__region__slug")
    halfjaar = django_filters.CharFilter(field_name="figure_set__half_year")
    code = django_filters.CharFilter()
    gemeente = django_filters.CharFilter(field_name="municipality")
    segment = django_filters.CharFilter()
    categorie = django_filters.CharFilter(field_name="category")
    aanbieder = django_filters.CharFilter(field_name="provider")
    cijferset = django_filters.NumberFilter(field_name="figure_set_id")


def _ordered(user: Any) -> QuerySet[Any]:
    return values_visible_to(user).order_by("pk")


class ValueView(ListView):
    about = (
        "Waarden van indicatoren uit de laatst berekende set van elk halfjaar, een rij per cel. "
        "Wat herleidbaar is, is afgeschermd voor wie niet bij de regionale organisatie werkt, "
        "behalve de eigen gemeente of aanbieder. Als CSV komen alle rijen ineens."
    )
    visible = staticmethod(_ordered)
    serializer_class = ValueRows
    filterset_class = ValueFilters

    def get_renderers(self) -> list[Any]:
        return [PlainJson(), CsvRenderer()]

    def read(self, queryset: QuerySet[Any]) -> list[dict[str, Any]]:
        rows = super().read(queryset)
        return masked(rows, hidden_from(self.request.user, {row["cijferset"] for row in rows}))

    @extend_schema(
        responses={(200, "application/json"): ValueRows(many=True), (200, "text/csv"): str}
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.accepted_renderer.format != "csv":
            found: Response = super().list(request, *args, **kwargs)
            return found
        rows = self.filter_queryset(self.get_queryset())
        sets = rows.order_by().values_list("figure_set", flat=True).distinct()
        lines = csv_lines(CSV_COLUMNS, csv_rows(rows, hidden_from(request.user, sets)))
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")


def masked(rows: list[dict[str, Any]], hidden: frozenset[int]) -> list[dict[str, Any]]:
    for row in rows:
        if row["id"] in hidden:
            row.update(dict.fromkeys(NUMBERS), afgeschermd=True)
    return rows


CSV_COLUMNS = tuple(
    Column(header)
    for header in (
        "code", "regio", "halfjaar", "gemeente", "segment", "categorie", "aanbieder", *NUMBERS,
    )
)  # fmt: skip
CSV_VALUES = (
    "pk", "code", "figure_set__region__slug", "figure_set__half_year", "municipality", "segment",
    "category", "provider", "numerator", "denominator", "value", "low", "high",
)  # fmt: skip


def csv_rows(rows: QuerySet[Any], hidden: frozenset[int]) -> Iterator[tuple[Any, ...]]:
    """Tidy rows; '*' means all, and what is hidden carries the neutral mark."""
    for key, code, region, half, *rest in rows.values_list(*CSV_VALUES).iterator(AT_ONCE):
        cells = [cell or "*" for cell in rest[:4]]
        numbers = [HIDDEN] * 5 if key in hidden else rest[4:]
        yield (code, region, half, *cells, *numbers)
