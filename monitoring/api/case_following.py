"""Following a case through the API: its indicators, and the phase-out of a large provider."""

from typing import Any

from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ValidationError

from providers.models import Provider

from ..domain.cases import following, phasing
from ..models import Alternative, Case, CaseIndicator, PhaseOutPlan, PhaseOutStep
from .case_base import CaseActions, write
from .case_inputs import IndicatorEndInput, IndicatorInput, PhaseOutInput


class Following(CaseActions):
    @write(IndicatorInput, "Een indicator volgen met een eigen doel")
    @action(detail=True, methods=["post"], url_path="indicatoren")
    def indicator(self, request: Request, pk: int) -> Response:
        case, given = self.case(), self.given(IndicatorInput)
        following.follow_code(
            case=case, code=given["indicator"], target=given.get("doel"),
            more_is_better=given["hogerIsBeter"], by_half_year=given["teHalenIn"], by=request.user,
        )  # fmt: skip
        return self.answer()

    @write(IndicatorEndInput, "Een indicator niet meer volgen")
    @action(detail=True, methods=["post"], url_path="indicatoren/einde")
    def indicator_end(self, request: Request, pk: int) -> Response:
        given = self.given(IndicatorEndInput)
        row = CaseIndicator.objects.filter(case=self.case(), code=given["indicator"]).first()
        if row is None:
            raise ValidationError({"indicator": "Deze zaak volgt die indicator niet."})
        following.drop_indicator(indicator=row, by=request.user)
        return self.answer()

    @write(PhaseOutInput, "Het uitfaseringsplan vastleggen, met aantallen en andere aanbieders")
    @action(detail=True, methods=["post"], url_path="uitfasering")
    def phase_out(self, request: Request, pk: int) -> Response:
        case, given = self.case(), self.given(PhaseOutInput)
        plan = PhaseOutPlan.objects.filter(case=case).first() or PhaseOutPlan(case=case)
        plan.plan, plan.clients_at_start = given["plan"], given["jeugdigenBijBegin"]
        plan.starts_on, plan.ends_on = given["vanaf"], given["klaarOp"]
        phasing.replace_phase_out(
            plan=plan,
            steps=[
                PhaseOutStep(day=one["op"], planned=one["gepland"], counted=one.get("geteld"))
                for one in given["aantallen"]
            ],
            alternatives=[_alternative(case, one) for one in given["alternatieven"]],
            by=request.user,
        )
        return self.answer()


def _alternative(case: Case, given: dict[str, Any]) -> Alternative:
    found = Provider.objects.filter(region=case.region, agb_code=given["aanbieder"]).first()
    if found is None:
        raise ValidationError(
            {"alternatieven": f"Deze regio kent geen aanbieder {given['aanbieder']}."}
        )
    return Alternative(
        provider=found, places=given["jeugdigen"], from_day=given["vanaf"], note=given["afspraak"]
    )
