"""XLSX in: the first visible sheet, every cell as text."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from core.exports.columns import decimal_text
from core.exports.refusals import TableError
from core.exports.xlsx_guard import Limits, check_workbook


def xlsx_rows(file: IO[bytes], name: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Rows of the first visible sheet with their row number; hidden sheets are not read."""
    check_workbook(file, name, limits)
    file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(file)
        visible = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
        if not visible:
            raise TableError(name, "het bestand heeft geen zichtbaar blad.", code="xlsx-geen-blad")
        sheet = book.get_sheet_by_name(visible[0])
    except CalamineError as broken:
        raise TableError(
            name, "dit Excelbestand is niet te lezen. Sla het opnieuw op.", code="xlsx-kapot"
        ) from broken
    _refuse_merged(sheet, name)
    return _numbered(sheet)


def _refuse_merged(sheet: Any, name: str) -> None:
    if sheet.merged_cell_ranges:
        first = min(start[0] for start, _ in sheet.merged_cell_ranges) + 1
        raise TableError(
            name,
            "hier zijn cellen samengevoegd. Splits ze en vul elke cel.",
            code="xlsx-samengevoegd",
            line=first,
        )


def _numbered(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, numbered and padded as in the spreadsheet."""
    left = sheet.start[1] if sheet.start else 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [""] * left + [_text(value) for value in row]
        if any(cells):
            yield number, cells


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, int | float | Decimal):
        return decimal_text(value)
    if isinstance(value, datetime):
        plain = value.time() == time()
        return value.date().isoformat() if plain else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return "" if value is None or isinstance(value, timedelta) else str(value)
