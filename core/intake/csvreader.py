"""Reads a CSV while it streams in, in batches, in constant memory."""

import codecs
import csv
import io
from collections import deque

from .registry import Reading
from .sink import Fault
from .tables import (
    MOST_ABOVE,
    HeaderRefused,
    Rows,
    TableForm,
    has_content,
    match_headers,
    stands_above,
    wrong_width,
)

_SEPARATORS = ";,\t"
_MAX_PENDING = 4_000_000
_WIDE_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class _Refused(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.rule)
        self.fault = fault


class CsvReader:
    """UTF-8 (with or without BOM) or Windows-1252; separated by ; or , or tabs."""

    def __init__(self, form: TableForm, reading: Reading) -> None:
        self._form = form
        self._reading = reading
        self._text = _TextOf()
        self._pending = ""
        self._separator = ";"
        self._rows: Rows | None = None
        self._width = 0
        self._read = self._head = 0
        self._above: list[HeaderRefused] = []
        self._ended = False
        reading.sink.kind = "CSV"

    def feed(self, block: bytes) -> None:
        if self._ended:
            return
        try:
            self._pending += self._text.decode(block)
            self._take_whole_lines()
        except _Refused as refusal:
            self._refuse(refusal.fault)

    def close(self) -> None:
        if self._ended:
            return
        try:
            self._pending += self._text.decode(b"", final=True)
            self._take(self._pending, last=True)
            if self._rows is None:
                raise _Refused(self._above[0].fault if self._above else _EMPTY)
            if self._read == self._head:
                raise _Refused(_ONLY_HEADERS)
        except _Refused as refusal:
            self._refuse(refusal.fault)

    def _refuse(self, fault: Fault) -> None:
        self._ended = True
        self._reading.sink.refuse_file(fault, records=self._read - self._head)

    def _take_whole_lines(self) -> None:
        """Take up to the last line end that is not inside quotes."""
        end = self._pending.rfind("\n") + 1
        if '"' in self._pending:
            while end and self._pending.count('"', 0, end) % 2:
                end = self._pending.rfind("\n", 0, end - 1) + 1
        if end:
            whole, self._pending = self._pending[:end], self._pending[end:]
            self._take(whole)
        elif len(self._pending) > _MAX_PENDING:
            raise _Refused(_open_quote(self._read + 1) if '"' in self._pending else _NO_LINES)

    def _take(self, text: str, *, last: bool = False) -> None:
        if self._rows is None:
            text = self._take_headers(text)
        if not text:
            return
        if '"' not in text and self._take_plain(text):
            return
        if last and text.count('"') % 2 and self._ends_in_quotes(text):
            raise _Refused(_open_quote(self._read + 1))
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=self._separator))
        except csv.Error:
            raise _Refused(_NOT_CSV) from None
        self._take_rows(rows)

    def _ends_in_quotes(self, text: str) -> bool:
        """Whether the text ends inside a quoted cell; a quote in the middle of a cell is text."""
        lines = io.StringIO(text, newline="")
        try:
            deque(csv.reader(lines, delimiter=self._separator, strict=True), maxlen=0)
        except csv.Error as error:
            return "unexpected end" in str(error)
        return False

    def _take_plain(self, text: str) -> bool:
        """Cut a text without quotes straight into columns; False when its rows differ in width.

        With a cell of its own for each line end, every so many-th cell is one, or a row is uneven.
        """
        assert self._rows  # noqa: S101 -- the headers came first
        if "\r" in text:
            text = text.replace("\r\n", "\n")
        text = text if text.endswith("\n") else text + "\n"
        cut, step = self._separator, self._width + 1
        cells = text.replace("\n", f"{cut}\n{cut}").split(cut)
        del cells[-1]
        count = text.count("\n")
        if len(cells) != count * step or cells[self._width :: step] != ["\n"] * count:
            return False
        numbers = range(self._read + 1, self._read + 1 + count)
        self._read += count
        self._rows.take([cells[place::step] for place in range(self._width)], numbers)
        return True

    def _take_headers(self, text: str) -> str:
        """Find the separator and the headers in the first lines; returns what comes after."""
        while self._rows is None and text:
            line, end, text = text.partition("\n")
            line = line.rstrip("\r")
            if line.lower().startswith("sep=") and len(line) == 5:
                self._separator = line[4]
            elif line.strip():
                self._begin(line)
            elif not end:
                break
        return text

    def _begin(self, line: str) -> None:
        """Begin with the line of the headers; one above it is passed over."""
        separator = self._separator
        if separator not in line:
            separator = max(_SEPARATORS, key=line.count)
        if "\r" in line:
            raise _Refused(_NO_LINES)
        headers = next(csv.reader([line], delimiter=separator))
        try:
            order = match_headers(self._form, headers)
        except HeaderRefused as refusal:
            if not stands_above(headers):
                raise _Refused(refusal.fault) from None
            self._above.append(refusal)
            if len(self._above) == MOST_ABOVE:
                raise _Refused(self._above[0].fault) from None
            return
        self._separator, self._width = separator, len(headers)
        self._read = self._head = 1 + len(self._above)
        reading = self._reading
        self._rows = Rows(self._form, reading.sink, order, reading.pseudonyms)

    def _take_rows(self, rows: list[list[str]]) -> None:
        assert self._rows  # noqa: S101 -- the headers came first
        numbered = enumerate(rows, start=self._read + 1)
        whole = [(number, row) for number, row in numbered if self._fits(number, row)]
        self._read += len(rows)
        if whole:
            numbers, kept = zip(*whole, strict=True)
            self._rows.take(list(zip(*kept, strict=True)), numbers)

    def _fits(self, number: int, row: list[str]) -> bool:
        if not has_content(row):
            return False
        if len(row) != self._width:
            self._reading.sink.reject(wrong_width(number, len(row), self._width))
            return False
        return True


class _TextOf:
    """Decodes as UTF-8; a file that turns out not to be, before any other than ASCII was seen, is
    Windows-1252, as Excel writes it."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._only_ascii = True
        self._fallback = False
        self._first = True

    def decode(self, block: bytes, *, final: bool = False) -> str:
        if b"\0" in block or (self._first and block.startswith(_WIDE_BOMS)):
            raise _Refused(_NO_TEXT)
        self._first = self._first and not block
        if self._fallback:
            return block.decode("cp1252", "replace")
        state = self._decoder.getstate()
        try:
            text = self._decoder.decode(block, final)
        except UnicodeDecodeError:
            if not self._only_ascii:
                raise _Refused(_MIXED) from None
            self._fallback = True
            return (state[0] + block).decode("cp1252", "replace")
        self._only_ascii = self._only_ascii and text.isascii()
        return text


def _open_quote(row: int) -> Fault:
    return Fault(
        "aanhalingsteken-open",
        f"Vanaf rij {row} staat er een aanhalingsteken dat nergens wordt gesloten.",
        "Sluit of verwijder het aanhalingsteken en lever het bestand opnieuw aan.",
    )


_EMPTY = Fault(
    "bestand-leeg", "Het bestand is leeg.", "Vul het sjabloon in en lever het opnieuw aan."
)
_ONLY_HEADERS = Fault(
    "alleen-koppen",
    "Het bestand bevat alleen koppen en geen rijen.",
    "Vul het sjabloon in en lever het opnieuw aan.",
)
_NOT_CSV = Fault(
    "geen-csv",
    "Het bestand is geen leesbare CSV.",
    "Sla het op als CSV met puntkomma's, of gebruik het sjabloon.",
)
_NO_LINES = Fault(
    "regels-onleesbaar",
    "Het bestand heeft geen regeleinden zoals die in een CSV horen.",
    "Sla het op als 'CSV UTF-8' (niet als CSV voor Macintosh) en lever het opnieuw aan.",
)
_NO_TEXT = Fault(
    "geen-tekst",
    "Het bestand bevat tekens die niet in een CSV horen, of staat in UTF-16.",
    "Sla het op als 'CSV UTF-8' en lever het opnieuw aan.",
)
_MIXED = Fault(
    "codering-gemengd",
    "Het bestand gebruikt twee tekencoderingen door elkaar.",
    "Sla het op als 'CSV UTF-8' en lever het opnieuw aan.",
)
