"""A savings series divided and followed, in the API."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.rest import Input

from ..domain.keeping_savings import keep_plan
from ..models import AllocationKey, ProjectionRun, SavingsPlan, SavingsSeries, Scenario
from ..queries.savings import SavingsBook
from ..queries.visible import keys_visible_to, projections_visible_to, scenarios_visible_to
from ..rules import check_can_manage_budgets
from .views import SavingsView


class ShareInput(Input):
    segment = serializers.CharField(max_length=20)
    aandeel = serializers.DecimalField(max_digits=9, decimal_places=4, min_value=0)

    class Meta:
        ref_name = "AandeelInBesparing"


class PlanInput(Input):
    verdeelsleutel = serializers.IntegerField(required=False, allow_null=True)
    scenario = serializers.IntegerField(required=False, allow_null=True)
    prognoseZonderMaatregelen = serializers.IntegerField(required=False, allow_null=True)
    segmenten = serializers.ListField(
        child=ShareInput(), required=False, max_length=50, help_text="Leeg: naar kosten."
    )
    toelichting = serializers.CharField(required=False, allow_blank=True, max_length=4000)

    class Meta:
        ref_name = "BesparingVerdelenInvoer"


class PartShape(serializers.Serializer[Any]):
    jaar = serializers.IntegerField()
    segment = serializers.CharField()
    gemeente = serializers.CharField()
    opgave = serializers.DecimalField(max_digits=16, decimal_places=2)

    class Meta:
        ref_name = "DeelVanBesparing"


class FollowedShape(serializers.Serializer[Any]):
    jaar = serializers.IntegerField()
    opgave = serializers.DecimalField(max_digits=16, decimal_places=2)
    gepland = serializers.DecimalField(max_digits=16, decimal_places=2, allow_null=True)
    nietGedekt = serializers.DecimalField(max_digits=16, decimal_places=2, allow_null=True)
    werkelijkVerschil = serializers.DecimalField(max_digits=16, decimal_places=2, allow_null=True)
    onder80 = serializers.DecimalField(max_digits=16, decimal_places=2, allow_null=True)
    boven80 = serializers.DecimalField(max_digits=16, decimal_places=2, allow_null=True)

    class Meta:
        ref_name = "VoortgangVanBesparing"


class PlanShape(serializers.Serializer[Any]):
    delen = PartShape(many=True)
    voortgang = FollowedShape(many=True)

    class Meta:
        ref_name = "BesparingVerdeeld"


class SavingsPlanView(SavingsView):
    """As the series, with how it is divided and followed."""

    about = (
        "Besparingsopgaven: per jaar een niveau, geen stapeling van bedragen; verdeeld over "
        "segmenten en gemeenten, en gevolgd."
    )

    @extend_schema(responses=PlanShape, filters=False, summary="Verdeling en voortgang")
    @action(detail=True, methods=["get"], url_path="verdeling")
    def plan(self, request: Request, pk: int) -> Response:
        return Response(_told(self._series()))

    @extend_schema(request=PlanInput, responses=PlanShape, summary="Verdelen en volgen")
    @plan.mapping.put
    def keep(self, request: Request, pk: int) -> Response:
        series = self._series()
        check_can_manage_budgets(request.user, series.region)
        asked = PlanInput(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        plan = SavingsPlan.objects.filter(series=series).first() or SavingsPlan(series=series)
        plan.key = self._one(keys_visible_to, AllocationKey, given, "verdeelsleutel")
        plan.scenario = self._one(scenarios_visible_to, Scenario, given, "scenario")
        plan.counterfactual = self._one(
            projections_visible_to, ProjectionRun, given, "prognoseZonderMaatregelen"
        )
        plan.note = given.get("toelichting", "")
        shares = {one["segment"]: one["aandeel"] for one in given.get("segmenten", [])}
        keep_plan(plan=plan, shares=shares, by=request.user)
        return Response(_told(series))

    def _series(self) -> SavingsSeries:
        found: SavingsSeries | None = self.get_queryset().filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def _one(self, visible: Any, model: Any, given: dict[str, Any], name: str) -> Any:
        pk = given.get(name)
        if pk is None:
            return None
        found = visible(self.request.user).filter(pk=pk).first()
        if found is None:
            told = f"Deze {model._meta.verbose_name} is er niet."
            raise serializers.ValidationError({name: [told]})
        return found


def _told(series: SavingsSeries) -> dict[str, Any]:
    plans = SavingsPlan.objects.filter(series=series)
    book = SavingsBook(
        series, plans.select_related("key", "scenario", "counterfactual__scheme").first()
    )
    return {
        "delen": [
            {
                "jaar": year,
                "segment": segment,
                "gemeente": place,
                "opgave": _euros(book.task(year, segment=segment, municipality=place)),
            }
            for year in sorted(book.parts)
            for segment, place in sorted(book.parts[year])
        ],
        "voortgang": [_followed(book, year) for year in sorted(book.levels)],
    }


def _followed(book: SavingsBook, year: int) -> dict[str, Any]:
    one = book.followed(year)
    real = one.realised
    return {
        "jaar": year,
        "opgave": _euros(one.task),
        "gepland": _euros(one.planned),
        "nietGedekt": _euros(one.uncovered),
        "werkelijkVerschil": _euros(real.saved if real else None),
        "onder80": _euros(real.saved_low if real else None),
        "boven80": _euros(real.saved_high if real else None),
    }


def _euros(amount: Any) -> str | None:
    return None if amount is None else f"{amount:.2f}"
