"""Workbooks: typed cells, and the workbooks that are refused before they are opened."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from .test_csv import PSEUDONYM, Read

HEADERS = ["gemeente", "bsn", "begin", "bedrag"]


def workbook(*rows: list[Any], change: Callable[[Any], None] | None = None) -> bytes:
    book = Workbook()
    for row in (HEADERS, *rows):
        book.active.append(row)
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def read(data: bytes) -> Read:
    return Read(data, name="a.xlsx", block=4096)


def test_typed_cells_read_as_their_text() -> None:
    result = read(
        workbook(
            ["0503", 999900018, datetime(2025, 1, 31), 12.5],
            ["0503", "999900018", date(2025, 1, 31), 1200],
        )
    )
    row = ["0503", PSEUDONYM, "2025-01-31", ""]
    assert result.rows == [["2", *row, "12.5", "", ""], ["3", *row, "1200", "", ""]]


def test_a_code_that_became_a_number_is_not_guessed() -> None:
    assert read(workbook([503, "999900018", "2025-01-31", 1])).rules == ["cel-voorloopnul"]


def test_empty_rows_between_are_passed_over() -> None:
    good = ["0503", "999900018", "2025-01-31", 1]
    result = read(workbook(good, [None] * 4, good))
    assert [row[0] for row in result.rows] == ["2", "4"]


def test_a_hidden_first_sheet_is_not_read() -> None:
    def hide(book: Any) -> None:
        book.active.sheet_state = "hidden"
        book.create_sheet("Zichtbaar").append(HEADERS)

    assert read(workbook(["0503", "999900018", "2025-01-31", 1], change=hide)).rules == [
        "bestand-leeg"
    ]


def test_a_far_away_cell_is_told_and_not_made_room_for() -> None:
    def far(book: Any) -> None:
        book.active["AZ200000"] = "x"

    result = read(workbook(["0503", "999900018", "2025-01-31", 1], change=far))
    assert (len(result.rows), result.rules) == (1, ["rij-breedte"])
    assert result.faults[0].line_no == 200_000


def test_rows_of_enormous_width_are_refused() -> None:
    def wide(book: Any) -> None:
        for row in range(3, 2600):
            book.active.cell(row, 16_384, "x")

    assert read(workbook(["0503", "999900018", "2025-01-31", 1], change=wide)).rules == [
        "werkmap-bom"
    ]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"PK\x03\x04 no", "werkmap-onleesbaar"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "werkmap-versleuteld"),
        (with_part(workbook(), "xl/vbaProject.bin", b"x"), "werkmap-macros"),
        (with_part(workbook(), "xl/media/a.bin", bytes(60_000_000)), "werkmap-bom"),
        (
            with_part(workbook(), "xl/styles.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
            "werkmap-doctype",
        ),
        (with_part(workbook(), "xl/worksheets/sheet1.xml", b"<worksheet"), "werkmap-onleesbaar"),
        (workbook(), "bestand-leeg"),
        (
            workbook([1], change=lambda book: book.active.merge_cells("A2:A3")),
            "werkmap-samengevoegd",
        ),
        (workbook(["=SUM(1,2)"]), "werkmap-formule"),
    ],
)
def test_workbooks_that_are_refused(data: bytes, rule: str) -> None:
    result = read(data)
    assert (result.rules, result.rows) == ([rule], [])


def test_titles_above_the_headers_are_passed_over() -> None:
    def titled(book: Workbook) -> None:
        book.active.insert_rows(1, 3)
        book.active["A1"], book.active["B2"] = "Overzicht", "Peildatum 1 mei"
        book.active.merge_cells("A1:D1")

    found = read(workbook(["0503", "999900018", "2025-01-31", 1], change=titled))
    assert (found.rules, len(found.rows)) == ([], 1)
