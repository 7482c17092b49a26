"""Pages of the look back and of the development triangle."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.exports import csv_lines
from regions.models import Region

from ..domain.looking_back import start_look_back
from ..forms.budgets import CellFilter
from ..models import BackTestRun
from ..presenters.look_back import COLUMNS, LookBackPage, TrianglePage
from ..presenters.projection import ProjectionPage
from ..rules import can_project, check_can_project
from .projections import run_of, shown_of


def look_back(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """What this method would have said in every past month, against what it became."""
    run = run_of(request, region, pk)
    shown = shown_of(request, run)
    found = BackTestRun.objects.filter(projection=run).select_related("job").first()
    made = found.back_test if found else None
    context = {
        "run": run,
        "shown": shown,
        "filter": _totals(request, shown),
        "look_back": found,
        "page": LookBackPage(shown, made) if made else None,
        "may_project": can_project(request.user, region),
    }
    return render(request, "finance/look_back.html", context)


def _totals(request: HttpRequest, shown: ProjectionPage) -> CellFilter:
    return CellFilter(
        request.GET or None,
        municipalities=[(c.value, c.label) for c in shown.municipalities],
        segments=[(c.value, c.label) for c in shown.segments],
    )


@require_POST
def start(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    check_can_project(request.user, region)
    run = run_of(request, region, pk)
    start_look_back(projection=run, by=request.user)
    return redirect("projection-look-back", region=region.slug, pk=run.pk)


def look_back_file(request: HttpRequest, region: Region, pk: int) -> Any:
    run = run_of(request, region, pk)
    found = BackTestRun.objects.filter(projection=run).first()
    if found is None or found.back_test is None:
        raise Http404
    page = LookBackPage(shown_of(request, run, whole=True), found.back_test)
    answer = StreamingHttpResponse(
        csv_lines(COLUMNS, page.export_rows()), content_type="text/csv; charset=utf-8"
    )
    name = f"terugblik-{region.slug}-{run.as_of:%Y-%m}-{run.pk}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def triangle(request: HttpRequest, region: Region, pk: int, segment: str) -> HttpResponse:
    """The development triangle of one segment and of its providers that have enough, and how its
    method was chosen."""
    check_can_project(request.user, region)
    run = run_of(request, region, pk)
    shown = shown_of(request, run, whole=True)
    method = next((m for m in shown.projection.methods if m.segment == segment), None)
    if method is None:
        raise Http404
    page = TrianglePage(shown, method, request.GET.get("aanbieder", ""))
    context = {"run": run, "page": page}
    return render(request, "finance/triangle.html", context)
