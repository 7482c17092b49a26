"""An edition as files that others work on: DOCX, the letter to the council, XLSX."""

from dataclasses import astuple
from io import BytesIO
from tempfile import SpooledTemporaryFile
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile

from django.http import FileResponse, Http404, HttpRequest, HttpResponse

from core.exports import Column, Sheet, write_xlsx
from core.formats import date_long
from core.writing import DOCX, to_docx
from regions.models import Region

from ..domain.documents import as_document, information_letter
from ..domain.sheets import sheets_beside
from ..enums import EditionKind, EditionState
from ..models import Edition
from ..queries.public import figure_rows
from ..queries.texts import written
from ..queries.visible import editions_visible_to, without_older_versions
from ..rules import is_only_notice
from .pages import find_edition

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    Column("Code", "Korte naam van de indicator, zoals in de API."),
    Column("Indicator", width=44),
    Column("Halfjaar", "Waarover het cijfer gaat."),
    Column("Gemeente", "CBS-code; leeg is de hele regio."),
    Column("Segment", "Leeg is alle segmenten samen."),
    Column("Waarde", "Afgerond zoals in de rapportage; een aandeel ligt tussen 0 en 1."),
    Column("Ondergrens", "Van het 95%-interval."),
    Column("Bovengrens", "Van het 95%-interval."),
    Column("Afgeschermd", "Ja: anders kan iemand herkend worden."),
)


def edition_docx(request: HttpRequest, region: Region, pk: UUID) -> HttpResponse:
    """The whole edition, for who must take it over in a template of the own house."""
    edition = _readable(request, region, pk)
    return _file(to_docx(as_document(written(edition), edition)), DOCX, _name(edition, "docx"))


def edition_letter(request: HttpRequest, region: Region, pk: UUID) -> HttpResponse:
    """The information letter to the council that goes with a council edition."""
    edition = _readable(request, region, pk)
    if edition.kind not in EditionKind.FOR_COUNCILS:
        raise Http404("geen brief bij deze rapportage")
    document = information_letter(written(edition), edition)
    return _file(to_docx(document), DOCX, f"raadsinformatiebrief-{_name(edition, 'docx')}")


def edition_xlsx(request: HttpRequest, region: Region, pk: UUID) -> HttpResponse:
    """Every figure of the edition in typed cells, as its page says it, with definitions."""
    edition = _readable(request, region, pk)
    content = written(edition).content
    sheets = (
        Sheet("Cijfers", COLUMNS, map(astuple, figure_rows(content, edition))),
        *sheets_beside(content),
        Sheet(
            "Begrippen",
            (Column("Begrip", width=44), Column("Betekenis", width=90), Column("Bron", width=30)),
            ((d.name, d.text, d.source) for d in content.definitions),
        ),
    )
    out = BytesIO()
    write_xlsx(
        out,
        sheets,
        notes=(
            f"{edition.title}, {edition.period.title}, versie {edition.version}.",
            f"Cijfers bekend op {date_long(edition.known_on)}.",
        ),
    )
    return _file(out.getvalue(), XLSX, _name(edition, "xlsx"))


def half_year_zip(request: HttpRequest, region: Region, half_year: str) -> FileResponse:
    """Every PDF of a half-year that this user may read, in one file to print."""
    visible = editions_visible_to(request.user).filter(
        region=region, half_year=half_year.upper(), pdf__isnull=False
    )
    rows = without_older_versions(visible).exclude(state=EditionState.WITHDRAWN)
    if not rows.exists():
        raise Http404("geen rapportages")
    out = SpooledTemporaryFile(max_size=5_000_000)  # noqa: SIM115 -- the response closes it
    with ZipFile(out, "w", ZIP_STORED) as together:
        for edition in rows:
            if edition.pdf is not None:
                together.writestr(edition.pdf.file_name, edition.pdf.file.read())
    out.seek(0)
    name = f"rapportages-{region.slug}-{half_year.lower()}.zip"
    return FileResponse(out, as_attachment=True, filename=name, content_type="application/zip")


def _readable(request: HttpRequest, region: Region, pk: UUID) -> Edition:
    edition = find_edition(request, region, pk)
    if is_only_notice(request.user, edition):
        raise Http404("ingetrokken")
    return edition


def _name(edition: Edition, extension: str) -> str:
    stem = edition.pdf.file_name.removesuffix(".pdf") if edition.pdf else "jeugdhulp"
    return f"{stem}.{extension}"


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
