"""The terms of cases through the API: in versions, of which a running case keeps its own."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.rest import Input, RegisterView, address
from core.errors import NotAllowed
from regions.api.choose import RegionChoice
from regions.queries.access import access_of

from ..domain.cases.opening import keep_process, process_of
from ..models import CaseProcess
from ..queries.cases import processes_visible_to
from ..rules.cases import FOLLOWERS, check_can_manage_cases
from .case_rows import ProcessFilters, ProcessRows


def _days(source: str) -> Any:
    return serializers.IntegerField(source=source, min_value=1, max_value=3650, required=False)


class ProcessInput(Input):
    """What is left out stays as it is now."""

    regio = RegionChoice()
    signaalDagen = _days("signal_days")
    gesprekDagen = _days("dialogue_days")
    planDagen = _days("plan_days")
    oordeelOverPlanDagen = _days("binding_days")
    monitoringDagen = _days("monitoring_days")
    dagenTussenGesprekken = _days("meeting_days")
    beoordelingDagen = _days("assessment_days")
    toezichtDagen = _days("supervision_days")
    voorstelDagen = _days("proposal_days")
    uitfaseringDagen = _days("phase_out_days")
    groteAanbiederVanaf = serializers.IntegerField(
        source="large_clients", min_value=1, max_value=1_000_000, required=False
    )
    vastgesteld = serializers.BooleanField(source="is_decided", required=False)
    toelichting = serializers.CharField(
        source="note", max_length=2000, required=False, allow_blank=True
    )

    class Meta:
        ref_name = "ProcesafsprakenNieuw"


def check_reads_process(user: Any) -> None:
    if not access_of(user).has(*FOLLOWERS):
        raise NotAllowed("Procesafspraken zijn voor de regio, de toegang en bestuurders.")


class ProcessView(RegisterView):
    about = (
        "Procesafspraken: hoe lang elke stap van een zaak mag duren en wat een grote aanbieder is. "
        "Een nieuwe versie geldt voor zaken die daarna beginnen."
    )
    visible = staticmethod(processes_visible_to)
    check_access = staticmethod(check_reads_process)
    serializer_class = ProcessRows
    filterset_class = ProcessFilters

    def get_queryset(self) -> QuerySet[CaseProcess]:
        return super().get_queryset().order_by("region__slug", "-version")

    @extend_schema(
        request=ProcessInput, responses={201: ProcessRows}, summary="Nieuwe versie vastleggen"
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = ProcessInput(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        given = dict(asked.validated_data)
        region = given.pop("regio")
        check_can_manage_cases(request.user, region)
        process = process_of(region)
        for name, value in given.items():
            setattr(process, name, value)
        kept = keep_process(process=process, by=request.user)
        row = self.read(self.get_queryset().filter(pk=kept.pk))[0]
        headers = {"Location": address(f"procesafspraken/{kept.pk}")}
        return Response(row, status=201, headers=headers)
