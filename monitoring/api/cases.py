"""Cases of escalation through the API: what the pages can, by the same verbs."""

import json
from datetime import date
from typing import Any

import django_filters
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
    RegisterView,
    Rows,
    Text,
    Texts,
    Whole,
    YesNo,
    address,
    made,
    many,
)
from core.errors import NotAllowed
from providers.models import Provider
from providers.queries.providers import visible_to as providers_visible_to
from regions.api.choose import OfRegion
from regions.enums import Role
from regions.models import Municipality
from regions.queries.access import access_of

from ..domain.cases import following, moving, opening, plans, signals
from ..enums.cases import (
    ACTION,
    CASE,
    ActionState,
    CaseState,
    CaseTheme,
    MeasureKind,
    Outcome,
    ResultJudgement,
    SignalSource,
)
from ..models import (
    Case,
    CaseSignal,
    Conversation,
    ImprovementAction,
    ImprovementPlan,
    Measure,
    Observation,
    PlanItem,
)
from ..queries.cases import cases_visible_to, due_of, signals_visible_to
from ..rules.cases import FOLLOWERS, SIGNALLERS


def _dashed(name: str) -> str:
    return name.replace("_", "-")


class ActionRows(Rows):
    id = Whole()
    ronde = Whole(source="round")
    wie = Text(source="who")
    wat = Text(source="what")
    hoe = Text(source="how", allow_blank=True)
    klaarOp = Day(source="due")
    waaraanTeZien = Text(source="result", allow_blank=True)
    stand = Choice(ActionState, source="state")
    resultaat = Choice(ResultJudgement, source="judgement", allow_null=True)
    resultaatToelichting = Text(source="judgement_reason", allow_blank=True)

    class Meta:
        ref_name = "ZaakActie"


class ConversationRows(Rows):
    id = Whole()
    ronde = Whole(source="round")
    datum = Day(source="held_on")
    deelnemers = Texts(source="participants")
    verslag = Text(source="report", allow_blank=True)

    class Meta:
        ref_name = "ZaakGesprek"


class PlanRows(Rows):
    id = Whole()
    versie = Whole(source="version")
    ronde = Whole(source="round")
    watIsErAanDeHand = Text(source="analysis", allow_blank=True)
    watWiltUBereiken = Text(source="aim", allow_blank=True)
    ingediendOp = Day(source="submitted_on", allow_null=True)
    teruggegevenOp = Day(source="returned_on", allow_null=True)
    bindendSinds = Day(source="bound_on", allow_null=True)

    class Meta:
        ref_name = "Verbeterplan"


class MeasureRows(Rows):
    id = Whole()
    maatregel = Choice(MeasureKind, source="kind")
    product = Text(source="product_code", allow_blank=True)
    vanaf = Day(source="starts_on")
    tot = Day(source="ends_on", allow_null=True)
    reden = Text(source="reason")
    redenEinde = Text(source="end_reason", allow_blank=True)

    class Meta:
        ref_name = "Maatregel"


class CaseRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    nummer = Text(source="number")
    aanbieder = Text(source="provider__agb_code")
    thema = Choice(CaseTheme, source="theme")
    onderwerp = Text(source="title")
    segment = Text(source="segment__code", allow_null=True)
    stap = Choice(CaseState, source="state")
    mogelijkeStappen = made(
        Texts(help_text="Namen van stappen die vanuit deze stap kunnen, door wie dat mag."),
        "state",
        by=lambda state: [_dashed(move.name) for move in CASE.moves_from(state)],
    )
    ronde = Whole(source="round")
    begonnenOp = Day(source="opened_on")
    laatsteStapOp = Day(source="moved_on")
    uiterlijk = made(
        Day(allow_null=True, help_text="Laatste dag van deze stap."), "pk", by=lambda key: None
    )
    geslotenOp = Day(source="closed_on", allow_null=True)
    uitkomst = Choice(Outcome, source="outcome", allow_null=True)
    procesversie = Whole(source="process__version")
    gesprekken = many(ConversationRows, model=Conversation, by="case_id", order=("held_on", "pk"))
    verbeterplannen = many(PlanRows, model=ImprovementPlan, by="case_id", order=("version",))
    acties = many(ActionRows, model=ImprovementAction, by="case_id", order=("due", "pk"))
    maatregelen = many(MeasureRows, model=Measure, by="case_id", order=("starts_on", "pk"))
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Zaak"


class CaseFilters(OfRegion):
    aanbieder = django_filters.CharFilter(field_name="provider__agb_code")
    thema = ChoiceOf(CaseTheme, field_name="theme")
    stap = ChoiceOf(CaseState, field_name="state")


class ProviderChoice(serializers.RegexField):
    """A provider of a region by its AGB code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"^\d{8}$", **{"help_text": "AGB-code, acht cijfers.", **kwargs})


class OfProvider(Input):
    regio = serializers.CharField(max_length=40)
    aanbieder = ProviderChoice()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        visible = providers_visible_to(self.context["request"].user)
        found = visible.filter(region__slug=attrs.pop("regio"), agb_code=attrs["aanbieder"]).first()
        if found is None:
            raise serializers.ValidationError(
                {"aanbieder": "Deze regio kent geen aanbieder met deze AGB-code."}
            )
        return {**attrs, "aanbieder": found}


class CaseInput(OfProvider):
    thema = Choice(CaseTheme)
    onderwerp = serializers.CharField(max_length=160)

    class Meta:
        ref_name = "ZaakNieuw"


class StepInput(Input):
    stap = serializers.ChoiceField([_dashed(move.name) for move in CASE.moves])
    reden = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)

    class Meta:
        ref_name = "ZaakStap"


class ActionStepInput(Input):
    actie = serializers.IntegerField(min_value=1, max_value=2**62)
    stap = serializers.ChoiceField([_dashed(move.name) for move in ACTION.moves])
    reden = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)

    class Meta:
        ref_name = "ActieStap"


class AgreementInput(Input):
    wie = serializers.CharField(max_length=120)
    wat = serializers.CharField(max_length=2000)
    hoe = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)
    klaarOp = serializers.DateField()
    waaraanTeZien = serializers.CharField(
        max_length=2000, required=False, default="", allow_blank=True
    )

    class Meta:
        ref_name = "Afspraak"


def agreement_of(given: dict[str, Any]) -> following.Agreement:
    return following.Agreement(
        who=given["wie"], what=given["wat"], due=given["klaarOp"], how=given["hoe"],
        result=given["waaraanTeZien"],
    )  # fmt: skip


class ConversationInput(Input):
    datum = serializers.DateField()
    deelnemers = serializers.ListField(
        child=serializers.CharField(max_length=200), min_length=1, max_length=50
    )
    verslag = serializers.CharField(max_length=20_000)
    afspraken = serializers.ListField(child=AgreementInput(), required=False, default=list)

    class Meta:
        ref_name = "GesprekNieuw"


class PlanInput(Input):
    """The whole draft: its lines replace those that were there."""

    watIsErAanDeHand = serializers.CharField(max_length=20_000)
    watWiltUBereiken = serializers.CharField(max_length=20_000)
    maatregelen = serializers.ListField(child=AgreementInput(), min_length=1, max_length=100)

    class Meta:
        ref_name = "VerbeterplanTekst"


class ProgressInput(Input):
    actie = serializers.IntegerField(min_value=1, max_value=2**62)
    tekst = serializers.CharField(max_length=20_000)

    class Meta:
        ref_name = "Voortgang"


class JudgementInput(Input):
    actie = serializers.IntegerField(min_value=1, max_value=2**62)
    resultaat = Choice(ResultJudgement)
    toelichting = serializers.CharField(max_length=2000)

    class Meta:
        ref_name = "Beoordeling"


class MeasureInput(Input):
    maatregel = Choice(MeasureKind)
    product = serializers.CharField(max_length=5, required=False, default="", allow_blank=True)
    vanaf = serializers.DateField()
    reden = serializers.CharField(max_length=2000)

    class Meta:
        ref_name = "MaatregelNieuw"


class MeasureEndInput(Input):
    maatregel = serializers.IntegerField(min_value=1, max_value=2**62)
    tot = serializers.DateField(help_text="De eerste dag waarop de maatregel niet meer geldt.")
    reden = serializers.CharField(max_length=2000)

    class Meta:
        ref_name = "MaatregelEinde"


class ObservationInput(Input):
    aantalJeugdigen = serializers.IntegerField(min_value=0, max_value=30_000)
    waarvanBeter = serializers.IntegerField(min_value=0, max_value=30_000)
    tekst = serializers.CharField(max_length=20_000)
    gezienOp = serializers.DateField()
    gemeente = serializers.RegexField(r"^\d{4}$", required=False)

    class Meta:
        ref_name = "WaarnemingNieuw"


def own_municipality(user: Any, region_id: int, code: str | None) -> Municipality | None:
    """The municipality of who speaks for one; staff of the region may name one, or none."""
    own = access_of(user).municipalities_in(region_id)
    if not own and not code:
        return None
    if own and code and code not in own:
        raise NotAllowed("U legt alleen voor uw eigen gemeente iets vast.")
    wanted = code or sorted(own)[0]
    rows = Municipality.objects.filter(memberships__region=region_id, gm_code=wanted)
    found = rows.distinct().first()
    if found is None:
        raise serializers.ValidationError({"gemeente": "Deze gemeente hoort niet bij de regio."})
    return found


def check_follows(user: Any) -> None:
    if not access_of(user).has(*FOLLOWERS, Role.PROVIDER):
        raise NotAllowed("Zaken zijn voor de regio, de toegang, bestuurders en de aanbieder zelf.")


def check_sees_signals(user: Any) -> None:
    if not access_of(user).has(*SIGNALLERS, *Role.REGIONAL_STAFF, Role.EXECUTIVE):
        raise NotAllowed("Signalen zijn voor de regio, de toegang en bestuurders.")


def write(request: Any, summary: str) -> Any:
    """An operation that answers with the case as it is afterwards."""
    return extend_schema(request=request, responses={200: CaseRows}, summary=summary, filters=False)


class CaseView(RegisterView):
    about = (
        "Zaken met aanbieders: één per aanbieder en thema, van signaal tot uitkomst. Een aanbieder "
        "ziet zijn eigen zaken zodra het gesprek is begonnen. Elke stap gaat langs dezelfde regels "
        "als op de site."
    )
    visible = staticmethod(cases_visible_to)
    check_access = staticmethod(check_follows)
    serializer_class = CaseRows
    filterset_class = CaseFilters

    def read(self, queryset: Any) -> list[dict[str, Any]]:
        cases = list(queryset.select_related("process"))
        due = {case.pk: due_of(case) for case in cases}
        rows = CaseRows.read(queryset)
        own = access_of(self.request.user)
        for row in rows:
            row["uiterlijk"] = _iso(due.get(row["id"]))
            row["verbeterplannen"] = [
                plan
                for plan in json.loads(row["verbeterplannen"].json)
                if plan["ingediendOp"] or own.has(Role.PROVIDER)
            ]
        return rows

    @extend_schema(request=CaseInput, responses={201: CaseRows}, summary="Zaak openen")
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        given = self._given(CaseInput)
        case = opening.open_case(
            provider=given["aanbieder"], theme=given["thema"], title=given["onderwerp"],
            by=request.user,
        )  # fmt: skip
        row = self.read(self.get_queryset().filter(pk=case.pk))[0]
        return Response(row, status=201, headers={"Location": address(f"zaken/{case.pk}")})

    @write(StepInput, "Een stap zetten")
    @action(detail=True, methods=["post"], url_path="stappen")
    def step(self, request: Request, pk: int) -> Response:
        case, given = self._case(), self._given(StepInput)
        move = given["stap"].replace("-", "_")
        moving.move_case(case=case, move=move, by=request.user, reason=given["reden"])
        return self._answer()

    @write(ConversationInput, "Gesprek vastleggen, met de afspraken")
    @action(detail=True, methods=["post"], url_path="gesprekken")
    def conversation(self, request: Request, pk: int) -> Response:
        case, given = self._case(), self._given(ConversationInput)
        following.record_conversation(
            case=case, held_on=given["datum"], participants=given["deelnemers"],
            report=given["verslag"], by=request.user,
            agreements=[agreement_of(one) for one in given["afspraken"]],
        )  # fmt: skip
        return self._answer()

    @write(PlanInput, "Verbeterplan schrijven (aanbieder)")
    @action(detail=True, methods=["post"], url_path="verbeterplan")
    def plan(self, request: Request, pk: int) -> Response:
        case, given = self._case(), self._given(PlanInput)
        items = [agreement_of(one) for one in given["maatregelen"]]
        plans.replace_draft(
            case=case, analysis=given["watIsErAanDeHand"], aim=given["watWiltUBereiken"],
            items=[
                PlanItem(who=i.who, what=i.what, how=i.how, due=i.due, result=i.result)
                for i in items
            ],
            by=request.user,
        )  # fmt: skip
        return self._answer()

    @write(ProgressInput, "Voortgang van een actie vastleggen")
    @action(detail=True, methods=["post"], url_path="voortgang")
    def progress(self, request: Request, pk: int) -> Response:
        given = self._given(ProgressInput)
        following.report_progress(
            action=self._part(ImprovementAction, given["actie"], "actie"), text=given["tekst"],
            by=request.user,
        )  # fmt: skip
        return self._answer()

    @write(ActionStepInput, "Een actie melden, vaststellen of laten vervallen")
    @action(detail=True, methods=["post"], url_path="actiestappen")
    def action_step(self, request: Request, pk: int) -> Response:
        given = self._given(ActionStepInput)
        following.move_action(
            action=self._part(ImprovementAction, given["actie"], "actie"),
            move=given["stap"].replace("-", "_"), by=request.user, reason=given["reden"],
        )  # fmt: skip
        return self._answer()

    @write(JudgementInput, "Een afgesproken resultaat beoordelen")
    @action(detail=True, methods=["post"], url_path="beoordelingen")
    def judgement(self, request: Request, pk: int) -> Response:
        given = self._given(JudgementInput)
        following.judge_result(
            action=self._part(ImprovementAction, given["actie"], "actie"),
            judgement=given["resultaat"], reason=given["toelichting"], by=request.user,
        )  # fmt: skip
        return self._answer()

    @write(MeasureInput, "Een directe maatregel nemen")
    @action(detail=True, methods=["post"], url_path="maatregelen")
    def measure(self, request: Request, pk: int) -> Response:
        case, given = self._case(), self._given(MeasureInput)
        following.take_measure(
            measure=Measure(
                case=case, kind=given["maatregel"], product_code=given["product"],
                starts_on=given["vanaf"], reason=given["reden"],
            ),
            by=request.user,
        )  # fmt: skip
        return self._answer()

    @write(MeasureEndInput, "Een maatregel beëindigen")
    @action(detail=True, methods=["post"], url_path="maatregelen/einde")
    def measure_end(self, request: Request, pk: int) -> Response:
        given = self._given(MeasureEndInput)
        following.end_measure(
            measure=self._part(Measure, given["maatregel"], "maatregel"), ends_on=given["tot"],
            reason=given["reden"], by=request.user,
        )  # fmt: skip
        return self._answer()

    @write(ObservationInput, "Een waarneming van de toegang vastleggen")
    @action(detail=True, methods=["post"], url_path="waarnemingen")
    def observation(self, request: Request, pk: int) -> Response:
        case, given = self._case(), self._given(ObservationInput)
        place = own_municipality(request.user, case.region_id, given.get("gemeente"))
        following.observe(
            observation=Observation(
                case=case, municipality=place, cases_counted=given["aantalJeugdigen"],
                better=given["waarvanBeter"], text=given["tekst"], seen_on=given["gezienOp"],
            ),
            by=request.user,
        )  # fmt: skip
        return self._answer()

    def _given(self, shape: type[Input]) -> dict[str, Any]:
        asked = shape(data=self.request.data, context={"request": self.request})
        asked.is_valid(raise_exception=True)
        return dict(asked.validated_data)

    def _case(self) -> Case:
        self.row()
        return Case.objects.select_related("region", "provider").get(pk=self.kwargs["pk"])

    def _part(self, model: Any, key: int, field: str) -> Any:
        """A part of the case that the address names; a 400 for one of another case."""
        found = model.objects.filter(case=self._case(), pk=key).first()
        if found is None:
            raise serializers.ValidationError({field: "Deze zaak heeft die niet."})
        return found

    def _answer(self) -> Response:
        return Response(self.row())


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


class SignalRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    aanbieder = Text(source="provider__agb_code")
    thema = Choice(CaseTheme, source="theme")
    van = Choice(SignalSource, source="source")
    gemeente = Text(source="municipality__gm_code", allow_null=True)
    segment = Text(source="segment__code", allow_null=True)
    aantalJeugdigen = Whole(source="cases_counted", allow_null=True)
    tekst = Text(source="text")
    gezienOp = Day(source="seen_on")
    indicator = Text(allow_blank=True)
    halfjaar = Text(source="half_year", allow_blank=True)
    vraagtVerbeterplan = YesNo(source="obliges_plan")
    zaak = Whole(source="case_id", allow_null=True)
    terzijdeOp = Day(source="set_aside_on", allow_null=True)
    terzijdeReden = Text(source="set_aside_reason", allow_blank=True)
    ingevoerdOp = Moment(source="made_at")
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Signaal"


class SignalFilters(OfRegion):
    aanbieder = django_filters.CharFilter(field_name="provider__agb_code")
    thema = ChoiceOf(CaseTheme, field_name="theme")
    van = ChoiceOf(SignalSource, field_name="source")


class SignalInput(OfProvider):
    thema = Choice(CaseTheme)
    tekst = serializers.CharField(max_length=20_000)
    aantalJeugdigen = serializers.IntegerField(min_value=1, max_value=30_000, required=False)
    gezienOp = serializers.DateField(required=False)
    gemeente = serializers.RegexField(r"^\d{4}$", required=False)

    class Meta:
        ref_name = "SignaalNieuw"


class SignalView(RegisterView):
    about = "Signalen over aanbieders. Jeugdigen worden geteld, nooit genoemd."
    visible = staticmethod(signals_visible_to)
    check_access = staticmethod(check_sees_signals)
    serializer_class = SignalRows
    filterset_class = SignalFilters

    @extend_schema(request=SignalInput, responses={201: SignalRows}, summary="Signaal doorgeven")
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = SignalInput(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        signal = self._recorded(request.user, asked.validated_data)
        row = SignalRows.read(CaseSignal.objects.filter(pk=signal.pk))[0]
        return Response(row, status=201, headers={"Location": address(f"signalen/{signal.pk}")})

    @staticmethod
    def _recorded(user: Any, given: dict[str, Any]) -> CaseSignal:
        provider: Provider = given["aanbieder"]
        place = own_municipality(user, provider.region_id, given.get("gemeente"))
        source = SignalSource.ACCESS if place else SignalSource.CONTRACT_MANAGEMENT
        return signals.record_signal(
            provider=provider, theme=given["thema"], text=given["tekst"], source=source,
            municipality=place, cases_counted=given.get("aantalJeugdigen"),
            seen_on=given.get("gezienOp"), by=user,
        )  # fmt: skip
