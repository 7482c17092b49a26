"""Jobs: what was asked for, how far it is, and stopping or restarting it."""

from typing import Any
from uuid import UUID

import django_filters
from django.http import HttpResponseBase
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.rest import (
    Choice,
    ChoiceOf,
    Filters,
    Moment,
    Parameters,
    RegisterView,
    Rows,
    Text,
    Texts,
    Whole,
    accepted,
    address,
    check_if_match,
    made,
    results_of,
)
from core.jobs import api as jobs
from core.jobs.access import check_can_handle, visible_to
from core.jobs.enums import JobState
from core.jobs.models import Job

from ..models import Region


def region_slugs() -> dict[int, str]:
    """Short names by key: rows of core know their region by its key only."""
    return dict(Region.objects.values_list("pk", "slug"))


class JobRows(Rows):
    id = made(Text(help_text="Sleutel van de taak."), "id", by=str)
    regio = Text(source="tenant_id", allow_null=True)
    soort = Text(source="kind")
    omschrijving = Text(source="title")
    stand = Choice(JobState, source="state")
    aangevraagdOp = Moment(source="created_at")
    begonnenOp = Moment(source="started_at", allow_null=True)
    klaarOp = Moment(source="finished_at", allow_null=True)
    gedaan = Whole(source="progress_done")
    totaal = Whole(source="progress_total", help_text="0: nog niet bekend.")
    voortgang = Text(source="progress_text", allow_blank=True)
    fout = Text(source="error", allow_blank=True)
    resultaten = made(
        Texts(help_text="Adressen van wat de taak maakte."),
        "kind",
        "params",
        "result",
        by=results_of,
    )

    class Meta:
        ref_name = "Taak"

    @classmethod
    def read(cls, queryset: Any) -> list[dict[str, Any]]:
        slugs = region_slugs()
        rows = super().read(queryset)
        for row in rows:
            row["regio"] = slugs.get(row["regio"])
        return rows


def follow(job_id: UUID) -> Response:
    """202: the work is asked for; the job is the resource to follow."""
    row = JobRows.read(Job.objects.filter(pk=job_id))[0]
    return Response(row, status=202, headers={"Location": address(f"taken/{job_id}")})


class JobFilters(Filters):
    regio = django_filters.CharFilter(method="of_region", label="Korte naam van de regio.")
    soort = django_filters.CharFilter(field_name="kind")
    stand = ChoiceOf(JobState, field_name="state")

    def of_region(self, queryset: Any, name: str, slug: str) -> Any:
        return queryset.filter(tenant_id__in=Region.objects.filter(slug=slug).values("pk"))


class JobView(RegisterView):
    about = (
        "Werk dat langer duurt dan een aanvraag: een aanlevering, rapportages, een prognose. U "
        "ziet uw eigen taken, en als medewerker alle taken van uw regio."
    )
    visible = staticmethod(visible_to)
    serializer_class = JobRows
    filterset_class = JobFilters
    lookup_value_converter = "uuid"

    @accepted(JobRows, request=None, summary="Taak stoppen", parameters=[Parameters.IF_MATCH])
    @action(detail=True, methods=["post"], url_path="annulering")
    def cancel(self, request: Request, pk: UUID) -> HttpResponseBase:
        return self._handle(request, lambda job: self._cancel(job, request.user))

    @accepted(
        JobRows, request=None, summary="Taak opnieuw starten", parameters=[Parameters.IF_MATCH]
    )
    @action(detail=True, methods=["post"], url_path="herstart")
    def restart(self, request: Request, pk: UUID) -> HttpResponseBase:
        return self._handle(request, lambda job: jobs.restart(job=job, by=request.user).pk)

    def _handle(self, request: Request, verb: Any) -> HttpResponseBase:
        stale = check_if_match(request, self.row())
        if stale is not None:
            return stale
        job = self.get_queryset().get(pk=self.kwargs["pk"])
        check_can_handle(request.user, job)
        return follow(verb(job))

    @staticmethod
    def _cancel(job: Job, by: Any) -> UUID:
        jobs.cancel(job=job, by=by)
        return job.pk
