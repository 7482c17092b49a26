"""Pages of a savings series: divided over segments and municipalities, and followed."""

from __future__ import annotations

import tempfile
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from core import clock
from core.exports import Cell, Column, Sheet, csv_lines, write_xlsx
from core.ui.editing import FormPage
from regions.models import Region
from regions.queries.access import access_of

from ..domain.keeping_savings import keep_plan
from ..forms.savings import PlanForm
from ..models import SavingsPlan, SavingsSeries
from ..queries.savings import SavingsBook
from ..queries.visible import savings_visible_to
from ..rules import can_manage_budgets, check_can_manage_budgets, check_can_see_finance
from ..workbooks import cells_sheet, euros, inputs_sheet
from .projections import XLSX

COLUMNS = (
    Column("Jaar", "Kalenderjaar", width=8),
    Column("Segment", "Code", width=12),
    Column("Gemeente", "CBS-code", width=10),
    euros("Opgave", "Niveau in dat jaar, op de cent"),
)
FOLLOWED = (
    Column("Jaar", "Kalenderjaar", width=8),
    euros("Opgave", "Niveau in dat jaar"),
    euros("Gepland", "Wat de maatregelen van het gekozen scenario doen; leeg: niet gekozen"),
    euros("Nog niet gedekt", "Opgave min gepland"),
    euros("Werkelijk verschil", "Wat het jaar kostte min wat het zonder maatregelen zou kosten"),
    euros("80% onder", "Ondergrens van dat verschil met 80% kans"),
    euros("80% boven", "Bovengrens van dat verschil met 80% kans"),
)


def _series_of(request: HttpRequest, region: Region, pk: int) -> SavingsSeries:
    return get_object_or_404(savings_visible_to(request.user).filter(region=region), pk=pk)


def _book(series: SavingsSeries) -> SavingsBook:
    plans = SavingsPlan.objects.filter(series=series)
    plan = plans.select_related("key", "scenario", "counterfactual__scheme").first()
    return SavingsBook(series, plan)


def savings(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """The task per segment and municipality, what measures plan, what was realised."""
    check_can_see_finance(request.user, region)
    series = _series_of(request, region, pk)
    book = _book(series)
    years = sorted(book.levels)
    asked = request.GET.get("jaar", "")
    year = int(asked) if asked.isdigit() and int(asked) in years else (years or [0])[0]
    seen = _seen(request, region, book)
    context = {
        "series": series,
        "book": book,
        "years": years,
        "year": year,
        "by_segment": [
            (name, [book.task(y, segment=code) for y in years])
            for code, name in book.segments.items()
        ],
        "totals": [book.task(y) for y in years],
        "by_place": [
            (place.name, [book.task(year, segment=s, municipality=code) for s in book.segments],
             book.task(year, municipality=code))
            for code, place in sorted(book.municipalities.items())
        ],
        "followed": [(name, book.followed(year, segment=code))
                     for code, name in book.segments.items()],
        "followed_places": [
            (place.name, book.followed(year, municipality=code))
            for code, place in sorted(book.municipalities.items())
            if code in seen
        ],
        "whole": [(y, book.followed(y)) for y in years],
        "may_manage": can_manage_budgets(request.user, region),
    }  # fmt: skip
    return render(request, "finance/saving.html", context)


def _seen(request: HttpRequest, region: Region, book: SavingsBook) -> set[str]:
    """What a municipality really spent is for who works at the region, and for itself."""
    access = access_of(request.user)
    if access.is_staff_of(region.pk):
        return set(book.municipalities)
    return set(access.municipalities_in(region.pk))


def savings_file(request: HttpRequest, region: Region, pk: int) -> StreamingHttpResponse:
    check_can_see_finance(request.user, region)
    book = _book(_series_of(request, region, pk))
    lines = csv_lines(
        COLUMNS,
        (
            (year, segment, place, book.task(year, segment=segment, municipality=place))
            for year in sorted(book.parts)
            for segment, place in sorted(book.parts[year])
        ),
    )
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="besparing-{region.slug}.csv"'
    return answer


def savings_workbook(request: HttpRequest, region: Region, pk: int) -> FileResponse:
    """The task of every year over municipalities and segments, with sums as formulas."""
    check_can_see_finance(request.user, region)
    series = _series_of(request, region, pk)
    book = _book(series)
    years = sorted(book.levels)
    rows = [
        (
            (code, place.name, segment, name),
            [book.task(year, segment=segment, municipality=code) for year in years],
        )
        for code, place in sorted(book.municipalities.items())
        for segment, name in book.segments.items()
    ]
    about: list[tuple[str, Cell]] = [
        ("Regio", region.name),
        ("Besparingsreeks", series.name),
        ("Bron", series.source),
        ("Stand van", clock.today()),
        ("Scenario", str(book.plan.scenario) if book.plan and book.plan.scenario else "geen"),
        ("Over gemeenten", str(book.plan.key) if book.plan and book.plan.key else "eigen gebruik"),
    ]
    target = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by the response
    sheets = [
        cells_sheet("Verdeling", dict.fromkeys(years, "Opgave: een niveau per jaar"), rows),
        Sheet("Gevolgd", FOLLOWED, [_followed(y, book) for y in years]),
        inputs_sheet(about),
    ]
    write_xlsx(target, sheets)
    target.seek(0)
    name = f"besparing-{region.slug}.xlsx"
    return FileResponse(target, as_attachment=True, filename=name, content_type=XLSX)


def _followed(year: int, book: SavingsBook) -> tuple[Cell, ...]:
    one = book.followed(year)
    real = one.realised
    told = (real.saved, real.saved_low, real.saved_high) if real else (None, None, None)
    return (year, one.task, one.planned, one.uncovered, *told)


class KeepPlan(FormPage):
    form_class = PlanForm
    done = "De verdeling is bewaard."

    def prepare(self) -> None:
        self.series = _series_of(self.request, self.region, self.kwargs["pk"])
        self.row = SavingsPlan.objects.filter(series=self.series).first()

    def check(self) -> None:
        check_can_manage_budgets(self.request.user, self.region)

    def title(self) -> str:
        return "Besparing verdelen en volgen"

    def way_back(self) -> list[tuple[str, str]]:
        return [
            ("Besparing en indexering", reverse("savings", args=[self.region.slug])),
            (str(self.series), self.back()),
        ]

    def back(self) -> str:
        return reverse("finance-saving", args=[self.region.slug, self.series.pk])

    def form_arguments(self) -> dict[str, Any]:
        return {
            "instance": self.row or SavingsPlan(series=self.series),
            "region": self.region,
        }

    def save(self, form: Any) -> SavingsPlan:
        return keep_plan(plan=form.instance, shares=form.shares(), by=self.request.user)
