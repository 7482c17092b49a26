"""Pages of projections."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.exports import Cell, Sheet, csv_lines, write_xlsx
from core.ui import page_of
from core.ui.editing import FormPage
from regions.models import Region

from ..domain.projecting import recompute_matches, start_projection
from ..forms.budgets import CellFilter, ProjectionForm
from ..models import ProjectionRun
from ..presenters.known import BASE_COLUMNS, KNOWN_COLUMNS, base_rows
from ..presenters.projection import MONTH_COLUMNS, YEAR_COLUMNS, ProjectionPage
from ..queries.visible import projections_visible_to
from ..rules import can_project, check_can_project, check_can_see_finance
from ..sentences import otherwise_again
from ..workbooks import cells_sheet, expected_years, inputs_sheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def projections(request: HttpRequest, region: Region) -> HttpResponse:
    check_can_see_finance(request.user, region)
    rows = projections_visible_to(request.user).filter(region=region)
    context = {
        "page": page_of(request, rows, 20),
        "may_project": can_project(request.user, region),
    }
    return render(request, "finance/projections.html", context)


class StartProjection(FormPage):
    form_class = ProjectionForm
    submit = "Prognose maken"
    done = "De prognose wordt gemaakt. Deze pagina laat zien hoe ver het is."

    def check(self) -> None:
        check_can_project(self.request.user, self.region)

    def title(self) -> str:
        return "Prognose maken"

    def way_back(self) -> list[tuple[str, str]]:
        return [("Prognoses", reverse("projections", args=[self.region.slug]))]

    def form_arguments(self) -> dict[str, Any]:
        return {"region": self.region}

    def save(self, form: Any) -> ProjectionRun:
        return start_projection(region=self.region, by=self.request.user, **form.cleaned_data)

    def back(self) -> str:
        made = getattr(self, "saved", None)
        if made is None:
            return reverse("projections", args=[self.region.slug])
        return reverse("projection", args=[self.region.slug, made.pk])


def projection(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    run = run_of(request, region, pk)
    if not run.is_done:
        return render(request, "finance/projection_waiting.html", {"run": run, "job": run.job})
    shown = shown_of(request, run)
    cells = CellFilter(
        request.GET or None,
        municipalities=[(c.value, c.label) for c in shown.municipalities],
        segments=[(c.value, c.label) for c in shown.segments],
    )
    context = {
        "run": run,
        "shown": shown,
        "filter": cells,
        "may_project": can_project(request.user, region),
    }
    return render(request, "finance/projection.html", context)


def projection_file(request: HttpRequest, region: Region, pk: int, form: str) -> Any:
    """All series that the user may see, per year (or month), as CSV or XLSX."""
    shown = shown_of(request, run_of(request, region, pk), whole=True)
    name = f"prognose-{region.slug}-{shown.run.as_of:%Y-%m}-{shown.run.pk}"
    if form == "xlsx":
        return _workbook(shown, name)
    per_month = form == "maanden.csv"
    lines = (
        csv_lines(MONTH_COLUMNS, shown.month_rows())
        if per_month
        else csv_lines(YEAR_COLUMNS, shown.year_rows())
    )
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    suffix = "-maanden" if per_month else ""
    answer["Content-Disposition"] = f'attachment; filename="{name}{suffix}.csv"'
    return answer


def _workbook(shown: ProjectionPage, name: str) -> FileResponse:
    target = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by the response
    made = shown.projection
    sheets = [
        Sheet("Per jaar", YEAR_COLUMNS, shown.year_rows()),
        cells_sheet("Opgeteld", expected_years(made.years, made.whole_years), shown.cell_rows()),
        Sheet("Per maand", MONTH_COLUMNS, shown.month_rows()),
    ]
    if shown.projection.steps:
        sheets += [
            Sheet("Wat we al weten", KNOWN_COLUMNS, shown.known_rows()),
            Sheet("Waarop dat rust", BASE_COLUMNS, base_rows(shown.known)),
        ]
    turns = [
        ("Omslagpunt volgens de documenten", f"{row.year} ({row.source or 'zonder bron'})")
        for row, _ in shown.expected_turns
    ]
    sheets.append(inputs_sheet([*_inputs(shown.run), *turns]))
    write_xlsx(target, sheets, notes=shown.notes)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def _inputs(run: ProjectionRun) -> list[tuple[str, Cell]]:
    """What the projection rests on: enough to make the same one again."""
    used = run.stored_inputs.indexation if run.stored_inputs else ()
    return [
        ("Regio", run.region.name),
        ("Segmentindeling", run.scheme.code),
        ("Bekend tot en met", run.as_of),
        ("Registers zoals bekend op", run.registers_on or "de dag van de prognose"),
        ("Doorgerekend tot", run.until),
        ("Aanleveringen tot en met nummer", run.cutoff_run),
        ("Geplande besparing", run.savings.name if run.savings else "geen"),
        ("Startgetal", run.seed),
        ("Doorrekeningen", run.paths),
        ("Versie van de berekening", run.code_version),
        ("Controlegetal van de invoer", run.inputs_checksum),
        ("Controlegetal van de uitkomst", run.result_checksum),
        *(
            (f"Indexering {one.year} (%)", Decimal(one.basis_points) / 100)
            for one in used
            if one.year > run.as_of.year
        ),
    ]


@require_POST
def recompute(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """Compute again from the stored inputs and say whether the same comes out."""
    check_can_project(request.user, region)
    run = run_of(request, region, pk)
    if recompute_matches(run):
        messages.success(
            request, "Nagerekend uit de bewaarde invoer: tot op de laatste cent dezelfde uitkomst."
        )
    else:
        messages.error(
            request,
            "Nagerekend uit de bewaarde invoer: er komt iets anders uit. "
            + otherwise_again(run.code_version),
        )
    return redirect("projection", region=region.slug, pk=pk)


def run_of(request: HttpRequest, region: Region, pk: int) -> ProjectionRun:
    rows = projections_visible_to(request.user).filter(region=region)
    return get_object_or_404(rows, pk=pk)


def shown_of(request: HttpRequest, run: ProjectionRun, *, whole: bool = False) -> ProjectionPage:
    """The cell of the address; a cell that the user may not see does not exist."""
    asked = {} if whole else request.GET
    shown = ProjectionPage.of(
        run,
        request.user,
        municipality=asked.get("gemeente", ""),
        segment=asked.get("segment", ""),
    )
    if shown is None:
        raise Http404("geen prognose voor deze gemeente en dit segment")
    return shown
