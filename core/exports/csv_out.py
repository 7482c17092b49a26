"""CSV as Dutch spreadsheets open it: byte-order mark, semicolons, decimal comma."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from core.exports.columns import Cell, Column, as_text

BOM = b"\xef\xbb\xbf"
INCOMPLETE = "LET OP: dit bestand is niet volledig. Er ging iets mis. Download het opnieuw."
CHUNK = 64_000


def csv_lines(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The file in chunks, for a streaming answer or a file; one row in memory at a time.

    When `rows` fails half-way the last line says that the file is incomplete, and then the
    error goes on its way: a reader who missed the error sees the line.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    yield BOM
    writer.writerow([as_text(column.header) for column in columns])
    try:
        for row in rows:
            if len(row) != len(columns):
                raise ValueError(f"a row of {len(row)} cells under {len(columns)} headers")
            writer.writerow([as_text(cell) for cell in row])
            if buffer.tell() > CHUNK:
                yield _taken(buffer)
    except Exception:
        writer.writerow([INCOMPLETE])
        yield _taken(buffer)
        raise
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    content = buffer.getvalue().encode("utf-8")
    buffer.seek(0)
    buffer.truncate()
    return content
