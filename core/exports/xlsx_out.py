"""XLSX with typed cells, written row by row, and a sheet that says what the columns mean."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from core.clock import AMSTERDAM, now
from core.exports.columns import UNPRINTABLE, Cell, Column, is_formula
from core.suppression import Mark

LONGEST = 32_767
MOST_ROWS = 1_048_575
FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\']")
HEADER_FONT = Font(bold=True, color="FFFFFF")
HEADER_FILL = PatternFill("solid", start_color="0F4C75")
DEFINITIONS = "Toelichting"
TOTAL = "Totaal"


@dataclass(frozen=True)
class Sheet:
    """One sheet. `rows` may be a generator; it is read once."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]] = field(default=())


def write_xlsx(target: IO[bytes], sheets: Sequence[Sheet], *, notes: Sequence[str] = ()) -> None:
    """Write a workbook; rows go to a temporary file as they come, so memory stays small.

    The last sheet defines every column and carries `notes` (source, cut-off). Text never becomes
    a formula. ValueError for more rows than a sheet can hold or a row of another width.
    """
    book = Workbook(write_only=True)
    book.properties.creator = "Jeugdregie"
    book.properties.created = now().replace(tzinfo=None)
    try:
        for sheet in [*sheets, _definitions(sheets, notes)]:
            _fill(book, sheet)
        book.save(target)
    except BaseException:
        _discard(book)
        raise


def _discard(book: Workbook) -> None:
    """Close and remove the temporary files of a workbook that will not be saved."""
    for page in book.worksheets:
        if page._writer is not None:
            page.close()
            page._writer.cleanup()


def _fill(book: Workbook, sheet: Sheet) -> None:
    page = book.create_sheet(FORBIDDEN_IN_TITLE.sub(" ", sheet.title)[:31])
    page.freeze_panes = "A2"
    for place, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(place)].width = column.width
    page.append([_header(page, column) for column in sheet.columns])
    number = 0
    for number, row in enumerate(sheet.rows, start=1):
        if len(row) != len(sheet.columns) or number > MOST_ROWS:
            raise ValueError(f"row {number} does not fit sheet {sheet.title!r}")
        page.append([_cell(page, *pair) for pair in zip(row, sheet.columns, strict=True)])
    if sheet.columns:
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{number + 1}"
    if number and any(column.total for column in sheet.columns):
        page.append(list(_totals(page, sheet.columns, last=number + 1)))


def _totals(page: Any, columns: Sequence[Column], *, last: int) -> Iterator[Any]:
    """The row below the rows: sums as formulas, so that who changes a row sees the sum change; of
    what a filter leaves on the sheet."""
    for place, column in enumerate(columns, start=1):
        if not column.total:
            yield _bold(_text_cell(page, TOTAL if place == 1 else ""))
            continue
        letter = get_column_letter(place)
        cell = _number_cell(page, 0, column)
        cell.value = f"=SUBTOTAL(109,{letter}2:{letter}{last})"
        yield _bold(cell)


def _bold(cell: Any) -> Any:
    cell.font = Font(bold=True)
    return cell


def _header(page: Any, column: Column) -> Any:
    cell = _text_cell(page, column.header)
    cell.font, cell.fill = HEADER_FONT, HEADER_FILL
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(page: Any, value: Cell, column: Column) -> Any:
    if isinstance(value, str | Mark):
        return _text_cell(page, str(value))
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, int | float | Decimal):
        return _number_cell(page, value, column)
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(AMSTERDAM).replace(tzinfo=None)
    return value


def _text_cell(page: Any, text: str) -> Any:
    """A cell that stays text, also when someone edits it."""
    cell = WriteOnlyCell(page, value="")
    cell.value = UNPRINTABLE.sub("", text)[:LONGEST]
    cell.data_type = "s"
    if is_formula(text):
        cell.quotePrefix = True
    if "\n" in text or len(text) > 60:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _number_cell(page: Any, value: int | float | Decimal, column: Column) -> Any:
    if not Decimal(str(value)).is_finite():
        return None
    cell = WriteOnlyCell(page, value=value)
    if column.decimals is not None or column.share:
        places = f".{'0' * column.decimals}" if column.decimals else ""
        cell.number_format = f"0{places}%" if column.share else f"#,##0{places}"
    return cell


def _definitions(sheets: Sequence[Sheet], notes: Sequence[str]) -> Sheet:
    columns = (
        Column("Blad", width=24),
        Column("Kolom", width=32),
        Column("Betekenis", width=80),
        Column("Eenheid", width=16),
    )

    def rows() -> Iterator[Sequence[Cell]]:
        for sheet in sheets:
            for column in sheet.columns:
                yield (sheet.title, column.header, column.definition, column.unit)
        for note in notes:
            yield ("", "", note, "")

    return Sheet(DEFINITIONS, columns, rows())
