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
    HeaderRefused,
    Rows,
    TableForm,
    as_text,
    has_content,
    match_headers,
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
            _look_through_sheet(bytes(self._data), sheets[0]._worksheet_path)
            sheets[0].reset_dimensions()
            self._take_rows(sheets[0].iter_rows(values_only=True))
        except _Refused:
            raise
        except Exception:  # noqa: BLE001 -- openpyxl trips over broken parts in every way there is
            raise _Refused(_UNREADABLE) from None

    def _take_rows(self, values: Iterator[tuple[Any, ...]]) -> None:
        numbered = enumerate(values, start=1)
        number, headers = next(
            ((n, row) for n, row in numbered if any(v is not None for v in row)), (0, ())
        )
        if not number:
            raise _Refused(_EMPTY)
        names = [as_text(value) for value in headers[:_MAX_COLUMNS]]
        while names and not names[-1].strip():
            names.pop()
        try:
            order = match_headers(self._form, names)
        except HeaderRefused as refusal:
            raise _Refused(refusal.fault) from None
        reading = self._reading
        rows = Rows(self._form, reading.sink, order, reading.pseudonyms)
        self._read = 1
        content = _with_content(numbered)
        while batch := list(islice(content, _BATCH)):
            self._read += len(batch)
            self._take_batch(rows, batch, len(names))
        if self._read == 1:
            raise _Refused(_EMPTY)

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


_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b")
# A formula of which the cell holds no outcome; an outcome that is an empty text is one.
_NO_OUTCOME = re.compile(
    rb'<c\b(?![^>]*\bt="str")[^>]*>\s*<f\b[^<]*(?:</f>)?\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)


def _look_through_sheet(data: bytes, path: str) -> None:
    """Refuse what openpyxl reads as empty cells while the screen shows something there."""
    tail = b""
    with zipfile.ZipFile(io.BytesIO(data)).open(path) as stream:
        while block := stream.read(_READ):
            window = tail + block
            if _MERGED.search(window):
                raise _Refused(_MERGED_CELLS)
            if b"<f" in window and _NO_OUTCOME.search(window):
                raise _Refused(_FORMULA)
            tail = block[-_LONGEST_FORMULA:]


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
