"""CSV and XLSX out: typed, safe to open, honest when broken off."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exports import INCOMPLETE, Column, Sheet, csv_lines, write_xlsx
from core.exports.columns import as_text, escaped, unescaped
from core.suppression import HIDDEN

COLUMNS = (
    Column("Gemeente", "Naam van de gemeente"),
    Column("Kosten", "In euro", decimals=2),
    Column("Uitval", "Aandeel", decimals=1, share=True),
)
ROWS = [("Den Haag", Decimal("1234.50"), 0.125), ("Delft; oost", HIDDEN, None)]


def test_csv_is_what_a_dutch_spreadsheet_opens():
    content = b"".join(csv_lines(COLUMNS, ROWS))
    assert content.decode("utf-8") == (
        '\ufeffGemeente;Kosten;Uitval\r\nDen Haag;1234,50;0,125\r\n"Delft; oost";afgeschermd;\r\n'
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1E+3"), "1000"),
        (1e-7, "0,0000001"),
        (-0.0, "0,0"),
        (float("nan"), ""),
        (True, "ja"),
        (date(2025, 1, 31), "2025-01-31"),
        (datetime(2025, 7, 1, 22, 30, tzinfo=UTC), "2025-07-02 00:30"),
        ("=1+1", "'=1+1"),
        ("  @SUM(A1)", "'  @SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("＝1+1", "'＝1+1"),
        ("a=b", "a=b"),
        ("a\x00b", "ab"),
        (-5, "-5"),
    ],
)
def test_a_cell_as_text(value, text):
    assert as_text(value) == text


@given(st.text())
def test_an_escaped_text_comes_back_as_it_was(text):
    assert unescaped(escaped(text)) == text


def test_a_broken_off_file_says_so_on_its_last_line():
    def rows():
        yield ("Delft", 1, 2)
        raise RuntimeError("database gone")

    got = []
    with pytest.raises(RuntimeError):
        got.extend(csv_lines(COLUMNS, rows()))
    assert b"".join(got).decode().splitlines()[1:] == ["Delft;1;2", INCOMPLETE]


def test_csv_holds_one_row_at_a_time():
    made = []

    def rows():
        for i in range(100_000):
            made.append(i)
            yield ("Delft", i, None)

    lines = csv_lines(COLUMNS, rows())
    next(lines)
    next(lines)
    assert len(made) < 10_000


@pytest.fixture
def book():
    file = io.BytesIO()
    rows = [*ROWS, ("=cmd|' /C calc'!A0", -3, 0.5), ("tab\x0bteken", date(2025, 1, 31), None)]
    write_xlsx(file, [Sheet("Kosten: 2025/H1", COLUMNS, rows)], notes=["Bron: berichten"])
    return openpyxl.load_workbook(file)


def test_xlsx_has_typed_cells_and_a_frozen_header(book):
    sheet = book["Kosten  2025 H1"]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert [cell.value for cell in sheet[2]] == ["Den Haag", 1234.5, 0.125]
    assert [cell.number_format for cell in sheet[2]] == ["General", "#,##0.00", "0.0%"]
    assert [cell.value for cell in sheet[3]] == ["Delft; oost", "afgeschermd", None]
    assert sheet["B5"].value == datetime(2025, 1, 31)
    assert sheet["A5"].value == "tabteken"


def test_text_never_becomes_a_formula(book):
    cell = book["Kosten  2025 H1"]["A4"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.value == "=cmd|' /C calc'!A0"


def test_the_last_sheet_says_what_the_columns_mean(book):
    rows = [[cell.value for cell in row] for row in book["Toelichting"].iter_rows()]
    assert rows[1] == ["Kosten: 2025/H1", "Gemeente", "Naam van de gemeente", None]
    assert rows[-1][2] == "Bron: berichten"


def test_a_row_of_another_width_is_an_error():
    with pytest.raises(ValueError, match="does not fit"):
        write_xlsx(io.BytesIO(), [Sheet("x", COLUMNS, [("te kort",)])])
