"""Cases of escalation through the API: what the pages can, by the same verbs."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.rest import StrictJson, address

from ..domain.cases import following, moving, opening, plans
from ..models import (
    ImprovementAction,
    Measure,
    Observation,
    PlanItem,
)
from ..queries.cases import cases_visible_to
from .case_base import CaseActions, write
from .case_following import Following
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
from .case_papers import Papers
from .case_reading import completed
from .case_rows import CaseFilters, CaseRows, WayRows


class CaseView(Papers, Following, CaseActions):
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
        return completed(self.request.user, CaseRows.read(queryset), list(queryset))

    @extend_schema(request=CaseInput, responses={201: CaseRows}, summary="Zaak openen")
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        given = self.given(CaseInput)
        case = opening.open_case(
            provider=given["aanbieder"], theme=given["thema"], title=given["onderwerp"],
            segment=given.get("segment"), by=request.user,
        )  # fmt: skip
        row = self.read(self.get_queryset().filter(pk=case.pk))[0]
        return Response(row, status=201, headers={"Location": address(f"zaken/{case.pk}")})

    @write(StepInput, "Een stap zetten")
    @action(detail=True, methods=["post"], url_path="stappen", pagination_class=None)
    def step(self, request: Request, pk: int) -> Response:
        case, given = self.case(), self.given(StepInput)
        moving.move_case(case=case, move=given["stap"], by=request.user, reason=given["reden"])
        return self.answer()

    @extend_schema(
        responses=WayRows(many=True), filters=False,
        summary="Welke stappen u nu kunt zetten, en wat er aan een stap in de weg staat",
    )  # fmt: skip
    @step.mapping.get
    def ways(self, request: Request, pk: int) -> Response:
        return Response(
            [
                {
                    "stap": way.move.slug, "naam": way.move.label, "kanNu": not way.hindrance,
                    "eerst": way.hindrance, "vraagtReden": way.move.reason,
                }
                for way in moving.ways_of(self.case(), request.user)
            ]
        )  # fmt: skip

    @write(ConversationInput, "Gesprek vastleggen, met de afspraken")
    @action(detail=True, methods=["post"], url_path="gesprekken")
    def conversation(self, request: Request, pk: int) -> Response:
        case, given = self.case(), self.given(ConversationInput)
        following.record_conversation(
            case=case, held_on=given["datum"], participants=given["deelnemers"],
            report=given["verslag"], by=request.user,
            agreements=[agreement_of(one) for one in given["afspraken"]],
        )  # fmt: skip
        return self.answer()

    @write(PlanInput, "Verbeterplan schrijven (aanbieder)")
    @action(detail=True, methods=["post"], url_path="verbeterplan")
    def plan(self, request: Request, pk: int) -> Response:
        case, given = self.case(), self.given(PlanInput)
        items = [agreement_of(one) for one in given["maatregelen"]]
        plans.replace_draft(
            case=case, analysis=given["watIsErAanDeHand"], aim=given["watWiltUBereiken"],
            items=[
                PlanItem(who=i.who, what=i.what, how=i.how, due=i.due, result=i.result)
                for i in items
            ],
            by=request.user,
        )  # fmt: skip
        return self.answer()

    @write(ProgressInput, "Voortgang van een actie vastleggen")
    @action(
        detail=True,
        methods=["post"],
        url_path="voortgang",
        parser_classes=(StrictJson, MultiPartParser),
    )
    def progress(self, request: Request, pk: int) -> Response:
        given = self.given(ProgressInput)
        following.report_progress(
            action=self.part(ImprovementAction, given["actie"], "actie"), text=given["tekst"],
            by=request.user, proof=given.get("bewijs"),
        )  # fmt: skip
        return self.answer()

    @write(ActionStepInput, "Een actie melden, vaststellen of laten vervallen")
    @action(detail=True, methods=["post"], url_path="actiestappen")
    def action_step(self, request: Request, pk: int) -> Response:
        given = self.given(ActionStepInput)
        following.move_action(
            action=self.part(ImprovementAction, given["actie"], "actie"),
            move=given["stap"], by=request.user, reason=given["reden"],
        )  # fmt: skip
        return self.answer()

    @write(JudgementInput, "Een afgesproken resultaat beoordelen")
    @action(detail=True, methods=["post"], url_path="beoordelingen")
    def judgement(self, request: Request, pk: int) -> Response:
        given = self.given(JudgementInput)
        following.judge_result(
            action=self.part(ImprovementAction, given["actie"], "actie"),
            judgement=given["resultaat"], reason=given["toelichting"], by=request.user,
        )  # fmt: skip
        return self.answer()

    @write(MeasureInput, "Een directe maatregel nemen")
    @action(detail=True, methods=["post"], url_path="maatregelen")
    def measure(self, request: Request, pk: int) -> Response:
        case, given = self.case(), self.given(MeasureInput)
        following.take_measure(
            measure=Measure(
                case=case, kind=given["maatregel"], product_code=given["product"],
                starts_on=given["vanaf"], reason=given["reden"], ground=given.get("grond", ""),
            ),
            by=request.user,
        )  # fmt: skip
        return self.answer()

    @write(MeasureEndInput, "Een maatregel beëindigen")
    @action(detail=True, methods=["post"], url_path="maatregelen/einde")
    def measure_end(self, request: Request, pk: int) -> Response:
        given = self.given(MeasureEndInput)
        following.end_measure(
            measure=self.part(Measure, given["maatregel"], "maatregel"), ends_on=given["tot"],
            reason=given["reden"], by=request.user,
        )  # fmt: skip
        return self.answer()

    @write(ObservationInput, "Een waarneming van de toegang vastleggen")
    @action(detail=True, methods=["post"], url_path="waarnemingen")
    def observation(self, request: Request, pk: int) -> Response:
        case, given = self.case(), self.given(ObservationInput)
        place = own_municipality(request.user, case.region_id, given.get("gemeente"))
        following.observe(
            observation=Observation(
                case=case, municipality=place, cases_counted=given["aantalJeugdigen"],
                better=given["waarvanBeter"], text=given["tekst"], seen_on=given["gezienOp"],
            ),
            by=request.user,
        )  # fmt: skip
        return self.answer()
