"""Transition plans for programs."""

from typing import Any

import django_filters
from rest_framework import serializers

from core.api.rest import (
    Choice,
    ChoiceOf,
    Day,
    Filters,
    Input,
    KeepView,
    KeyOf,
    MoveView,
    Rows,
    Text,
    Whole,
    YesNo,
    many,
)
from providers.api.inputs import Colleague, ProviderChoice
from regions.api.choose import OfRegion, RegionChoice, region_filter

from ..domain import transition as domain
from ..enums import transition as enums
from ..models import TransitionOffer, TransitionPlan, TransitionStep
from ..queries import transition as queries
from .changes import ContractChoice

BLANK: dict[str, Any] = {"required": False, "allow_blank": True}
EMPTY: dict[str, Any] = {"required": False, "allow_null": True}


class OfferRows(Rows):
    agbCode = Text(source="provider__agb_code")
    aanbiederNaam = Text(source="provider__name")
    product = Text(source="product_code")
    jeugdigen = Whole(source="clients")
    vanaf = Day(source="from_day")
    afgesprokenOp = Day(source="agreed_on", allow_null=True)

    class Meta:
        ref_name = "Overname"


class PlanStepRows(Rows):
    id = Whole()
    stap = Text(source="text")
    wie = Text(source="owner__name", allow_null=True)
    anderePartij = Text(source="party", allow_blank=True)
    uiterlijkOp = Day(source="due_on")
    gedaanOp = Day(source="done_on", allow_null=True)

    class Meta:
        ref_name = "StapInOvergangsplan"


class PlanRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    aanbieder = Whole(source="provider_id")
    agbCode = Text(source="provider__agb_code")
    contract = Text(source="contract__number", allow_null=True)
    product = Text(source="product_code", allow_blank=True, help_text="Leeg: alles.")
    waarom = Choice(enums.TransitionReason, source="reason")
    aanpak = Text(source="approach")
    vanaf = Day(source="starts_on")
    iedereenOverOp = Day(source="ends_on")
    leider = Text(source="owner__name", allow_null=True)
    stand = Choice(enums.TransitionState, source="state")
    stappen = many(PlanStepRows, model=TransitionStep, by="plan_id", order=("due_on", "pk"))
    overname = many(
        OfferRows, model=TransitionOffer, by="plan_id", order=("product_code", "from_day")
    )
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Overgangsplan"


class PlanInput(Input):
    regio = RegionChoice(source="region")
    aanbieder = ProviderChoice(source="provider")
    contract = ContractChoice(**EMPTY, help_text="Id van het contract dat eindigt.")
    product = serializers.CharField(source="product_code", max_length=5, **BLANK)
    waarom = Choice(enums.TransitionReason, source="reason")
    aanpak = serializers.CharField(source="approach", max_length=20_000)
    vanaf = Day(source="starts_on")
    iedereenOverOp = Day(source="ends_on")
    leider = Colleague(source="owner", **EMPTY, help_text="E-mailadres van een medewerker.")

    class Meta:
        ref_name = "OvergangsplanInvoer"


class PlanFilters(OfRegion):
    agbCode = django_filters.CharFilter(field_name="provider__agb_code")
    contract = django_filters.CharFilter(field_name="contract__number")
    stand = ChoiceOf(enums.TransitionState, field_name="state")


class PlanView(KeepView, MoveView):
    about = (
        "Overgangsplannen voor jeugdigen van een aanbieder die uit het aanbod gaat. Aantallen "
        "jeugdigen staan alleen op het scherm."
    )
    table = enums.TRANSITION
    visible = staticmethod(queries.plans_visible_to)
    serializer_class = PlanRows
    filterset_class = PlanFilters
    input_class = PlanInput
    places = ("region", "provider")
    http_method_names = ("get", "head", "options", "post", "patch")

    def new_row(self, place: dict[str, Any]) -> TransitionPlan:
        return TransitionPlan(region=place["region"], provider=place["provider"])

    def keep(self, row: Any) -> Any:
        return domain.keep_plan(plan=row, by=self.request.user)

    def make_move(self, row: Any, move: str, reason: str, more: dict[str, Any]) -> None:
        domain.move_plan(plan=row, move=move, by=self.request.user, reason=reason)


class StepRows(PlanStepRows):
    regio = Text(source="plan__region__slug")
    overgangsplan = Whole(source="plan_id")
    voortgang = Text(source="note", allow_blank=True)

    class Meta:
        ref_name = "Overgangsstap"


class StepInput(Input):
    overgangsplan = KeyOf(queries.plans_visible_to, noun="overgangsplan", source="plan")
    stap = serializers.CharField(source="text", max_length=300)
    wie = Colleague(source="owner", **EMPTY, help_text="E-mailadres van een medewerker.")
    anderePartij = serializers.CharField(source="party", max_length=160, **BLANK)
    uiterlijkOp = Day(source="due_on")
    gedaanOp = Day(source="done_on", **EMPTY)
    voortgang = serializers.CharField(source="note", max_length=4000, **BLANK)

    class Meta:
        ref_name = "OvergangsstapInvoer"


class StepFilters(Filters):
    regio = region_filter("plan__region__slug")
    overgangsplan = django_filters.NumberFilter(field_name="plan")


class StepView(KeepView):
    about = "Stappen van overgangsplannen, met wie ze zet en wanneer."
    visible = staticmethod(queries.steps_visible_to)
    serializer_class = StepRows
    filterset_class = StepFilters
    input_class = StepInput
    places = ("plan",)

    def new_row(self, place: dict[str, Any]) -> TransitionStep:
        return TransitionStep(plan=place["plan"])

    def keep(self, row: Any) -> Any:
        return domain.keep_part(part=row, by=self.request.user)

    def remove(self, row: Any) -> None:
        domain.remove_part(part=row, by=self.request.user)


VIEWS = (
    ("overgangsplannen", PlanView, "overgangsplan"),
    ("overgangsstappen", StepView, "overgangsstap"),
)
