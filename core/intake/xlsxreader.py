"""Reads the first visible sheet of a workbook. A workbook cannot be read while it streams in, so it
is kept in memory, never on disk, and is looked through before it is opened."""

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any

from openpyxl import load_workbook

from .registry import Reading
from .sink import Fault
from .tables import (
    MOST_ABOVE,
    HeaderRefused,
    Rows,
    TableForm,
    as_text,
    has_content,
    match_headers,
    stands_above,
    wrong_width,
)

_MAX_BYTES = 32 * 1024**2
_MAX_UNPACKED = 256 * 1024**2
_MAX_RATIO = 200
_MAX_COLUMNS = 200
_MAX_CELLS = 40_000_000
_BATCH = 1_000
_READ = 1 << 20
_LONGEST_FORMULA = 10_000


class _Refused(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.rule)
        self.fault = fault


class XlsxReader:
    def __init__(self, form: TableForm, reading: Reading) -> None:
        self._form = form
        self._reading = reading
        self._data = bytearray()
        self._read = 0
        reading.sink.kind = "XLSX"

    def feed(self, block: bytes) -> None:
        if len(self._data) <= _MAX_BYTES:
            self._data += block

    def close(self) -> None:
        try:
            if len(self._data) > _MAX_BYTES:
                raise _Refused(_TOO_BIG)
            _look_through(bytes(self._data))
            self._take_sheet()
        except _Refused as refusal:
            self._reading.sink.refuse_file(refusal.fault, records=max(0, self._read - 1))
        finally:
            self._data.clear()

    def _take_sheet(self) -> None:
        try:
            book = load_workbook(io.BytesIO(self._data), read_only=True, data_only=True)
            sheets = [s for s in book.worksheets if getattr(s, "sheet_state", "") == "visible"]
            if not sheets:
                raise _Refused(_NO_SHEET)
            merged_to = _look_through_sheet(bytes(self._data), sheets[0]._worksheet_path)
            sheets[0].reset_dimensions()
            self._take_rows(sheets[0].iter_rows(values_only=True), merged_to)
        except _Refused:
            raise
        except Exception:  # noqa: BLE001 -- openpyxl trips over broken parts in every way there is
            raise _Refused(_UNREADABLE) from None

    def _take_rows(self, values: Iterator[tuple[Any, ...]], merged_to: int) -> None:
        content = _with_content(enumerate(values, start=1))
        number, width, order = self._find_headers(content)
        if merged_to >= number:
            raise _Refused(_MERGED_CELLS)
        reading = self._reading
        rows = Rows(self._form, reading.sink, order, reading.pseudonyms)
        self._read = 1
        while batch := list(islice(content, _BATCH)):
            self._read += len(batch)
            self._take_batch(rows, batch, width)
        if self._read == 1:
            raise _Refused(_EMPTY)

    def _find_headers(self, content: Iterator[tuple[int, list[str]]]) -> tuple[int, int, list[int]]:
        """The row with the headers, below titles: its number, its width, the place of each column.

        Of rows that are none, a full one is told what is wrong with it, else the first.
        """
        first: HeaderRefused | None = None
        for number, row in islice(content, MOST_ABOVE):
            names = row[:_MAX_COLUMNS]
            while not names[-1].strip():
                names.pop()
            try:
                return number, len(names), match_headers(self._form, names)
            except HeaderRefused as refusal:
                if not stands_above(names):
                    raise _Refused(refusal.fault) from None
                first = first or refusal
        raise _Refused(first.fault if first else _EMPTY)

    def _take_batch(self, rows: Rows, batch: list[tuple[int, list[str]]], width: int) -> None:
        taken: list[list[str]] = []
        numbers: list[int] = []
        for number, row in batch:
            if has_content(row[width:]):
                self._reading.sink.reject(wrong_width(number, len(row), width))
                continue
            taken.append((row + [""] * width)[:width])
            numbers.append(number)
        if taken:
            rows.take(list(zip(*taken, strict=True)), numbers)


def _with_content(
    numbered: Iterator[tuple[int, tuple[Any, ...]]],
) -> Iterator[tuple[int, list[str]]]:
    seen = 0
    for number, values in numbered:
        seen += len(values) + 1
        if seen > _MAX_CELLS:
            raise _Refused(_BOMB)
        row = [as_text(value) for value in values[: _MAX_COLUMNS + 1]]
        if has_content(row):
            yield number, row


def _look_through(data: bytes) -> None:
    """Refuse what could hurt, from the directory and one pass over the parts."""
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise _Refused(_ENCRYPTED)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise _Refused(_UNREADABLE) from None
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise _Refused(_ENCRYPTED)
    if any("vbaProject" in part.filename for part in parts):
        raise _Refused(_MACROS)
    size = sum(part.file_size for part in parts)
    if size > _MAX_UNPACKED or size > _MAX_RATIO * max(len(data), 10_000):
        raise _Refused(_BOMB)
    for part in parts:
        _look_through_part(archive, part)


def _look_through_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No DOCTYPE anywhere, and not longer than the directory says."""
    tail, seen = b"", 0
    try:
        with archive.open(part) as stream:
            while block := stream.read(_READ):
                seen += len(block)
                if b"<!DOCTYPE" in tail + block or b"<!ENTITY" in tail + block:
                    raise _Refused(_DOCTYPE)
                tail = block[-16:]
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError):
        raise _Refused(_UNREADABLE) from None
    if seen > part.file_size:
        raise _Refused(_BOMB)


# Down to which row cells are merged.
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="[A-Z]+[0-9]+(?::[A-Z]+([0-9]+))?"')
# A formula of which the cell holds no outcome; an outcome that is an empty text is one.
_NO_OUTCOME = re.compile(
    rb'<c\b(?![^>]*\bt="str")[^>]*>\s*<f\b[^<]*(?:</f>)?\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)


def _look_through_sheet(data: bytes, path: str) -> int:
    """Refuse what openpyxl reads as empty cells while the screen shows something there.

    Returns the last row in which cells are merged; above the headers that does no harm.
    """
    tail, merged_to = b"", 0
    with zipfile.ZipFile(io.BytesIO(data)).open(path) as stream:
        while block := stream.read(_READ):
            window = tail + block
            merged_to = max([merged_to, *(int(row or 1) for row in _MERGED.findall(window))])
            if b"<f" in window and _NO_OUTCOME.search(window):
                raise _Refused(_FORMULA)
            tail = block[-_LONGEST_FORMULA:]
    return merged_to


_AGAIN = "Sla het op als .xlsx zonder macro's en wachtwoord, of als CSV, en lever het opnieuw aan."
_TOO_BIG = Fault("werkmap-te-groot", "De werkmap is groter dan 32 MB.", "Lever een CSV aan.")
_UNREADABLE = Fault("werkmap-onleesbaar", "De werkmap kan niet worden gelezen.", _AGAIN)
_ENCRYPTED = Fault("werkmap-versleuteld", "De werkmap is beveiligd of te oud.", _AGAIN)
_MACROS = Fault("werkmap-macros", "De werkmap bevat macro's.", _AGAIN)
_DOCTYPE = Fault("werkmap-doctype", "De werkmap bevat een DOCTYPE.", _AGAIN)
_BOMB = Fault("werkmap-bom", "De werkmap wordt bij het openen ongewoon groot.", _AGAIN)
_MERGED_CELLS = Fault(
    "werkmap-samengevoegd",
    "Het blad bevat samengevoegde cellen: alleen de eerste cel daarvan heeft een waarde.",
    "Hef het samenvoegen op, vul elke rij zelf in en lever de werkmap opnieuw aan.",
)
_FORMULA = Fault(
    "werkmap-formule",
    "Het blad bevat een formule zonder uitkomst.",
    "Open de werkmap in het rekenblad, plak de uitkomsten als waarden en lever haar opnieuw aan.",
)
_NO_SHEET = Fault("werkmap-zonder-blad", "De werkmap heeft geen zichtbaar blad.", _AGAIN)
_EMPTY = Fault(
    "bestand-leeg", "Het eerste blad bevat geen rijen.", "Vul het sjabloon in en lever het aan."
)
