"""Judging an XLSX before it is unpacked: what the directory says, and whether that is true."""

import re
import zipfile
from dataclasses import dataclass
from typing import IO

from core.exports.refusals import TableError

BLOCK = 1 << 18
OVERLAP = 400
CELL = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
PARTS = re.compile(r"(\[Content_Types\]\.xml|_rels/.*|docProps/.*|xl/.*|customXml/.*)")


@dataclass(frozen=True)
class Limits:
    """Above these an XLSX is refused; CSV has no such limits."""

    unpacked: int = 150_000_000
    ratio: int = 200
    entries: int = 500
    cells: int = 3_000_000


def check_workbook(file: IO[bytes], name: str, limits: Limits) -> None:
    """Raise TableError unless the file is a plain, honest workbook of bearable size.

    Reads every part once in small blocks, so a part that lies about its size, holds a DOCTYPE,
    formulas or a cell far away is found before a parser makes room for it.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_directory(entries, name, limits)
            for entry in entries:
                _check_part(archive, entry, name, limits)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError) as broken:
        raise TableError(
            name, "dit Excelbestand is beschadigd. Sla het opnieuw op.", code="xlsx-kapot"
        ) from broken


def _check_directory(entries: list[zipfile.ZipInfo], name: str, limits: Limits) -> None:
    names = [entry.filename for entry in entries]
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise TableError(
            name, "dit is een zip, geen Excelbestand. Kies een .xlsx of CSV.", code="geen-xlsx"
        )
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise TableError(
            name, "het bestand heeft een wachtwoord. Sla het zonder op.", code="xlsx-wachtwoord"
        )
    if any(n.lower().endswith(".bin") and "vba" in n.lower() for n in names):
        raise TableError(
            name, "het bestand bevat macro's. Sla het op als .xlsx zonder macro's.",
            code="xlsx-macro",
        )  # fmt: skip
    odd = [n for n in names if not PARTS.fullmatch(n) or ".." in n or "\\" in n]
    if odd or len(set(names)) != len(names):
        raise TableError(
            name, "dit Excelbestand is niet goed opgebouwd. Sla het opnieuw op.",
            code="xlsx-opbouw",
        )  # fmt: skip
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(sum(entry.compress_size for entry in entries), 1)
    bomb = unpacked > 1_000_000 and unpacked / packed > limits.ratio
    if unpacked > limits.unpacked or len(entries) > limits.entries or bomb:
        raise _too_big(name)


def _too_big(name: str) -> TableError:
    return TableError(
        name, "het Excelbestand is uitgepakt te groot. Lever het aan als CSV.", code="xlsx-te-groot"
    )


def _check_part(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, limits: Limits
) -> None:
    """Unpack one part block by block; zipfile itself fails on a part longer than declared."""
    is_sheet = entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml")
    is_markup = entry.filename.endswith((".xml", ".rels"))
    tail, rows, columns = b"", 0, 0
    with archive.open(entry) as part:
        while block := part.read(BLOCK):
            if not is_markup:
                continue
            window = tail + block
            _check_markup(window, name)
            if is_sheet:
                _check_formula(window, name)
                rows, columns = _extent(window, rows, columns)
                if rows * columns > limits.cells:
                    raise _too_big(name)
            tail = window[-OVERLAP:]


def _check_markup(window: bytes, name: str) -> None:
    if DOCTYPE.search(window) or b"\x00" in window:
        raise TableError(
            name, "dit Excelbestand bevat opmaak die we niet toestaan. Sla het opnieuw op.",
            code="xlsx-doctype",
        )  # fmt: skip


def _check_formula(window: bytes, name: str) -> None:
    found = FORMULA.search(window)
    if found is None:
        return
    before = list(CELL.finditer(window, 0, found.start()))
    place = f"cel {before[-1][1].decode()}{before[-1][2].decode()}" if before else "een cel"
    raise TableError(
        name,
        f"{place} bevat een formule. Kopieer alles en plak het als waarden.",
        code="xlsx-formule",
    )


def _extent(window: bytes, rows: int, columns: int) -> tuple[int, int]:
    """The furthest row and column that a cell is written in."""
    for letters, digits in set(CELL.findall(window)):
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        rows, columns = max(rows, int(digits)), max(columns, column)
    return rows, columns
