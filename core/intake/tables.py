"""CSV and XLSX forms: declared as columns with Dutch headers, read fast, with a template."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import gt
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from .cells import BAD, MESSAGES, REQUIRED, ColumnReader, Kind
from .pseudonyms import Pseudonyms
from .records import Column, RecordType
from .registry import FileReader, Reading
from .sink import Fault, Sink

SEPARATOR = ";"
_MOST_NAMED = 10
# An office writes a title, a date or an explanation above its table: so many lines, each of a few
# filled cells. A fuller line is the headers, or is refused as such.
MOST_ABOVE = 20
_FEW_CELLS = 3
_EMPTY_CELLS = ("", BAD + REQUIRED)


@dataclass(frozen=True)
class TableColumn:
    """A column: its Dutch header, the staging column it fills, and how its cells are read.

    `also` are other headers that offices give it, in any spelling of case, spaces and dots.
    """

    header: str
    name: str
    kind: Kind
    required: bool = True
    help: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableForm:
    """A table of one record type. `in_order` are pairs of headers of which the first may not come
    after the second (an empty cell is never out of order). With `others_ignored` a column that the
    form does not know is left alone: the list of an office holds more than is asked."""

    record_type_name: str
    columns: tuple[TableColumn, ...]
    in_order: tuple[tuple[str, str], ...] = ()
    file_name: str = "aanlevering"
    others_ignored: bool = False

    @property
    def record_type(self) -> RecordType:
        return RecordType(
            self.record_type_name,
            tuple(Column(column.name, column.kind.pg_type) for column in self.columns),
        )

    def open_reader(self, reading: Reading) -> FileReader:
        """The reader factory of the form: CSV, or XLSX by the ending of the name."""
        from .csvreader import CsvReader  # noqa: PLC0415 -- readers need this module
        from .xlsxreader import XlsxReader  # noqa: PLC0415

        is_sheet = reading.file_name.lower().endswith(".xlsx")
        return XlsxReader(self, reading) if is_sheet else CsvReader(self, reading)

    def csv_template(self) -> bytes:
        """A CSV with the headers and one example row, for Excel: BOM and semicolons."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=SEPARATOR, lineterminator="\r\n")
        writer.writerow(column.header for column in self.columns)
        writer.writerow(column.kind.example for column in self.columns)
        return b"\xef\xbb\xbf" + text.getvalue().encode()

    def xlsx_template(self) -> bytes:
        """A workbook with the headers in text cells, and a second sheet that explains them."""
        book = Workbook()
        sheet = book.active
        assert sheet is not None  # noqa: S101 -- a new workbook has a sheet
        sheet.title = "Gegevens"
        for number, column in enumerate(self.columns, start=1):
            head = sheet.cell(1, number, column.header)
            head.font = Font(bold=True)
            example = sheet.cell(2, number, column.kind.example)
            head.number_format = example.number_format = "@"
            letter = get_column_letter(number)
            sheet.column_dimensions[letter].width = max(14, len(column.header) + 2)
            sheet.column_dimensions[letter].number_format = "@"
        sheet.freeze_panes = "A2"
        explanation = book.create_sheet("Toelichting")
        explanation.append(["kolom", "verplicht", "inhoud", "toelichting"])
        for column in self.columns:
            required = "ja" if column.required else "nee"
            explanation.append([column.header, required, column.kind.expects, column.help])
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()


@dataclass
class Rows:
    """Turns batches of rows into COPY text, with faults for the rows that cannot be used."""

    form: TableForm
    sink: Sink
    order: Sequence[int]
    pseudonyms: Pseudonyms
    _readers: list[ColumnReader] = field(init=False)
    _pairs: list[tuple[int, int, str]] = field(init=False)

    def __post_init__(self) -> None:
        columns = self.form.columns
        self._readers = [
            column.kind.reader(required=column.required, pseudonyms=self.pseudonyms)
            for column in columns
        ]
        places = {column.header: place for place, column in enumerate(columns)}
        self._pairs = [(places[a], places[b], b) for a, b in self.form.in_order]

    def take(self, cells: Sequence[Sequence[str]], numbers: Sequence[int]) -> None:
        """Cells by column of the file, all of the same length, and the numbers of their rows."""
        absent = ("",) * len(numbers)
        fields = [
            read(cells[place] if place >= 0 else absent)
            for read, place in zip(self._readers, self.order, strict=True)
        ]
        self._check_order(fields)
        place = f"{self.sink.file_no}\t0\t"
        lines = list(map("\t".join, zip(*fields, strict=True)))
        if BAD in "".join(lines):
            pairs = [
                (number, line)
                for number, line in zip(numbers, lines, strict=True)
                if BAD not in line or self._reject(number, line)
            ]
            numbers, lines = [n for n, _ in pairs], [line for _, line in pairs]
        if lines:
            placed = [f"{place}{n}\t{line}\n" for n, line in zip(numbers, lines, strict=True)]
            self.sink.rows(self.form.record_type_name, "".join(placed), len(lines))

    def _check_order(self, fields: list[list[str]]) -> None:
        for first, last, _header in self._pairs:
            later = fields[last]
            if any(map(gt, fields[first], later)):
                for number, (begin, end) in enumerate(zip(fields[first], later, strict=True)):
                    if end and begin > end and not begin.startswith(BAD) and BAD not in end:
                        later[number] = BAD + "volgorde"

    def _reject(self, number: int, line: str) -> bool:
        """One fault per cell that is wrong; the row counts once. A row without any content is no
        row. Always False: the line is not kept."""
        cells = line.split("\t")
        if all(cell in _EMPTY_CELLS for cell in cells):
            return False
        records = 1
        for column, cell in zip(self.form.columns, cells, strict=True):
            if cell.startswith(BAD):
                fault = _cell_fault(column, cell[len(BAD) :], number)
                self.sink.reject(fault, records=records)
                records = 0
        return False


def _cell_fault(column: TableColumn, reason: str, number: int) -> Fault:
    if reason == "volgorde":
        message = f"'{column.header}' ligt voor de begindatum"
        advice = "Verbeter de periode."
    else:
        message, advice = MESSAGES.get(
            reason, (f"heeft een waarde die niet kan; verwacht wordt {column.kind.expects}", "")
        )
        message = f"'{column.header}' {message}"
    return Fault(
        f"cel-{reason}",
        f"{message}.",
        advice or f"Verbeter de waarde in kolom '{column.header}' en lever de rij opnieuw aan.",
        field=column.header,
        record_no=number,
        line_no=number,
    )


class HeaderRefused(Exception):
    def __init__(self, message: str, advice: str) -> None:
        super().__init__(message)
        self.fault = Fault("koppen", message, advice, record_no=1, line_no=1)


def _several(numbers: list[str]) -> str:
    named, more = ", ".join(numbers[:_MOST_NAMED]), len(numbers) - _MOST_NAMED
    return f"{named} en nog {more} andere" if more > 0 else named


def match_headers(form: TableForm, headers: Sequence[str]) -> list[int]:
    """For each column of the form the place of its header in the file, -1 when it is absent.

    Raises HeaderRefused. Headers that are not known are told by their place only: a file without
    headers begins with somebody's data.
    """
    names = {_normal(n): c.header for c in form.columns for n in (*c.also, c.header)}
    seen = [names.get(_normal(header), _normal(header)) for header in headers]
    known = {column.header for column in form.columns}
    expected = ", ".join(column.header for column in form.columns)
    unknown = [str(n) for n, header in enumerate(seen, 1) if header not in known]
    if len(unknown) == len(seen):
        raise HeaderRefused(
            "De eerste rij bevat geen koppen die dit formulier kent.",
            f"Gebruik het sjabloon. De koppen zijn: {expected}.",
        )
    if unknown and not form.others_ignored:
        raise HeaderRefused(
            f"Kolom {_several(unknown)} heeft een kop die dit formulier niet kent.",
            f"Haal de kolom weg of verbeter de kop. De koppen zijn: {expected}.",
        )
    doubled = sorted({header for header in known if seen.count(header) > 1})
    if doubled:
        raise HeaderRefused(
            f"De kop {', '.join(doubled)} komt meer dan eens voor.", "Laat elke kop één keer staan."
        )
    missing = [c.header for c in form.columns if c.required and c.header not in seen]
    if missing:
        raise HeaderRefused(
            f"De kolom {', '.join(missing)} ontbreekt.",
            "Voeg de kolom toe; het sjabloon laat zien welke er zijn.",
        )
    return [seen.index(c.header) if c.header in seen else -1 for c in form.columns]


def stands_above(cells: Iterable[str]) -> bool:
    """Whether a line without headers is a title or the like, below which to look on."""
    return sum(1 for cell in cells if cell.strip()) <= _FEW_CELLS


def wrong_width(number: int, found: int, expected: int) -> Fault:
    return Fault(
        "rij-breedte",
        f"De rij heeft {found} velden, maar er zijn {expected} koppen.",
        "Controleer de scheidingstekens in deze rij; zet tekst met een puntkomma tussen "
        "aanhalingstekens.",
        record_no=number,
        line_no=number,
    )


def _normal(header: str) -> str:
    """Case, blanks, dots and dashes do not matter: 'KvK-nr.' is 'kvk_nr'."""
    return re.sub(r"[\s._/-]+", "_", header.strip().lower()).strip("_")


def as_text(value: Any) -> str:
    """A typed cell of a workbook as the text that a CSV would hold."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value).replace(".", ",")
    if hasattr(value, "date"):
        return value.date().isoformat()  # a datetime: tables know days only
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def has_content(row: Iterable[str]) -> bool:
    return any(cell.strip() for cell in row)
