"""Patterns in the figures through the API: what stands out, why, and what follows."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.rest import (
    Choice,
    ChoiceOf,
    Moment,
    Real,
    RegisterView,
    Rows,
    Text,
    Texts,
    Whole,
    YesNo,
    address,
    made,
)
from core.errors import NotAllowed
from regions.api.choose import OfRegion, region_filter
from regions.enums import Role
from regions.queries.access import access_of

from ..domain.patterns.signalling import case_of, signal_of
from ..domain.patterns.surprise import Rule
from ..enums.patterns import Finding
from ..models import CaseSignal, Pattern, PatternRun
from ..queries.course import course_of_pattern
from ..queries.patterns import RULES, Seen, in_words, newest_runs, visible_to
from .signals import SignalRows

PARTIES = {"provider": "aanbieders", "municipality": "gemeenten"}


class PatternRows(Rows):
    id = Whole()
    regio = Text(source="run__region__slug")
    halfjaar = Text(source="run__figure_set__half_year")
    indicator = Text(source="code")
    segment = Text()
    aanbieder = Text(source="provider", allow_blank=True, help_text="AGB-code; leeg: gemeente.")
    gemeente = Text(source="municipality", allow_blank=True, help_text="CBS-code.")
    oordeel = Choice(Finding, source="finding")
    regel = made(
        Text(help_text="Welke regel aanslaat."), "rule", by=lambda rule: str(RULES[Rule(rule)])
    )
    hogerDanVerwacht = YesNo(source="is_higher")
    teKleinOmTeZien = YesNo(source="is_small")
    teller = Real(source="numerator")
    noemer = Real(source="denominator")
    verwacht = Real(source="expected", allow_null=True)
    ondergrens = Real(source="low", allow_null=True)
    bovengrens = Real(source="high", allow_null=True)
    kansBijToeval = Real(source="p")
    kansOpValsAlarm = Real(source="q")
    vergelijkingen = Whole(source="run__comparisons")

    class Meta:
        ref_name = "Patroon"


class ChartRows(Rows):
    soort = Text()
    midden = Real()
    halfjaren = Texts()
    waarden = serializers.ListField(child=serializers.FloatField())
    ondergrenzen = serializers.ListField(child=serializers.FloatField())
    bovengrenzen = serializers.ListField(child=serializers.FloatField())
    regels = Texts(help_text="Welke regels aanslaan, met de halfjaren.")
    trend = Text()
    seizoen = Text()

    class Meta:
        ref_name = "Regelkaart"


class CaseOfPattern(Rows):
    zaak = Whole()

    class Meta:
        ref_name = "ZaakUitPatroon"


class PatternFilters(OfRegion):
    regio = region_filter("run__region__slug")
    halfjaar = django_filters.CharFilter(field_name="run__figure_set__half_year")
    oordeel = ChoiceOf(Finding, field_name="finding")
    indicator = django_filters.CharFilter(field_name="code")
    aanbieder = django_filters.CharFilter(field_name="provider")
    gemeente = django_filters.CharFilter(field_name="municipality")


def check_compares(user: Any) -> None:
    if not access_of(user).has(*Role.REGIONAL_STAFF):
        raise NotAllowed("Patronen noemen aanbieders: ze zijn voor de regionale organisatie.")


def newest_visible_to(user: Any) -> QuerySet[Pattern]:
    return visible_to(user).filter(run__in=newest_runs())


class PatternView(RegisterView):
    about = (
        "Patronen van de nieuwste zoektocht per halfjaar: aandelen van aanbieders en gemeenten die "
        "opvallen, met de regel, de cijfers en de onzekerheid, en wat toeval kan zijn."
    )
    visible = staticmethod(newest_visible_to)
    check_access = staticmethod(check_compares)
    serializer_class = PatternRows
    filterset_class = PatternFilters

    @extend_schema(responses={200: ChartRows}, filters=False, summary="De regelkaart van de cel")
    @action(detail=True, url_path="regelkaart", pagination_class=None)
    def chart(self, request: Request, pk: int) -> Response:
        card = course_of_pattern(self._seen())
        if card is None:
            raise Http404
        return Response(
            {
                "soort": card.kind, "midden": card.course.chart.centre, "halfjaren": card.labels,
                "waarden": card.course.chart.values.tolist(), "ondergrenzen": card.low,
                "bovengrenzen": card.high, "regels": card.fired, "trend": card.trend,
                "seizoen": card.season,
            }
        )  # fmt: skip

    @extend_schema(
        request=None, responses={201: SignalRows}, filters=False, summary="Er een signaal van maken"
    )
    @action(detail=True, methods=["post"], url_path="signaal")
    def signal(self, request: Request, pk: int) -> Response:
        seen = self._seen()
        made_of = signal_of(pattern=seen.row, text=seen.sentence, by=request.user)
        row = SignalRows.read(CaseSignal.objects.filter(pk=made_of.pk))[0]
        return Response(row, status=201, headers={"Location": address(f"signalen/{made_of.pk}")})

    @extend_schema(
        request=None, responses={201: CaseOfPattern}, filters=False, summary="Er een zaak van maken"
    )
    @action(detail=True, methods=["post"], url_path="zaak")
    def case(self, request: Request, pk: int) -> Response:
        case = case_of(pattern=self._seen().row, by=request.user)
        headers = {"Location": address(f"zaken/{case.pk}")}
        return Response({"zaak": case.pk}, status=201, headers=headers)

    def _seen(self) -> Seen:
        row = self.get_queryset().filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        return in_words([row], row.run)[0]


class ScopeRows(Rows):
    indicator = Text()
    partij = serializers.ChoiceField(list(PARTIES.values()))
    vergeleken = Whole(help_text="Cellen.")
    teKlein = Whole(help_text="Cellen die te klein zijn om een verschil van 1,5 keer te zien.")
    nodigPerHalfjaar = Whole(allow_null=True, help_text="Gevallen; leeg: niet te zien.")
    spreidingTussenPartijen = Real(help_text="Intraklassecorrelatie.")
    spreidingTussenHalfjaren = Real()
    gevonden = Whole()

    class Meta:
        ref_name = "WatTeZienIs"


def _scopes(scopes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "indicator": one["code"], "partij": PARTIES[one["party"]], "vergeleken": one["cells"],
            "teKlein": one["too_small"], "nodigPerHalfjaar": one["needed"],
            "spreidingTussenPartijen": one["between"], "spreidingTussenHalfjaren": one["within"],
            "gevonden": one["found"],
        }
        for one in scopes
    ]  # fmt: skip


class SearchRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    halfjaar = Text(source="figure_set__half_year")
    vergelijkingen = Whole(source="comparisons")
    magToevalZijn = Real(source="rate")
    halfjaren = Texts(source="half_years")
    watTeZienIs = made(ScopeRows(many=True), "scopes", by=_scopes)
    gezochtOp = Moment(source="made_at")

    class Meta:
        ref_name = "Zoektocht"


class SearchFilters(OfRegion):
    halfjaar = django_filters.CharFilter(field_name="figure_set__half_year")


def searches_visible_to(user: Any) -> QuerySet[PatternRun]:
    return PatternRun.objects.filter(
        pk__in=newest_runs(), region__in=access_of(user).staff_region_ids
    )


class SearchView(RegisterView):
    about = "Zoektochten naar patronen: per indicator wat er is vergeleken en wat er te zien is."
    visible = staticmethod(searches_visible_to)
    check_access = staticmethod(check_compares)
    serializer_class = SearchRows
    filterset_class = SearchFilters


VIEWS = (
    ("patronen", PatternView, "patroon"),
    ("zoektochten", SearchView, "zoektocht"),
)
