"""Tables in: what is sent must be read rightly or refused with place and remedy."""

import io
import tracemalloc
import zipfile

import openpyxl
import pytest

from core.exports import Column, Row, Sheet, TableError, csv_lines, open_table, write_xlsx
from core.exports.xlsx_guard import Limits

HEADER = "Gemeente;Bedrag\n"


def values(source, name="lijst.csv", **options):
    return [row.values for row in open_table(source, name, **options)]


def refusal(source, name="lijst.csv", **options):
    with pytest.raises(TableError) as refused:
        list(open_table(source, name, **options))
    assert refused.value.message.startswith(name)
    return refused.value


@pytest.mark.parametrize(
    "content",
    [
        (HEADER + "Café;1,50\n").encode(),
        (HEADER + "Café;1,50\n").encode("utf-8-sig"),
        (HEADER + "Café;1,50\n").encode("cp1252"),
        (HEADER + "Café;1,50").replace("\n", "\r\n").encode(),
        ("sep=;\n" + HEADER + "Café;1,50\n").encode(),
        ('sep=,\nGemeente,Bedrag\nCafé,"1,50"\n').encode(),
        ('Gemeente,Bedrag\nCafé,"1,50"\n').encode(),
        b"Gemeente\tBedrag\n" + "Café\t1,50\n".encode(),
        ('"Gemeente";"Bedrag"\n"Café";"1,50"\n;\n\n').encode(),
    ],
)
def test_the_usual_ways_to_write_csv_read_the_same(content):
    assert values(content) == [("Café", "1,50")]


def test_rows_carry_the_line_on_which_they_begin():
    content = b'sep=;\nGemeente;Bedrag\n"twee\nregels";1\nDelft;2\n'
    assert [row.number for row in open_table(content, "x.csv")] == [3, 5]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "bestand-leeg", 0),
        (b"\n", "kolomnamen-ontbreken", 0),
        (HEADER.encode(), "bestand-zonder-rijen", 0),
        (HEADER.encode() + b";\n;\n", "bestand-zonder-rijen", 0),
        (b'Gemeente;Bedrag\nDelft;1\n"open;2\nRijswijk;3\n', "csv-kapot", 3),
        (b'Gemeente;Bedrag\n"Delft"x;1\n', "csv-kapot", 2),
        (b'Gemeente;Bedrag\n"' + b"x" * 200_000 + b'";1\n', "csv-kapot", 2),
        (b"Gemeente;Bedrag\n" + b"x" * 1_100_000, "csv-regel-te-lang", 2),
        (b"Gemeente;Bedrag\nDel\x00ft;1\n", "csv-onleesbaar", 0),
        ("Gemeente;Bedrag\nDelft;1\n".encode("utf-16"), "csv-onleesbaar", 0),
        (b"Gemeente;Bedrag\nDel\x81ft;1\n", "csv-tekenset", 0),
        (b"Gemeente;gemeente \nDelft;1\n", "kolom-dubbel", 1),
        (b"Gemeente;;Bedrag\nDelft;1;2\n", "kolomnamen-onleesbaar", 1),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "bestand-versleuteld-of-oud", 0),
    ],
)
def test_a_broken_file_is_refused_at_its_place(content, code, line):
    refused = refusal(content)
    assert (refused.code, refused.line) == (code, line)


def test_missing_and_unknown_columns_are_named():
    content = b"Gemeente;Notitie\nDelft;x\n"
    assert "ontbreken: Bedrag" in refusal(content, required=["Gemeente", "Bedrag"]).message
    unknown = refusal(content, required=["Gemeente"], optional=["Bedrag"])
    assert "kennen we niet: Notitie" in unknown.message
    assert values(content, required=["gemeente"], optional=[" NOTITIE "]) == [("Delft", "x")]


def test_a_row_that_cannot_be_used_says_why_and_the_rest_is_read():
    content = b"Gemeente;Bedrag\nDelft;1;2\nRijs\x07wijk;3\nWestland\n"
    rows = list(open_table(content, "x.csv"))
    assert [bool(row.problem) for row in rows] == [True, True, False]
    assert "meer dan 2 waarden" in rows[0].problem
    assert "onleesbaar teken" in rows[1].problem
    assert rows[2] == Row(4, ("Westland", ""))


def test_formulas_and_leading_zeros_stay_text():
    assert values(b"Code;Tekst\n0384;=1+1\n") == [("0384", "=1+1")]


def test_what_we_write_we_read_back():
    columns = (Column("Gemeente"), Column("Bedrag", decimals=2))
    rows = [("=Delft", 1.5), ("Den\nHaag", 2)]
    csv = b"".join(csv_lines(columns, rows))
    xlsx = io.BytesIO()
    write_xlsx(xlsx, [Sheet("Blad", columns, rows)])
    expected = [("=Delft", "1,5"), ("Den\nHaag", "2")]
    assert values(csv) == expected
    assert values(xlsx) == expected


def test_csv_of_any_size_takes_little_memory():
    content = HEADER.encode() + (b"Delft;" + b"1" * 200 + b"\n") * 60_000
    tracemalloc.start()
    count = sum(1 for _ in open_table(io.BytesIO(content), "groot.csv"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 60_000
    assert peak < 8_000_000


def workbook(change=lambda sheet: None):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Gemeente", "Bedrag"])
    sheet.append(["Delft", 1.5])
    change(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def rezipped(content, change):
    """The workbook with its parts passed through `change(name, bytes) -> bytes`."""
    out = io.BytesIO()
    old = zipfile.ZipFile(io.BytesIO(content))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_xlsx_reads_the_first_visible_sheet():
    def change(sheet):
        sheet.append([None, None])
        sheet.append(["Rijswijk", 7])
        hidden = sheet.parent.create_sheet("Verborgen", 0)
        hidden.sheet_state = "hidden"
        hidden.append(["geheim"])

    rows = list(open_table(workbook(change), "x.xlsx"))
    assert rows == [Row(2, ("Delft", "1,5")), Row(4, ("Rijswijk", "7"))]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda s: s.append(["Westland", "=1+1"]), "xlsx-formule"),
        (lambda s: s.merge_cells("A3:B4"), "xlsx-samengevoegd"),
        (lambda s: s.cell(1_048_576, 16_384, "ver"), "xlsx-te-groot"),
    ],
)
def test_a_sheet_that_is_no_plain_table_is_refused(change, code):
    assert refusal(workbook(change), "x.xlsx").code == code


def test_a_formula_is_pointed_at():
    content = workbook(lambda s: s.append(["Westland", "=1+1"]))
    assert "cel B3" in refusal(content, "x.xlsx").message


@pytest.mark.parametrize(
    ("part", "addition", "code"),
    [
        (SHEET, b"<!DOCTYPE x [<!ENTITY a 'b'>]>", "xlsx-doctype"),
        ("xl/styles.xml", b"<!doctype x>", "xlsx-doctype"),
    ],
)
def test_markup_with_a_doctype_is_refused(part, addition, code):
    def change(name, content):
        return addition + content if name == part else content

    assert refusal(rezipped(workbook(), change), "x.xlsx").code == code


def added(name, content=b"x"):
    out = io.BytesIO(workbook())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("xl/vbaProject.bin", "xlsx-macro"),
        ("../../etc/passwd", "xlsx-opbouw"),
        ("index.html", "xlsx-opbouw"),
    ],
)
def test_parts_that_do_not_belong_are_refused(name, code):
    assert refusal(added(name), "x.xlsx").code == code


def test_a_zip_bomb_is_refused_from_its_directory():
    tracemalloc.start()
    refused = refusal(added("xl/media/a.xml", b"0" * 20_000_000), "x.xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refused.code == "xlsx-te-groot"
    assert peak < 45_000_000  # the 20 MB of the test itself, twice while zipping


def test_a_part_that_lies_about_its_size_is_refused():
    content = bytearray(added("xl/media/a.xml", b"0" * 5_000_000))
    size = (5_000_000).to_bytes(4, "little")
    while (place := content.find(size)) >= 0:
        content[place : place + 4] = (10).to_bytes(4, "little")
    assert refusal(bytes(content), "x.xlsx").code == "xlsx-kapot"


def test_dimensions_that_lie_change_nothing():
    def change(name, content):
        if name != SHEET:
            return content
        return content.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')

    changed = rezipped(workbook(), change)
    assert changed != workbook()
    assert values(changed, "x.xlsx") == [("Delft", "1,5")]


def test_limits_can_be_set():
    assert refusal(workbook(), "x.xlsx", limits=Limits(cells=3)).code == "xlsx-te-groot"


@pytest.mark.parametrize("content", [b"PK\x03\x04kapot", b"PK\x03\x04" + b"\x00" * 100])
def test_a_damaged_zip_is_refused(content):
    assert refusal(content, "x.xlsx").code == "xlsx-kapot"


def test_a_csv_named_xlsx_is_refused_with_the_remedy():
    assert refusal(b"Gemeente;Bedrag\nDelft;1\n", "lijst.xlsx").code == "geen-xlsx"


def test_a_zip_that_is_no_workbook_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    assert refusal(out.getvalue(), "x.xlsx").code == "geen-xlsx"


def test_control_characters_in_the_file_name_are_not_echoed():
    with pytest.raises(TableError) as refused:
        open_table(b"", "x\x1b[31m\x00.csv")
    assert refused.value.message.startswith("x[31m.csv: ")
