"""The figures as files: tidy rows, one per indicator and cell, in CSV and XLSX."""

import tempfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse

from core.exports import Cell, Column, Sheet, csv_lines, write_xlsx
from core.formats import date_long
from core.suppression import HIDDEN
from regions.models import Region

from ..indicators import find
from ..queries.reading import rows_for
from ..rules import check_can_see_figures
from .asked import Asked, asked_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    Column("code", "Code van de indicator", width=24),
    Column("indicator", "Naam van de indicator", width=44),
    Column("halfjaar", "Halfjaar waarover het cijfer gaat", width=10),
    Column("gemeente", "CBS-code; * is de hele regio", width=10),
    Column("segment", "Code van het segment; * is alle segmenten", width=14),
    Column("categorie", "Gerichtheid en verblijf; * is alle categorieën", width=24),
    Column("aanbieder", "AGB-code; * is alle aanbieders", width=12),
    Column("teller", "Teller van een aandeel of gemiddelde, of het aantal of bedrag zelf"),
    Column("noemer", "Noemer; bij een percentiel het aantal gevallen"),
    Column("waarde", "De waarde; een aandeel tussen 0 en 1"),
    Column("ondergrens", "Ondergrens van het interval met 95% kans"),
    Column("bovengrens", "Bovengrens van het interval met 95% kans"),
)


def figures_csv(request: HttpRequest, region: Region) -> HttpResponse:
    asked = _asked(request, region)
    lines = csv_lines(COLUMNS, rows_of(asked))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_name(asked)}.csv"'
    return response  # type: ignore[return-value]


def figures_xlsx(request: HttpRequest, region: Region) -> HttpResponse:
    asked = _asked(request, region)
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- FileResponse closes it
    write_xlsx(file, [Sheet("Cijfers", COLUMNS, rows_of(asked))], notes=_notes(asked))
    file.seek(0)
    return FileResponse(  # type: ignore[return-value]
        file, as_attachment=True, filename=f"{_name(asked)}.xlsx", content_type=XLSX
    )


def rows_of(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    """What the user may know of the half-year, narrowed by the filter."""
    rows = rows_for(asked.user, asked.figures.now)
    rows = rows.filter(**{name: value for name, value in asked.where.filled().items() if value})
    theme = asked.filter.cleaned_data.get("thema", "")
    order = ("code", "municipality", "segment", "category", "provider")
    for row in rows.order_by(*order).iterator(2_000):
        indicator = find(row.code)
        if not theme or (indicator and indicator.theme == theme):
            yield _cells(row, asked.figures.now.half_year, indicator.name if indicator else "")


def _cells(row: Any, half_year: str, name: str) -> tuple[Cell, ...]:
    place = (row.municipality, row.segment, row.category, row.provider)
    numbers = (row.numerator, row.denominator, row.value, row.low, row.high)
    shown = (HIDDEN,) * len(numbers) if row.hidden else tuple(map(_plain, numbers))
    return (row.code, name, half_year, *(part or "*" for part in place), *shown)


def _plain(number: Decimal | float | None) -> Cell:
    """A whole number without decimals, so that a count reads as one."""
    return int(number) if number is not None and number == int(number) else number


def _asked(request: HttpRequest, region: Region) -> Asked:
    check_can_see_figures(request.user, region)
    asked = asked_of(request, region)
    if asked is None or not asked.filter.is_valid():
        raise Http404
    return asked


def _name(asked: Asked) -> str:
    return f"cijfers-{asked.region.slug}-{asked.figures.now.half_year.lower()}"


def _notes(asked: Asked) -> tuple[str, ...]:
    one = asked.figures.now
    return (
        f"Cijfers van {asked.region}, {one.period.title}, indeling {one.scheme}.",
        f"Bekend op {date_long(one.known_on)}, tot en met aanlevering {one.cutoff_run}; "
        f"berekening {one.code_version}, controlegetal {one.checksum[:16]}.",
        "Afgeschermd: dit cijfer is te herleiden tot een kleine groep en wordt niet getoond.",
    )
