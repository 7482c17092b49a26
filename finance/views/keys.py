"""Pages of allocation keys: who pays which part."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core import clock
from core.errors import DomainError, NotAllowed
from core.exports import Cell, Column, csv_lines, write_xlsx
from core.states import Move
from core.states.pages import MovePage
from core.ui.editing import RowPage
from regions.models import Region
from regions.queries.access import access_of
from segments.queries.framework import scheme_to_show

from ..domain.keeping_keys import fix_year, keep_key, move_key, year_to_fix
from ..enums import KEY, KeyState
from ..forms.keys import CompareForm, KeyForm
from ..models import AllocationKey
from ..presenters.key_sheet import keys_rest_on, keys_sheet
from ..queries.keys import KeyBook, KeyResult, key_result, settled_lines, usual_amount
from ..queries.visible import keys_visible_to
from ..rules import can_manage_budgets, check_can_manage_budgets, check_can_see_finance
from ..workbooks import euros, inputs_sheet
from .projections import XLSX

COLUMNS = (
    Column("Sleutel", "Naam van de verdeelsleutel", width=30),
    Column("Stand", "Voorstel, vastgesteld of ingetrokken", width=14),
    Column("Segment", "Leeg: alle segmenten", width=12),
    Column("Jaar", "Jaar waarvoor wordt verdeeld", width=8),
    Column("Gemeente", "CBS-code", width=10),
    Column("Aandeel", "Deel van het geheel, in procent", 4),
    euros("Bedrag", "Aandeel in het bedrag, op de cent"),
    euros("Naar eigen gebruik", "Wat de gemeente naar eigen gebruik zou betalen"),
    euros("Verschil", "Bedrag min naar eigen gebruik"),
)


def keys(request: HttpRequest, region: Region) -> HttpResponse:
    """All keys on one amount, beside each other: who gains, who pays more."""
    check_can_see_finance(request.user, region)
    book = _book(region)
    asked, year, results = _compared(request, region, book)
    context = {
        "taking": book.taking() if book else [],
        "rows": keys_visible_to(request.user).filter(region=region),
        "filter": asked,
        "year": year,
        "results": results,
        "table": _beside(results),
        "may_manage": can_manage_budgets(request.user, region),
    }
    return render(request, "finance/keys.html", context)


def _book(region: Region) -> KeyBook | None:
    scheme = scheme_to_show(region)
    return KeyBook(region, scheme) if scheme else None


def _compared(
    request: HttpRequest, region: Region, book: KeyBook | None, only: AllocationKey | None = None
) -> tuple[CompareForm, int, list[KeyResult]]:
    coming = clock.today().year + 1
    asked = CompareForm(request.GET or None, initial={"jaar": coming})
    wanted = asked.cleaned_data if asked.is_valid() else {}
    year = wanted.get("jaar") or coming
    rows = keys_visible_to(request.user).filter(region=region)
    rows = rows.filter(pk=only.pk) if only else rows.exclude(state=KeyState.WITHDRAWN)
    if book is None or not rows:
        return asked, year, []
    results = []
    for key in rows:
        amount = wanted.get("bedrag") or usual_amount(book, key.segment)
        results.append(key_result(book, key, year=year, amount=amount))
    return asked, year, results


def _beside(results: list[KeyResult]) -> list[tuple[Any, list[Any]]]:
    """Municipalities as rows, keys as columns."""
    places = {line.municipality.gm_code: line.municipality for r in results for line in r.lines}
    return [(places[code], [r.of(code) for r in results]) for code in sorted(places)]


def keys_file(request: HttpRequest, region: Region) -> StreamingHttpResponse:
    check_can_see_finance(request.user, region)
    _, year, results = _compared(request, region, _book(region))
    lines = csv_lines(
        COLUMNS,
        (
            (
                r.key.name, r.key.get_state_display(), r.key.segment, r.year,
                line.municipality.gm_code, round(line.percent * 100, 4), line.amount,
                line.by_use, line.difference,
            )
            for r in results
            for line in r.lines
        ),
    )  # fmt: skip
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="verdeling-{region.slug}-{year}.csv"'
    return answer


def keys_workbook(request: HttpRequest, region: Region) -> FileResponse:
    """The keys beside each other, with sums as formulas and what they rest on."""
    check_can_see_finance(request.user, region)
    _, year, results = _compared(request, region, _book(region))
    about: list[tuple[str, Cell]] = [("Regio", region.name), ("Stand van", clock.today())]
    target = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by the response
    write_xlsx(target, [keys_sheet(results), inputs_sheet([*about, *keys_rest_on(results)])])
    target.seek(0)
    name = f"verdeling-{region.slug}-{year}.xlsx"
    return FileResponse(target, as_attachment=True, filename=name, content_type=XLSX)


def key(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    check_can_see_finance(request.user, region)
    row = get_object_or_404(keys_visible_to(request.user).filter(region=region), pk=pk)
    book = _book(region)
    asked, year, results = _compared(request, region, book, row)
    result = results[0] if results else None
    may_manage = can_manage_budgets(request.user, region)
    context = {
        "row": row,
        "taking": book.taking() if book else [],
        "filter": asked,
        "year": result.year if result else year,
        "result": result,
        "stability": _stability(result) if result else [],
        "fixed": dict(row.bases.filter(segment=row.segment).values_list("year", "fixed_at")),
        "to_fix": year_to_fix(row) if may_manage else None,
        "settled": settled_lines(result) if result else None,
        "table_of_states": KEY,
        "roles": access_of(request.user).roles_in(region.pk),
        "may_manage": may_manage,
    }
    return render(request, "finance/key.html", context)


@require_POST
def fix(request: HttpRequest, region: Region, pk: int, year: int) -> HttpResponse:
    """Keep what the shares of a year rest on."""
    check_can_manage_budgets(request.user, region)
    row = get_object_or_404(keys_visible_to(request.user).filter(region=region), pk=pk)
    try:
        fix_year(key=row, year=year, by=request.user)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"De aandelen van {year} liggen vast.")
    return redirect("finance-key", region=region.slug, pk=pk)


def _stability(result: KeyResult) -> list[tuple[str, list[Decimal]]]:
    """Shares per municipality, year after year."""
    return [
        (
            line.municipality.name,
            [
                Decimal(share.numerator) / Decimal(share.denominator)
                for year in sorted(result.by_year)
                if (share := result.by_year[year].get(line.municipality.gm_code)) is not None
            ],
        )
        for line in result.lines
    ]


class OfKeys:
    request: Any
    region: Region

    def rows(self) -> Any:
        return keys_visible_to(self.request.user).filter(region=self.region)

    def back(self) -> str:
        return reverse("finance-keys", args=[self.region.slug])

    def way_back(self) -> list[tuple[str, str]]:
        return [("Verdeelsleutels", self.back())]


class KeepKey(OfKeys, RowPage):
    form_class = KeyForm
    noun = "verdeelsleutel"
    done = "De verdeelsleutel is vastgelegd als voorstel."

    def check(self) -> None:
        check_can_manage_budgets(self.request.user, self.region)

    def prepare(self) -> None:
        super().prepare()
        if self.row is not None and self.row.state != KeyState.PROPOSED:
            raise NotAllowed(
                "Deze sleutel staat vast en verandert niet meer. Stel een nieuwe voor."
            )

    def new_row(self) -> AllocationKey:
        return AllocationKey(region=self.region)

    def form_arguments(self) -> dict[str, Any]:
        return {**super().form_arguments(), "region": self.region}

    def save(self, form: Any) -> AllocationKey:
        return keep_key(key=form.instance, fixed=form.fixed(), by=self.request.user)


class MoveKey(OfKeys, MovePage):
    table = KEY

    def prepare(self) -> None:
        check_can_manage_budgets(self.request.user, self.region)
        self.row = get_object_or_404(self.rows(), pk=self.kwargs["pk"])

    def title(self) -> str:
        return f"{self.move.label}: {self.row}"

    def roles(self) -> frozenset[str]:
        return frozenset(access_of(self.request.user).roles_in(self.region.pk))

    def verb(self, move: Move, form: Any) -> Any:
        reason = form.cleaned_data["reason"]
        return move_key(key=self.row, move=move.name, by=self.request.user, reason=reason)

    def back(self) -> str:
        return reverse("finance-key", args=[self.region.slug, self.kwargs["pk"]])
