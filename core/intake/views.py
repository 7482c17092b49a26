"""Delivering data on screen: choose a form, upload, follow the run, see what was refused."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from core.exports import Column, csv_lines
from core.ui import Place, panels
from core.ui.tables import page_of

from . import domain, queries
from .models import IntakeRun
from .receiving import Reception, reception
from .registry import RUN_PAGE, IntakeForm, forms_for, pages_beside
from .uploads import streams_into

REJECTION_COLUMNS = (
    Column("bestand"),
    Column("bericht"),
    Column("record"),
    Column("regel_in_bestand"),
    Column("veld"),
    Column("controle"),
    Column("melding"),
    Column("wat_te_doen"),
)
_FILES_SHOWN = 50
_CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def overview(request: HttpRequest, region: Any) -> HttpResponse:
    """The forms of this user, and the deliveries made with them."""
    context = {
        "forms": forms_for(request.user, region.pk),
        "page": page_of(request, queries.runs_of(request.user, region.pk)),
        "beside": pages_beside(Place(request.user, region)),
    }
    return render(request, "intake/overview.html", context)


def form_page(request: HttpRequest, region: Any, code: str) -> HttpResponse:
    return render(request, "intake/form.html", {"form": _form(request, region, code)})


def _delivery(request: HttpRequest, region: Any, code: str) -> Reception:
    form = _form(request, region, code)
    return reception(form=form, tenant_id=region.pk, by=request.user)


def _preview(request: HttpRequest, region: Any, code: str) -> Reception:
    form = _form(request, region, code)
    return domain.open_preview(form=form, tenant_id=region.pk, by=request.user)


@streams_into(_delivery)
def take_in(request: HttpRequest, region: Any, code: str, delivery: Reception) -> HttpResponse:
    """Everything has been read already; keep it and ask for the merge."""
    if not _has_files(request, delivery):
        messages.error(request, "Kies eerst een bestand om aan te leveren.")
        return redirect("intake-form", region=region.slug, code=code)
    run = domain.start_run(delivery=delivery, by=request.user)
    return redirect("intake-run", region=region.slug, pk=run.pk)


@streams_into(_preview)
def look_first(request: HttpRequest, region: Any, code: str, delivery: Reception) -> HttpResponse:
    if not _has_files(request, delivery):
        messages.error(request, "Kies eerst een bestand om te controleren.")
        return redirect("intake-form", region=region.slug, code=code)
    context = {
        "form": delivery.form,
        "delivery": delivery,
        "files": sorted(delivery.files, key=lambda one: not one.message),
        "faults": [fault for _file_no, fault in delivery.store.faults],  # type: ignore[attr-defined]
        "tables": queries.previews(delivery),
    }
    return render(request, "intake/preview.html", context)


def template(request: HttpRequest, region: Any, code: str, kind: str) -> HttpResponse:
    """An empty table to fill in."""
    table = _form(request, region, code).table
    if table is None or kind not in _CONTENT_TYPES:
        raise Http404
    content = table.csv_template() if kind == "csv" else table.xlsx_template()
    return _attachment(HttpResponse(content), f"sjabloon-{table.file_name}.{kind}", kind)


def run_page(request: HttpRequest, region: Any, pk: int) -> HttpResponse:
    """The whole page, or for htmx only the part that moves."""
    run = _run(request, region, pk)
    files = list(queries.files_of(run)[: _FILES_SHOWN + 1])
    place: Place = request.place  # type: ignore[attr-defined]
    context = {
        "run": run,
        "may_undo": domain.can_undo(request.user, run),
        "files": files[:_FILES_SHOWN],
        "more_files": len(files) > _FILES_SHOWN,
        "rules": queries.rejections_by_rule(run),
        "panels": [] if run.is_open else panels(RUN_PAGE, place, run),
    }
    part = request.headers.get("HX-Request") == "true"
    return render(request, "intake/progress.html" if part else "intake/run.html", context)


def files(request: HttpRequest, region: Any, pk: int) -> HttpResponse:
    run = _run(request, region, pk)
    return render(
        request, "intake/files.html", {"run": run, "page": page_of(request, queries.files_of(run))}
    )


def rejections(request: HttpRequest, region: Any, pk: int) -> HttpResponse:
    run = _run(request, region, pk)
    page = page_of(request, queries.rejections_of(run))
    return render(request, "intake/rejections.html", {"run": run, "page": page})


def rejections_csv(request: HttpRequest, region: Any, pk: int) -> HttpResponse:
    run = _run(request, region, pk)
    lines = csv_lines(REJECTION_COLUMNS, queries.rejection_lines(run))
    response = StreamingHttpResponse(lines)
    return _attachment(response, f"afgekeurd-aanlevering-{run.number or run.pk}.csv", "csv")


@require_POST
def undo(request: HttpRequest, region: Any, pk: int) -> HttpResponse:
    run = _run(request, region, pk)
    job = domain.ask_undo(run=run, by=request.user)
    messages.success(request, "De aanlevering wordt ongedaan gemaakt.")
    return redirect("job", region=region.slug, pk=job.pk)


def _form(request: HttpRequest, region: Any, code: str) -> IntakeForm:
    """A form that this user may use here; for anyone else it does not exist."""
    for form in forms_for(request.user, region.pk):
        if form.code == code:
            return form
    raise Http404("onbekend formulier")


def _run(request: HttpRequest, region: Any, pk: int) -> IntakeRun:
    return get_object_or_404(queries.runs_of(request.user, region.pk), pk=pk)


def _has_files(request: HttpRequest, delivery: Reception) -> bool:
    """Whether a file came in; asking for POST reads the rest of the body."""
    return bool(request.POST is not None and delivery.files)


def _attachment(response: Any, name: str, kind: str) -> Any:
    response["Content-Type"] = _CONTENT_TYPES[kind]
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
