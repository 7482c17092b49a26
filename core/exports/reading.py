"""Reading a table that someone sent: CSV or XLSX, told apart by content, never by name."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from core.exports.columns import UNPRINTABLE, unescaped
from core.exports.csv_in import csv_rows
from core.exports.refusals import TableError
from core.exports.xlsx_guard import Limits
from core.exports.xlsx_in import xlsx_rows

OLE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
LONGEST_CELL = 4_000
MOST_COLUMNS = 400
NumberedCells = tuple[int, list[str]]


@dataclass(frozen=True)
class Row:
    """A row under the headers. `number` is the line (CSV) or row (XLSX) as the sender sees it.

    `problem` is a Dutch sentence when the row itself cannot be used; values are then as found.
    """

    number: int
    values: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True)
class IncomingTable:
    """Headers, and rows read as you go; can be walked through once."""

    name: str
    headers: tuple[str, ...]
    _body: Iterator[NumberedCells]

    def __iter__(self) -> Iterator[Row]:
        for number, cells in self._body:
            if any(cells):
                yield _row(number, cells, len(self.headers))

    def column(self, header: str) -> int:
        """The place of a header, capitals and spaces aside; ValueError when it is not there."""
        return [_plain(h) for h in self.headers].index(_plain(header))


def open_table(
    source: bytes | IO[bytes],
    name: str,
    *,
    required: Sequence[str] = (),
    optional: Sequence[str] | None = None,
    limits: Limits | None = None,
) -> IncomingTable:
    """Open a CSV or XLSX file; raises TableError (Dutch) when it cannot be a good table.

    `source` is bytes or a seekable binary file that stays open while rows are read; CSV is read
    a line at a time, XLSX is bounded by `limits` before it is unpacked. With `optional` given,
    columns that are in neither list are refused. All values are text: numbers with a decimal
    comma, dates as 2025-01-31. A file without rows is refused when the rows are read.
    """
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    body = _rows(file, name, limits or Limits())
    first = next(body, None)
    if first is None:
        raise TableError(name, "het bestand is leeg. Vul het sjabloon in.", code="bestand-leeg")
    line, cells = first
    headers = _headers(name, line, cells)
    _check_headers(name, line, headers, required, optional)
    return IncomingTable(name, headers, _not_empty(body, name))


def _rows(file: IO[bytes], name: str, limits: Limits) -> Iterator[NumberedCells]:
    file.seek(0)
    start = file.read(8)
    file.seek(0)
    if start.startswith(OLE):
        raise TableError(
            name,
            "dit is een oud Excelbestand (.xls) of een bestand met een wachtwoord. "
            "Sla het zonder wachtwoord op als .xlsx of als CSV.",
            code="bestand-versleuteld-of-oud",
        )
    if start.startswith(ZIP):
        return xlsx_rows(file, name, limits)
    if name.lower().endswith((".xlsx", ".xlsm")):
        raise TableError(
            name, "dit is geen Excelbestand. Sla het opnieuw op als .xlsx.", code="geen-xlsx"
        )
    return csv_rows(file, name)


def _not_empty(body: Iterator[NumberedCells], name: str) -> Iterator[NumberedCells]:
    found = False
    for row in body:
        found = found or any(row[1])
        yield row
    if not found:
        raise TableError(
            name,
            "onder de kolomnamen staan geen rijen. Vul minstens één rij in.",
            code="bestand-zonder-rijen",
        )


def _row(number: int, cells: list[str], width: int) -> Row:
    values = [unescaped(cell.strip()) for cell in cells]
    extra = [value for value in values[width:] if value]
    values = (values + [""] * width)[:width]
    return Row(number, tuple(values), _problem(values, extra, width))


def _problem(values: list[str], extra: list[str], width: int) -> str:
    if extra:
        return (
            f"er staan meer dan {width} waarden in deze rij. "
            "Zet een waarde met een puntkomma erin tussen dubbele aanhalingstekens."
        )
    for place, value in enumerate(values, start=1):
        if len(value) > LONGEST_CELL:
            return f"kolom {place} is langer dan {LONGEST_CELL} tekens. Kort de tekst in."
        if UNPRINTABLE.search(value):
            return f"kolom {place} bevat een onleesbaar teken. Typ de waarde opnieuw."
    return ""


def _plain(header: str) -> str:
    return re.sub(r"\s+", " ", header).strip().casefold()


def _headers(name: str, line: int, cells: list[str]) -> tuple[str, ...]:
    headers = [unescaped(cell.strip()) for cell in cells]
    while headers and not headers[-1]:
        headers.pop()
    if not headers:
        raise TableError(
            name, "de kolomnamen ontbreken op de eerste regel.", code="kolomnamen-ontbreken"
        )
    if len(headers) > MOST_COLUMNS or any(
        not h or len(h) > 200 or UNPRINTABLE.search(h) for h in headers
    ):
        raise TableError(
            name,
            "de kolomnamen zijn niet te lezen. Neem de eerste regel over uit het sjabloon.",
            code="kolomnamen-onleesbaar",
            line=line,
        )
    return tuple(headers)


def _check_headers(
    name: str,
    line: int,
    headers: Sequence[str],
    required: Sequence[str],
    optional: Sequence[str] | None,
) -> None:
    plain = [_plain(h) for h in headers]
    double = sorted({h for h, p in zip(headers, plain, strict=True) if plain.count(p) > 1})
    missing = [h for h in required if _plain(h) not in plain]
    allowed = {_plain(h) for h in (*required, *(optional or ()))}
    extra = [
        h for h, p in zip(headers, plain, strict=True) if optional is not None and p not in allowed
    ]
    for names, problem, code in (
        (double, "deze kolommen staan er dubbel in: {}. Houd er van elk één.", "kolom-dubbel"),
        (missing, "deze kolommen ontbreken: {}. Neem ze over uit het sjabloon.", "kolom-ontbreekt"),
        (extra, "deze kolommen kennen we niet: {}. Haal ze weg.", "kolom-onbekend"),
    ):
        if names:
            listed = ", ".join(name[:60] for name in names[:10])
            raise TableError(name, problem.format(listed), code=code, line=line)
