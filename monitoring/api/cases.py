"""Cases of escalation through the API: what the pages can, by the same verbs."""

import json
from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.rest import (
    Input,
    RegisterView,
    address,
)
from regions.enums import Role
from regions.queries.access import access_of

from ..domain.cases import following, moving, opening, plans
from ..models import (
    Case,
    ImprovementAction,
    Measure,
    Observation,
    PlanItem,
)
from ..queries.cases import cases_visible_to, due_of
from .case_inputs import (
    ActionStepInput,
    CaseInput,
    ConversationInput,
    JudgementInput,
    MeasureEndInput,
    MeasureInput,
    ObservationInput,
    PlanInput,
    ProgressInput,
    StepInput,
    agreement_of,
    check_follows,
    own_municipality,
)
from .case_rows import CaseFilters, CaseRows


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
