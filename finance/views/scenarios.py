"""Pages of scenarios: a projection under measures, and several beside each other."""

from __future__ import annotations

import tempfile
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.exports import Cell, Column, Sheet, csv_lines, write_xlsx
from core.states import Move
from core.states.pages import MovePage
from core.ui.editing import RowPage
from regions.models import Region
from regions.queries.access import access_of

from ..domain.scenarios import (
    copy_scenario,
    keep_scenario,
    move_scenario,
    recompute_matches,
    start_computing,
)
from ..enums import SCENARIO, ScenarioState
from ..forms.budgets import CellFilter
from ..forms.measures import CompareScenarios, ScenarioForm
from ..models import ProjectionRun, Scenario
from ..presenters.scenario import MEASURE_COLUMNS, YEAR_COLUMNS, ScenarioPage
from ..queries.visible import scenarios_visible_to
from ..rules import can_project, check_can_project, check_can_see_finance
from ..sentences import otherwise_again
from ..workbooks import cells_sheet, euros, expected_years, inputs_sheet
from .projections import XLSX

STEP_COLUMNS = (
    Column("Stap", "Van jaar op jaar", width=34),
    euros("Bedrag", "De stappen tellen op tot het volgende jaar"),
)


def scenarios(request: HttpRequest, region: Region) -> HttpResponse:
    check_can_see_finance(request.user, region)
    rows = scenarios_visible_to(request.user).filter(region=region)
    context = {
        "rows": rows,
        "compare": CompareScenarios(rows=_computed(request, region)),
        "several": len(_computed(request, region)) > 1,
        "may_project": can_project(request.user, region),
        "has_projection": ProjectionRun.objects.filter(
            region=region, finished_at__isnull=False
        ).exists(),
    }
    return render(request, "finance/scenarios.html", context)


def _computed(request: HttpRequest, region: Region) -> Any:
    rows = scenarios_visible_to(request.user)
    return rows.filter(region=region, result__isnull=False)


def scenario(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    check_can_see_finance(request.user, region)
    row = _scenario_of(request, region, pk)
    context: dict[str, Any] = {
        "row": row,
        "table_of_states": SCENARIO,
        "roles": access_of(request.user).roles_in(region.pk),
        "may_project": can_project(request.user, region),
    }
    if row.outcome is None:
        rows = row.chosen.select_related("measure__municipality")
        return render(request, "finance/scenario_draft.html", {**context, "chosen": rows})
    shown = _shown(request, row)
    filters = CellFilter(
        request.GET or None,
        municipalities=list(shown.municipality_names.items()),
        segments=list(shown.segment_names.items()),
    )
    return render(request, "finance/scenario.html", {**context, "shown": shown, "filter": filters})


def _scenario_of(request: HttpRequest, region: Region, pk: int) -> Scenario:
    rows = scenarios_visible_to(request.user).filter(region=region)
    return get_object_or_404(rows, pk=pk)


def _shown(request: HttpRequest, row: Scenario, *, whole: bool = False) -> ScenarioPage:
    """The cell and year of the address; a cell that the user may not see does not exist."""
    asked = {} if whole else request.GET
    year = asked.get("jaar", "")
    shown = ScenarioPage.of(
        row,
        request.user,
        municipality=asked.get("gemeente", ""),
        segment=asked.get("segment", ""),
        year=int(year) if year.isdigit() else None,
    )
    if shown is None:
        raise Http404("geen uitkomst voor deze gemeente en dit segment")
    return shown


def compare(request: HttpRequest, region: Region) -> HttpResponse:
    """Two or three scenarios beside each other, year by year."""
    check_can_see_finance(request.user, region)
    rows = _computed(request, region)
    asked = CompareScenarios(request.GET or None, rows=rows)
    chosen = []
    if asked.is_valid():
        chosen = [row for name in ("een", "twee", "drie") if (row := asked.cleaned_data[name])]
    pages = [page for row in chosen if (page := ScenarioPage.of(row, request.user))]
    years = sorted({one.year for page in pages for one in page.years if one.complete})
    by_year = [{one.year: one for one in page.years} for page in pages]
    context = {
        "filter": asked,
        "pages": pages,
        "table": [(year, [found.get(year) for found in by_year]) for year in years],
    }
    return render(request, "finance/scenarios_compare.html", context)


def _inputs(scenario: Scenario) -> list[tuple[str, Cell]]:
    """What the scenario rests on: enough to make the same one again."""
    run = scenario.projection
    return [
        ("Regio", scenario.region.name),
        ("Scenario", scenario.name),
        ("Versie", scenario.version),
        ("Stand", scenario.get_state_display()),
        ("Prognose", str(run)),
        ("Bekend tot en met", run.as_of),
        ("Startgetal", run.seed),
        ("Doorrekeningen", run.paths),
        ("Versie van de berekening", scenario.code_version),
        ("Controlegetal van de invoer", scenario.inputs_checksum),
        ("Controlegetal van de uitkomst", scenario.result_checksum),
    ]


def scenario_file(request: HttpRequest, region: Region, pk: int, form: str) -> Any:
    """All that the user may see, per year (CSV); with the measures and the steps (XLSX)."""
    check_can_see_finance(request.user, region)
    shown = _shown(request, _scenario_of(request, region, pk), whole=form == "csv")
    name = f"scenario-{region.slug}-{shown.scenario.pk}"
    if form == "csv":
        lines = csv_lines(YEAR_COLUMNS, shown.year_rows())
        answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return answer
    target = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by the response
    found = shown.outcome
    sheets = [
        Sheet("Per jaar", YEAR_COLUMNS, shown.year_rows()),
        cells_sheet("Opgeteld", expected_years(found.years, found.whole_years), shown.cell_rows()),
        Sheet("Maatregelen", MEASURE_COLUMNS, shown.measure_rows()),
        Sheet(f"Van {shown.year - 1} naar {shown.year}", STEP_COLUMNS, iter(shown.step_rows)),
    ]
    sheets.append(inputs_sheet(_inputs(shown.scenario)))
    write_xlsx(target, sheets, notes=shown.notes)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


@require_POST
def start(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    start_computing(scenario=_scenario_of(request, region, pk), by=request.user)
    return redirect("finance-scenario", region=region.slug, pk=pk)


@require_POST
def copy(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    made = copy_scenario(scenario=_scenario_of(request, region, pk), by=request.user)
    messages.success(request, f"De kopie is gemaakt: {made}.")
    return redirect("finance-scenario", region=region.slug, pk=made.pk)


@require_POST
def recompute(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """Compute again from the stored inputs and say whether the same comes out."""
    check_can_project(request.user, region)
    scenario = _scenario_of(request, region, pk)
    if recompute_matches(scenario):
        messages.success(
            request, "Gelijk: nagerekend uit de bewaarde invoer komt tot op de cent hetzelfde uit."
        )
    else:
        messages.error(
            request,
            "Niet gelijk: nagerekend uit de bewaarde invoer komt er iets anders uit. "
            + otherwise_again(scenario.code_version),
        )
    return redirect("finance-scenario", region=region.slug, pk=pk)


class OfScenarios:
    request: Any
    region: Region
    kwargs: Any

    def rows(self) -> Any:
        return scenarios_visible_to(self.request.user).filter(region=self.region)

    def way_back(self) -> list[tuple[str, str]]:
        return [("Scenario's", reverse("finance-scenarios", args=[self.region.slug]))]


class KeepScenario(OfScenarios, RowPage):
    form_class = ScenarioForm
    noun = "scenario"
    done = "Het concept is bewaard. Reken het door als de maatregelen kloppen."

    def rows(self) -> Any:
        return super().rows().filter(state=ScenarioState.DRAFT)

    def check(self) -> None:
        check_can_project(self.request.user, self.region)

    def new_row(self) -> Scenario:
        return Scenario(region=self.region)

    def form_arguments(self) -> dict[str, Any]:
        return {**super().form_arguments(), "region": self.region}

    def save(self, form: Any) -> Scenario:
        self.kept = keep_scenario(
            scenario=form.instance, chosen=form.chosen(), by=self.request.user
        )
        return self.kept

    def back(self) -> str:
        kept = getattr(self, "kept", None) or self.row
        if kept is None:
            return reverse("finance-scenarios", args=[self.region.slug])
        return reverse("finance-scenario", args=[self.region.slug, kept.pk])


class MoveScenario(OfScenarios, MovePage):
    table = SCENARIO

    def prepare(self) -> None:
        check_can_see_finance(self.request.user, self.region)
        self.row = get_object_or_404(self.rows(), pk=self.kwargs["pk"])

    def title(self) -> str:
        return f"{self.move.label}: {self.row}"

    def roles(self) -> frozenset[str]:
        return frozenset(access_of(self.request.user).roles_in(self.region.pk))

    def verb(self, move: Move, form: Any) -> Any:
        reason = form.cleaned_data["reason"]
        return move_scenario(scenario=self.row, move=move.name, by=self.request.user, reason=reason)

    def back(self) -> str:
        return reverse("finance-scenario", args=[self.region.slug, self.kwargs["pk"]])
