"""The lines under an amount, and one line with where it came from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render

from care.ijw.notation import title_of
from care.models import DeclarationLine
from care.queries.rows import lines_visible_to
from care.why import asks_why, looked
from core import clock
from core.exports import Cell, Column, csv_lines
from core.periods import add_months
from core.ui import page_of
from regions.models import Region
from segments.enums import unit_name
from segments.queries.framework import scheme_to_show

from ..presenters.cut_names import CutNames
from ..queries.lines import (
    Asked,
    answers_on,
    count_and_sum,
    findings_on,
    lines_beside,
    lines_in,
    origin_of,
    times_sent,
    trajectory_of,
)
from ..queries.spend import Cut
from ..rules import check_can_see_lines

NAMES = {
    "gemeente": "municipality",
    "segment": "segment",
    "categorie": "category",
    "product": "product",
    "aanbieder": "provider",
    "verwijzer": "referrer",
    "leeftijd": "age_group",
}
COLUMNS = (
    Column("Referentie", "Nummer van de regel bij de aanbieder", width=20),
    Column("Gemeente", "CBS-code", width=10),
    Column("Aanbieder", "AGB-code", width=12),
    Column("Product", "Productcode", width=10),
    Column("Eerste dag", "Van de gedeclareerde periode"),
    Column("Laatste dag", "Van de gedeclareerde periode"),
    Column("Volume", "In de eenheid ernaast; credit is negatief", 0),
    Column("Eenheid", "WJ756", width=10),
    Column("Bedrag", "In euro; credit is negatief", 2),
    Column("Dagtekening", "Van het bericht of de rij"),
    Column("Aanlevering", "Nummer waarin de regel binnenkwam", 0),
)


class PeriodForm(forms.Form):
    jaar = forms.IntegerField(min_value=2000, max_value=2100, required=False)
    maand = forms.RegexField(r"^\d{4}-(0[1-9]|1[0-2])$", required=False)


def asked_of(request: HttpRequest, region: Region) -> Asked:
    """The cut that the address names; a year, or a month within it."""
    form = PeriodForm(request.GET)
    scheme = scheme_to_show(region)
    if not form.is_valid() or scheme is None:
        raise Http404("onbekende periode")
    year = form.cleaned_data["jaar"] or clock.today().year
    start, end = date(year, 1, 1), date(year + 1, 1, 1)
    if month := form.cleaned_data["maand"]:
        start = date.fromisoformat(f"{month}-01")
        end = add_months(start, 1)
    chosen = {ours: request.GET[theirs] for theirs, ours in NAMES.items() if theirs in request.GET}
    day = max(clock.today(), scheme.valid_from)
    return Asked(region.pk, start, end, (scheme.pk, day), **chosen)


@asks_why
def lines(request: HttpRequest, region: Region) -> HttpResponse:
    """Each line that makes up an amount of the spend page; together they are that amount."""
    check_can_see_lines(request.user, region)
    asked = asked_of(request, region)
    rows = lines_in(request.user, asked)
    number, total = count_and_sum(rows)
    page = page_of(request, rows.order_by("begin_on", "pk"))
    why = looked(
        request, region, what="declaratieregels", rows=len(page), narrowed=_narrowed(request)
    )
    names = CutNames(region, {Cut.MUNICIPALITY, Cut.PROVIDER, *_cuts(request)})
    context = {
        "why": why,
        "asked": _in_words(request, names),
        "rows": [(row, *_names_of(row, names)) for row in page],
        "back": _way_back(request, asked),
        "page": page,
        "number": number,
        "total": total,
        "start": asked.care_from,
        "end": asked.care_to,
        "query": request.GET.urlencode(),
    }
    return render(request, "finance/lines.html", context)


def _names_of(row: DeclarationLine, names: CutNames) -> tuple[str, str]:
    """Municipality and provider of a line."""
    return (
        names.name(Cut.MUNICIPALITY, row.municipality),
        names.name(Cut.PROVIDER, row.provider),
    )


def _narrowed(request: HttpRequest) -> str:
    return ", ".join(f"{name}={value}" for name, value in request.GET.items() if name != "pagina")


def _cuts(request: HttpRequest) -> list[str]:
    """The cuts of the amount that was clicked, in the order of the page it came from."""
    return [name for name in request.GET if name in NAMES or name == Cut.MONTH]


def _in_words(request: HttpRequest, names: CutNames) -> list[tuple[str, str]]:
    return [
        (Cut(cut).label, names.name(cut, request.GET[cut]))
        for cut in _cuts(request)
        if cut != Cut.MONTH
    ]


def _way_back(request: HttpRequest, asked: Asked) -> str:
    """What the spend page must be asked to show the amount again."""
    cuts = dict(zip(("naar", "en", "ook"), _cuts(request), strict=False))
    return urlencode({"jaar": asked.care_from.year, **cuts})


@asks_why
def lines_file(request: HttpRequest, region: Region) -> StreamingHttpResponse:
    check_can_see_lines(request.user, region)
    rows = lines_in(request.user, asked_of(request, region)).order_by("begin_on", "pk")
    looked(request, region, what="declaratieregels", rows=rows.count(), narrowed=_narrowed(request))
    cells = (_cells(row) for row in rows.iterator(chunk_size=2000))
    answer = StreamingHttpResponse(
        csv_lines(COLUMNS, cells), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="declaratieregels-{region.slug}.csv"'
    return answer


def _cells(row: DeclarationLine) -> tuple[Cell, ...]:
    return (
        row.reference, row.municipality, row.provider, row.product, row.begin_on, row.end_on,
        row.volume, row.unit, row.euros, row.dagtekening, row.run,
    )  # fmt: skip


@asks_why
def line(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """One line: what was declared, what deviates, how it came in and what came before it."""
    check_can_see_lines(request.user, region)
    seen = lines_visible_to(request.user).filter(region_id=region.pk)
    row: Any = get_object_or_404(seen, pk=pk)
    beside = lines_beside(request.user, row)
    why = looked(
        request,
        region,
        what="declaratieregel",
        rows=max(len(beside), 1),
        narrowed=f"regel {row.pk} en wat op dezelfde toewijzing is gedeclareerd",
    )
    trajectory = trajectory_of(lambda name: getattr(row, name)) if row.allocation_number else None
    context = {
        **_in_names(region, row),
        **_how_it_came(row),
        "row": row,
        "why": why,
        "unit": unit_name(row.unit),
        "beside": beside,
        "together": sum((one.euros for one in beside), Decimal(0)),
        "findings": list(findings_on(row)),
        "trajectory": trajectory.first() if trajectory is not None else None,
    }
    return render(request, "finance/line.html", context)


def _in_names(region: Region, row: Any) -> dict[str, str]:
    """The codes of a line in words, and what to ask for the lines around it."""
    names = CutNames(region, (Cut.MUNICIPALITY, Cut.PROVIDER, Cut.PRODUCT))
    municipality, provider = _names_of(row, names)
    around = {"maand": f"{row.begin_on:%Y-%m}", "aanbieder": row.provider, "product": row.product}
    return {
        "municipality": municipality,
        "provider": provider,
        "product": names.name(Cut.PRODUCT, row.product),
        "around": urlencode(around),
    }


def _how_it_came(row: Any) -> dict[str, Any]:
    """Delivery, file and message; and every time the line was sent or answered."""
    origin = origin_of(row)
    return {
        "origin": origin,
        "message_kind": title_of(origin.message.code) if origin.message else "",
        "times": list(times_sent(row)),
        "answers": list(answers_on(row)),
    }
