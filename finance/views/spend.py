"""Pages of what is being spent."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django import forms
from django.db.models import Max, Min
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from care.models import SpendTotal
from core import clock
from core.charts import EUROS, BarChart, Series
from core.errors import DomainError
from core.exports import Cell, Column, Sheet, csv_lines, write_xlsx
from core.ui import page_of
from regions.models import Region

from ..presenters.cut_names import CutNames
from ..queries.spend import (
    Cut,
    Slice,
    check_together,
    cuts_of,
    spend_now,
    spend_scope,
    view_of_now,
)
from ..rules import can_see_lines, check_can_see_finance
from ..workbooks import inputs_sheet
from .projections import XLSX

SHOWN_BARS = 15
ROWS_A_PAGE = 50


class SpendFilter(forms.Form):
    jaar = forms.TypedChoiceField(label="Jaar van de zorg", required=False, coerce=int)
    naar = forms.ChoiceField(label="Per", required=False, choices=Cut.choices)
    en = forms.ChoiceField(label="en per", required=False, choices=[("", "–"), *Cut.choices])
    ook = forms.ChoiceField(label="en ook per", required=False, choices=[("", "–"), *Cut.choices])

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jaar"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or {}
        cuts = cuts_of(asked.get("naar") or Cut.SEGMENT, asked.get("en"), asked.get("ook"))
        try:
            check_together(cuts)
        except DomainError as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        return {**asked, "cuts": cuts}


class SpendRow(NamedTuple):
    """Names and euros of a part; `question` asks for the lines under it ('' where none are)."""

    names: list[str]
    declared: Decimal
    instalments: Decimal
    together: Decimal
    question: str


class SpendPage:
    """Spend of a year by one cut, two or three, as this user may see it."""

    def __init__(self, request: HttpRequest, region: Region) -> None:
        self.region = region
        years = _years(region)
        # What is not asked for is filled in, so that the filter says what is shown.
        usual = {"jaar": str(years[0]) if years else "", "naar": str(Cut.SEGMENT)}
        asked_for = {name: value for name, value in request.GET.items() if value}
        self.filter = SpendFilter({**usual, **asked_for}, years=years)
        self.filter.is_valid()
        # What was filled in well counts, also when the cuts cannot go together.
        asked = getattr(self.filter, "cleaned_data", {})
        self.year: int = asked.get("jaar") or (years[0] if years else clock.today().year)
        self.cuts: list[str] = asked.get("cuts") or [Cut.SEGMENT]
        self.slices = self._slices(request.user)
        self.sees_lines = can_see_lines(request.user, region)
        self.names = CutNames(region, self.cuts)

    def _slices(self, user: Any) -> list[Slice]:
        view = view_of_now(self.region)
        if view is None:
            return []
        start, end = date(self.year, 1, 1), date(self.year + 1, 1, 1)
        scope = spend_scope(user, self.region.pk)
        return spend_now(view, self.cuts, care_from=start, care_to=end, municipalities=scope)

    @property
    def headers(self) -> list[str]:
        return [str(Cut(cut).label) for cut in self.cuts]

    @cached_property
    def ordered(self) -> list[Slice]:
        """The largest first; months in their own order."""
        if Cut.MONTH in self.cuts:
            return self.slices
        return sorted(self.slices, key=lambda one: one.cents, reverse=True)

    def rows(self, slices: Iterable[Slice]) -> list[SpendRow]:
        return [
            SpendRow(
                self.names_of(one),
                Decimal(one.declared).scaleb(-2),
                Decimal(one.instalments).scaleb(-2),
                one.euros,
                self.question(one) if self.sees_lines and one.declared else "",
            )
            for one in slices
        ]

    def names_of(self, one: Slice) -> list[str]:
        return [self.names.name(cut, key) for cut, key in zip(self.cuts, one.keys, strict=True)]

    def question(self, one: Slice) -> str:
        """What the page of lines must be asked for this part."""
        return urlencode({"jaar": self.year, **dict(zip(self.cuts, one.keys, strict=True))})

    @property
    def total(self) -> Decimal:
        return self.declared + self.instalments

    @cached_property
    def declared(self) -> Decimal:
        return Decimal(sum(one.declared for one in self.slices)).scaleb(-2)

    @cached_property
    def instalments(self) -> Decimal:
        return Decimal(sum(one.instalments for one in self.slices)).scaleb(-2)

    @property
    def chart(self) -> BarChart | None:
        """The largest parts; every month of the year where months are asked for."""
        bars = self._months() if Cut.MONTH in self.cuts else self._largest()
        if not bars:
            return None
        by = "maand" if Cut.MONTH in self.cuts else " en ".join(self.headers).lower()
        most = f" (de {len(bars)} grootste van {len(self.slices)})"
        cut_off = Cut.MONTH not in self.cuts and len(bars) < len(self.slices)
        return BarChart(
            title=f"Uitgaven over {self.year}, per {by}{most if cut_off else ''}",
            categories=tuple(bars),
            series=(Series("bekend", tuple(bars.values())),),
            unit=EUROS,
        )

    def _largest(self) -> dict[str, Decimal]:
        return {", ".join(self.names_of(one)): one.euros for one in self.ordered[:SHOWN_BARS]}

    def _months(self) -> dict[str, Decimal]:
        place = self.cuts.index(Cut.MONTH)
        found: dict[str, int] = defaultdict(int)
        for one in self.slices:
            found[one.keys[place]] += one.cents
        return {
            self.names.name(Cut.MONTH, key): Decimal(found[key]).scaleb(-2) for key in sorted(found)
        }

    @property
    def columns(self) -> list[Column]:
        return [
            *(Column(header, f"{header}: code", width=14) for header in self.headers),
            *(Column(f"{header} (naam)", f"{header}: naam", width=30) for header in self.headers),
            Column("Gedeclareerd", "Na correcties en afkeuringen", 2, unit="euro", total=True),
            Column(
                "Termijnen", "Deel van termijnbetalingen in dit jaar", 2, unit="euro", total=True
            ),
            Column("Samen", "Gedeclareerd plus termijnen", 2, unit="euro", total=True),
        ]

    def inputs(self, user: Any) -> list[tuple[str, Cell]]:
        """What the amounts rest on."""
        scope = spend_scope(user, self.region.pk)
        view = view_of_now(self.region)
        return [
            ("Regio", self.region.name),
            ("Zorg van het jaar", self.year),
            ("Uitgesplitst naar", " en ".join(self.headers)),
            ("Gemeenten", "alle" if scope is None else ", ".join(scope)),
            ("Stand van", clock.today()),
            ("Aanleveringen tot en met nummer", view.cutoff_run if view else None),
            ("Plaats van producten zoals op", view.scheme_on if view else None),
            ("Fictief", "ja: demonstratiegegevens" if self.region.is_demo else "nee"),
        ]

    def export_rows(self) -> list[tuple[Cell, ...]]:
        return [
            (
                *one.keys,
                *(self.names.name(cut, key) for cut, key in zip(self.cuts, one.keys, strict=True)),
                Decimal(one.declared).scaleb(-2),
                Decimal(one.instalments).scaleb(-2),
                one.euros,
            )
            for one in self.slices
        ]


def _years(region: Region) -> list[int]:
    """Years of care with money, the last first; from the ends of an index, not from all rows."""
    months = SpendTotal.objects.filter(region_id=region.pk, kind=SpendTotal.CELL)
    found = months.aggregate(first=Min("care_month"), last=Max("care_month"))
    if found["first"] is None:
        return []
    return list(range(found["last"].year, found["first"].year - 1, -1))


def spend(request: HttpRequest, region: Region) -> HttpResponse:
    check_can_see_finance(request.user, region)
    page = SpendPage(request, region)
    shown = page_of(request, page.ordered, ROWS_A_PAGE)
    context = {
        "page": page,
        "shown": shown,
        "rows": page.rows(shown),
        "filter": page.filter,
        "query": request.GET.urlencode(),
    }
    return render(request, "finance/spend.html", context)


def spend_file(request: HttpRequest, region: Region, form: str) -> Any:
    check_can_see_finance(request.user, region)
    page = SpendPage(request, region)
    name = f"uitgaven-{region.slug}-{page.year}-{'-'.join(page.cuts)}"
    if form == "csv":
        lines = csv_lines(page.columns, page.export_rows())
        answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return answer
    target = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by the response
    sheets = [
        Sheet("Uitgaven", page.columns, page.export_rows()),
        inputs_sheet(page.inputs(request.user)),
    ]
    write_xlsx(target, sheets, notes=["Zoals nu bekend; wat nog binnenkomt staat er niet in."])
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
