"""CSV in, a line at a time: encoding and separator found out, broken files told apart."""

import codecs
import csv
import re
from collections.abc import Iterator
from io import TextIOWrapper
from typing import IO

from core.exports.refusals import TableError

LONGEST_LINE = 1_000_000
BLOCK = 1 << 20
SEPARATORS = ";\t,|"
SEP_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)


def csv_rows(file: IO[bytes], name: str) -> Iterator[tuple[int, list[str]]]:
    """Lines with the number on which they begin; raises TableError at the place of a fault."""
    encoding = _encoding(file, name)
    reader_file = TextIOWrapper(file, encoding=encoding, newline="")
    try:
        yield from _parsed(reader_file, name)
    finally:
        if not reader_file.closed:
            reader_file.detach()


def _parsed(file: "TextIOWrapper[IO[bytes]]", name: str) -> Iterator[tuple[int, list[str]]]:
    lines = _lines(file, name)
    first = next(lines, None)
    if first is None:
        return
    told = SEP_LINE.fullmatch(first.rstrip("\r\n"))
    skipped = 1 if told else 0
    separator = told[1] if told else _separator(first)
    if not told:
        lines = _chain(first, lines)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        begin = reader.line_num + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as broken:
            raise TableError(name, _explained(broken), code="csv-kapot", line=begin) from broken
        yield begin, cells


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _lines(file: "TextIOWrapper[IO[bytes]]", name: str) -> Iterator[str]:
    """Lines of bounded length: a file that is one endless line does not fill the memory."""
    number = 0
    while line := file.readline(LONGEST_LINE):
        number += 1
        if len(line) >= LONGEST_LINE:
            raise TableError(
                name,
                f"deze regel is langer dan {LONGEST_LINE} tekens. Is dit wel een CSV-bestand?",
                code="csv-regel-te-lang",
                line=number,
            )
        yield line


def _encoding(file: IO[bytes], name: str) -> str:
    """UTF-8 when every byte fits it, else Windows-1252; a file with NUL bytes is neither."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8 = windows = True
    while block := file.read(BLOCK):
        if b"\x00" in block:
            raise TableError(
                name,
                "dit is geen leesbaar CSV-bestand (het bevat nul-tekens). "
                "Sla het op als 'CSV UTF-8 (door lijstscheidingsteken gescheiden)'.",
                code="csv-onleesbaar",
            )
        if utf8:
            utf8 = _fits(decoder, block)
        windows = windows and not block.translate(None, _WINDOWS_BYTES)
    if utf8:
        utf8 = _fits(decoder, b"", final=True)
    file.seek(0)
    if utf8:
        return "utf-8-sig"
    if windows:
        return "cp1252"
    raise TableError(
        name,
        "de tekens in dit bestand zijn niet te lezen. Sla het op als 'CSV UTF-8'.",
        code="csv-tekenset",
    )


_WINDOWS_BYTES = bytes(set(range(256)) - {0x81, 0x8D, 0x8F, 0x90, 0x9D})


def _fits(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _separator(header: str) -> str:
    """The separator that the header line uses most, outside quotes; a semicolon in doubt."""
    bare = re.sub(r'"[^"]*"', "", header)
    return max(SEPARATORS, key=lambda mark: (bare.count(mark), -SEPARATORS.index(mark)))


def _explained(broken: csv.Error) -> str:
    reason = str(broken)
    if "end of data" in reason or "field larger" in reason:
        return (
            "een dubbel aanhalingsteken wordt niet gesloten. "
            "Zet om de waarde twee aanhalingstekens of haal het weg."
        )
    return (
        "na een waarde tussen aanhalingstekens hoort een scheidingsteken. "
        'Schrijf een aanhalingsteken in een tekst dubbel ("").'
    )
