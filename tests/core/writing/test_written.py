"""Documents: the DOCX opened again, the PDF read back, both the same twice."""

import io
import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn

from core.writing import (
    Bullets,
    Facts,
    Heading,
    LetterHead,
    PageBreak,
    Paragraph,
    Table,
    Written,
    html_of,
    to_docx,
    to_pdf,
)

NOTE = Written(
    title="Nota van antwoord",
    subtitle="Inkoopstrategie jeugdhulp",
    reference="Z-2026-17",
    author="Regio Noord",
    day=date(2026, 3, 3),
    blocks=(
        Heading("Waarom deze nota"),
        Paragraph("Eerste alinea.\n\nTweede alinea\nmet een nieuwe regel."),
        Bullets(("één", "twee")),
        Bullets(("stap a", "stap b"), numbered=True),
        Heading("Reacties", 2),
        Bullets(("opnieuw bij 1",), numbered=True),
        Table(
            ("Opmerking", "Reactie", "Bedrag"),
            [("Te kort\x0b", "Wordt langer", "1.250,00"), ("Goed", None, "7,00")],
            widths=(2, 2, 1),
            caption="Ontvangen reacties",
            numeric=(2,),
        ),
        PageBreak(),
        Facts((("Status", "concept"),)),
    ),
)
LETTER = Written(
    title="Besluit op uw aanvraag",
    reference="Z-1",
    day=date(2026, 3, 3),
    letter=LetterHead(
        sender=("Regio Noord", "Postbus 1"),
        addressee=("Stichting Voorbeeld", "Kade 1", "1234 AB Stad"),
        place="Stad",
        your_reference="U-9",
        salutation="Geachte heer, mevrouw,",
        signatory=("N. Naam", "directeur"),
    ),
    blocks=(Paragraph("Wij laten u toe."),),
)


def opened(written):
    return Document(io.BytesIO(to_docx(written)))


def test_headings_lists_and_titles_are_real_styles():
    styles = [(p.style.name, p.text) for p in opened(NOTE).paragraphs if p.text]
    assert styles[:4] == [
        ("Title", "Nota van antwoord"),
        ("Subtitle", "Inkoopstrategie jeugdhulp"),
        ("Heading 1", "Waarom deze nota"),
        ("Normal", "Eerste alinea."),
    ]
    assert ("List Bullet", "één") in styles
    assert ("List Number", "stap a") in styles
    assert ("Heading 2", "Reacties") in styles
    assert ("Caption", "Ontvangen reacties") in styles


def test_each_numbered_list_begins_at_one():
    numbers = [
        p._p.pPr.numPr.numId.val for p in opened(NOTE).paragraphs if p.style.name == "List Number"
    ]
    assert numbers[0] == numbers[1] != numbers[2]


def test_a_list_goes_on_from_a_number_and_holds_points_under_an_item():
    lists = (
        Bullets(("vijf", "zes"), numbered=True, first=5, below={0: ("onder vijf",)}),
        Bullets(("a. verblijf",), bare=True),
    )
    written = Written(title="Kader", blocks=lists)
    shown = [(p.style.name, p.text) for p in opened(written).paragraphs][1:]
    assert shown == [
        ("List Number", "vijf"),
        ("List Bullet 2", "onder vijf"),
        ("List Number", "zes"),
        ("List", "a. verblijf"),
    ]
    starts = opened(written).part.numbering_part.element.iter(qn("w:startOverride"))
    assert [start.get(qn("w:val")) for start in starts][-1] == "5"
    html = html_of(written)
    assert '<ol start="5"><li>vijf<ul><li>onder vijf</li></ul></li><li>zes</li></ol>' in html
    assert '<ul class="wr-bare"><li>a. verblijf</li></ul>' in html


def test_a_table_has_a_header_row_that_repeats_and_its_widths():
    table = opened(NOTE).tables[1]
    assert [cell.text for cell in table.rows[0].cells] == ["Opmerking", "Reactie", "Bedrag"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1]._tr.trPr is None
    assert [cell.text for cell in table.rows[1].cells] == ["Te kort", "Wordt langer", "1.250,00"]
    assert table.rows[2].cells[1].text == ""
    first, _, last = (column.width for column in table.columns)
    assert first == pytest.approx(2 * last, rel=0.01)


def test_columns_together_are_never_wider_than_the_page():
    # 4, 2, 2, 2 and 5 of 15 are 5.3, 2.7, 2.7, 2.7 and 6.7 twentieths: rounded one by one, 21.
    for widths in ((4, 2, 2, 2, 5), (1, 1, 1, 1, 1, 1, 1), (30, 1, 1)):
        table = Table([str(n) for n in range(len(widths))], [], widths=widths)
        html = html_of(Written(title="Nota", blocks=[table]))
        assert sum(map(int, re.findall(r"wr-w(\d+)", html))) <= 20


def test_the_file_says_what_it_is_and_in_which_language():
    book = opened(NOTE)
    core = book.core_properties
    assert (core.title, core.author, core.language) == ("Nota van antwoord", "Regio Noord", "nl-NL")
    assert core.created.date() == date(2026, 3, 3)
    languages = {e.get(qn("w:val")) for e in book.styles.element.iter(qn("w:lang"))}
    assert languages == {"nl-NL"}


def test_pages_are_numbered_by_the_word_processor():
    foot = opened(NOTE).sections[0].footer._element.xml
    assert "PAGE" in foot
    assert "NUMPAGES" in foot
    assert "Z-2026-17" in foot


def test_every_style_in_use_has_our_type_only():
    with zipfile.ZipFile(io.BytesIO(to_docx(NOTE))) as package:
        assert "docProps/thumbnail.jpeg" not in package.namelist()
    book = opened(NOTE)
    used = {p.style.name for p in book.paragraphs} - {"List Bullet", "List Number"}
    for name in used:
        fonts = book.styles[name].element.rPr.find(qn("w:rFonts"))
        assert {value for key, value in fonts.attrib.items()} == {"Calibri"}


def test_a_letter_holds_its_parts_in_order():
    text = [p.text for p in opened(LETTER).paragraphs]
    wanted = [
        "Regio Noord", "Stichting Voorbeeld", "Datum: Stad, 3 maart 2026", "Ons kenmerk: Z-1",
        "Uw kenmerk: U-9", "Besluit op uw aanvraag", "Geachte heer, mevrouw,", "Wij laten u toe.",
        "Met vriendelijke groet,", "N. Naam",
    ]  # fmt: skip
    assert [text.index(line) for line in wanted] == sorted(text.index(line) for line in wanted)


def test_parts_that_are_not_given_stay_away():
    text = [p.text for p in opened(Written(title="Kort", letter=LetterHead())).paragraphs]
    assert text == ["Kort"]


def test_the_same_document_gives_the_same_bytes():
    assert to_docx(NOTE) == to_docx(NOTE)
    assert to_pdf(NOTE) == to_pdf(NOTE)
    assert to_docx(NOTE) != to_docx(LETTER)


@pytest.mark.parametrize("written", [NOTE, LETTER], ids=["note", "letter"])
def test_the_pdf_passes_the_checker_for_screen_readers(written, tmp_path):
    path = tmp_path / "document.pdf"
    path.write_bytes(to_pdf(written))
    checker = Path(sys.executable).parent / "outloud"
    ran = subprocess.run([checker, "--no-info", path], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang) == "nl"
        assert str(pdf.docinfo["/Title"]) == written.title


def test_a_row_of_more_than_half_a_page_may_go_on_over_the_page():
    letter = "Wij lezen het plan en vragen ons af of dit werkt. " * 200
    table = Table(columns=("Wie", "Wat"), rows=(("A", "Kort."), ("B", letter)), widths=(1, 3))
    rows = re.findall(r"<tr[^>]*>", html_of(Written(title="Nota", blocks=(table,))))
    assert rows == ["<tr>", "<tr>", '<tr class="wr-long">']


def test_what_somebody_typed_is_no_markup():
    hostile = Written(title="<b>&", blocks=(Paragraph("<script>x</script>"),))
    assert opened(hostile).paragraphs[0].text == "<b>&"
    assert "<script>" not in html_of(hostile)


def test_a_row_of_another_width_is_refused():
    with pytest.raises(ValueError, match="2 headers"):
        Table(("a", "b"), [("1",)])
