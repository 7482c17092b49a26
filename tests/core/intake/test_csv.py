"""Tables as people deliver them: separators, encodings, faults, and what is never guessed."""

import codecs
import csv
import io

import pytest
from openpyxl import load_workbook

from core.intake import cells
from core.intake.memory import MemoryStore
from core.intake.pseudonyms import Pseudonyms
from core.intake.registry import Reading
from core.intake.sink import Sink
from core.intake.tables import TableColumn, TableForm

FORM = TableForm(
    "line",
    (
        TableColumn("gemeente", "municipality", cells.code(4, example="0503")),
        TableColumn("bsn", "client", cells.citizen_number()),
        TableColumn("begin", "starts_on", cells.day()),
        TableColumn("eind", "ends_on", cells.day(), required=False),
        TableColumn("bedrag", "amount", cells.euros(negative=True)),
        TableColumn("soort", "kind", cells.choice({"debet": "D", "credit": "C"}), required=False),
        TableColumn("toelichting", "remark", cells.dropped(), required=False),
    ),
    in_order=(("begin", "eind"),),
)
HEAD = "gemeente;bsn;begin;eind;bedrag;soort;toelichting\r\n"
GOOD = "0503;999900018;2025-01-31;;12,50;debet;vrije tekst\r\n"
PSEUDONYMS = Pseudonyms(b"a key for tests that is long enough!")
PSEUDONYM = PSEUDONYMS.field("999900018")


class Read:
    def __init__(self, data: bytes, *, name: str = "a.csv", block: int = 50) -> None:
        self.store = MemoryStore()
        self.sink = Sink(self.store, 1, {"line": FORM.record_type})
        reader = FORM.open_reader(Reading(1, name, self.sink, PSEUDONYMS))
        for begin in range(0, len(data), block):
            reader.feed(data[begin : begin + block])
        reader.close()
        self.sink.flush()
        self.rows = [row[2:] for row in self.store.rows("line")]
        self.faults = [fault for _, fault in self.store.faults]
        self.rules = [fault.rule for fault in self.faults]


def read(text: str, **options: object) -> Read:
    return Read(text.encode(), **options)  # type: ignore[arg-type]


ROW = ["2", "0503", PSEUDONYM, "2025-01-31", "", "12.50", "D", ""]


@pytest.mark.parametrize("block", [1, 17, 10_000])
def test_a_row_is_read(block: int) -> None:
    result = read(HEAD + GOOD, block=block)
    assert (result.rows, result.faults) == ([ROW], [])


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + (HEAD + GOOD).encode(),
        ("sep=;\r\n" + HEAD + GOOD).encode(),
        (HEAD + GOOD).replace("\r\n", "\n").encode(),
        (HEAD + GOOD).replace(";", "\t").encode(),
        (HEAD + GOOD.replace("vrije", "één")).encode("cp1252"),
        (HEAD + GOOD).rstrip().encode(),
        (HEAD.upper() + GOOD + "\r\n;;;;;;\r\n").encode(),
        (HEAD + GOOD.replace("vrije tekst", '"vrij; en\nover twee regels"')).encode(),
        (HEAD + GOOD.replace("2025-01-31", "31-1-2025")).encode(),
        (HEAD + GOOD.replace("0503", " 0503 ")).encode(),
    ],
)
def test_other_spellings_of_the_same(data: bytes) -> None:
    result = Read(data)
    assert (result.rows, result.faults) == ([ROW], [])


def test_titles_above_the_headers_are_passed_over_and_rows_keep_their_number() -> None:
    titles = "Overzicht, met een komma\r\nPeildatum;1-1-2025;;;;;\r\n"
    result = read(titles + HEAD + GOOD)
    assert (result.rows, result.faults) == ([["4", *ROW[1:]]], [])
    assert read(titles * 10 + HEAD + GOOD).rules == ["koppen"], "not without end"
    assert read(titles).rules == ["koppen"]


def test_columns_may_stand_in_any_order_and_optional_ones_away() -> None:
    result = read("bedrag;gemeente;begin;bsn\n-1.234,5;0503;2025-01-31;999900018\n")
    assert result.rows == [["2", "0503", PSEUDONYM, "2025-01-31", "", "-1234.5", "", ""]]


@pytest.mark.parametrize(
    ("old", "new", "rule", "field"),
    [
        ("0503", "503", "cel-voorloopnul", "gemeente"),
        ("0503", "０５０３", "cel-waarde", "gemeente"),
        ("0503", "", "cel-verplicht", "gemeente"),
        ("999900018", "99990001", "cel-voorloopnul", "bsn"),
        ("999900018", "999900019", "cel-elfproef", "bsn"),
        ("999900018", "000000000", "cel-elfproef", "bsn"),
        ("2025-01-31", "2025-02-29", "cel-waarde", "begin"),
        ("2025-01-31", "31-01-25", "cel-waarde", "begin"),
        ("2025-01-31", "20250131", "cel-waarde", "begin"),
        ("12,50", "1.234", "cel-waarde", "bedrag"),
        ("12,50", "12.50", "cel-waarde", "bedrag"),
        ("12,50", "12,505", "cel-waarde", "bedrag"),
        ("12,50", "1e3", "cel-waarde", "bedrag"),
        ("12,50", "NaN", "cel-waarde", "bedrag"),
        ("12,50", "99999999999,00", "cel-waarde", "bedrag"),
        ("12,50", "=1+1", "cel-waarde", "bedrag"),
        ("debet", "D", "cel-waarde", "soort"),
        (";;12", ";2025-01-30;12", "cel-volgorde", "eind"),
    ],
)
def test_a_cell_that_cannot_be_used(old: str, new: str, rule: str, field: str) -> None:
    result = read(HEAD + GOOD.replace(old, new) + GOOD)
    assert [row[0] for row in result.rows] == ["3"]
    (fault,) = result.faults
    assert (fault.rule, fault.field, fault.line_no) == (rule, field, 2)
    assert result.sink.offered == 2


def test_every_wrong_cell_is_told_and_the_row_counts_once() -> None:
    result = read(HEAD + "503;x;2025-01-31;;12,50;;\n" + GOOD)
    assert result.rules == ["cel-voorloopnul", "cel-waarde"]
    assert (result.sink.rejected, result.sink.offered) == (1, 2)


def test_rejections_never_hold_a_value() -> None:
    secret = "Wulpenhorst-999900031"
    result = read(HEAD + ";".join([secret] * 7) + "\n" + GOOD.replace(";12", f";{secret}"))
    assert len(result.faults) >= 5
    assert not any(secret in str(fault) or "999900018" in str(fault) for fault in result.faults)


def test_rows_that_are_too_wide_or_too_narrow() -> None:
    result = read(HEAD + GOOD + "0503;x\n" + GOOD.strip() + ";extra\n" + GOOD)
    assert [row[0] for row in result.rows] == ["2", "5"]
    assert result.rules == ["rij-breedte", "rij-breedte"]
    assert [fault.line_no for fault in result.faults] == [3, 4]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "bestand-leeg"),
        (b"\r\n\r\n", "bestand-leeg"),
        (HEAD.encode(), "alleen-koppen"),
        (GOOD.encode(), "koppen"),
        (HEAD.replace("soort", "sport").encode() + GOOD.encode(), "koppen"),
        (HEAD.replace("soort", "bsn").encode() + GOOD.encode(), "koppen"),
        (HEAD.replace("bedrag;", "").encode() + GOOD.encode(), "koppen"),
        ((HEAD + GOOD).encode("utf-16"), "geen-tekst"),
        ((HEAD + GOOD).encode() + b"\0", "geen-tekst"),
        ((HEAD + GOOD + GOOD.replace("vrije", "é")).encode() + b"\xff\xfe", "codering-gemengd"),
        ((HEAD + GOOD + '"open').encode() + b"x" * 200_000, "geen-csv"),
        ((HEAD + GOOD + GOOD.replace("vrije", '"vrije') + GOOD).encode(), "aanhalingsteken-open"),
        ((HEAD + GOOD).replace("\n", "\r").encode(), "regels-onleesbaar"),
        (b"x" * 4_100_000, "regels-onleesbaar"),
        ((HEAD.strip() + ";" * 5000 + "\n" + GOOD).encode(), "koppen"),
        (b"%PDF-1.7 \xe2\xe3\xcf\xd3", "koppen"),
    ],
)
def test_files_that_are_refused_whole(data: bytes, rule: str) -> None:
    result = Read(data)
    assert (result.rules, result.rows, result.sink.refused) == ([rule], [], True)
    assert len(result.faults[0].message) < 200


def test_an_open_quote_is_told_with_its_row() -> None:
    result = Read((HEAD + GOOD * 3 + GOOD.replace("vrije", '"vrije') + GOOD).encode())
    assert "rij 5 " in result.faults[0].message


def test_a_quote_in_the_middle_of_a_cell_is_text() -> None:
    assert len(read(HEAD + GOOD.replace("vrije", 'vrij"e')).rows) == 1


def test_a_file_without_headers_does_not_give_its_first_row_away() -> None:
    assert "999900018" not in str(Read(GOOD.encode()).faults)


def test_many_batches_read_as_one() -> None:
    rows = "".join(GOOD.replace("12,50", f"{n},25") for n in range(3000))
    result = read(HEAD + rows, block=999)
    assert [row[5] for row in result.rows] == [f"{n}.25" for n in range(3000)]
    assert [row[0] for row in result.rows] == [str(n + 2) for n in range(3000)]


def test_the_csv_template_can_be_read() -> None:
    result = Read(FORM.csv_template())
    assert (len(result.rows), result.faults) == (1, [])


def test_the_workbook_template_can_be_read() -> None:
    data = FORM.xlsx_template()
    result = Read(data, name="a.XLSX")
    assert (len(result.rows), result.faults) == (1, [])
    assert load_workbook(io.BytesIO(data))["Toelichting"]["A2"].value == "gemeente"


def test_csv_and_workbook_have_the_same_headers() -> None:
    text = FORM.csv_template().decode("utf-8-sig")
    sheet = load_workbook(io.BytesIO(FORM.xlsx_template()))["Gegevens"]
    assert next(csv.reader([text.splitlines()[0]], delimiter=";")) == [c.value for c in sheet[1]]
