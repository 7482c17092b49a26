"""An edition as DOCX and the letter to the council say what the page says."""

from io import BytesIO
from types import SimpleNamespace

from docx import Document

from core.writing import to_docx
from reports.domain.compile import compile_edition
from reports.domain.documents import as_document, information_letter
from reports.domain.passages import write
from reports.domain.render import pdf_html
from tests.reports.sample import plan

EDITION = SimpleNamespace(
    checksum="a" * 64, final_checksum="", version=1, known_on=plan().known_on, corrects_id=None
)


def words(document):
    opened = Document(BytesIO(to_docx(document)))
    cells = [c.text for table in opened.tables for row in table.rows for c in row.cells]
    return [p.text for p in opened.paragraphs] + cells


def test_the_document_has_every_sentence_and_the_authors_text():
    written = write(compile_edition(plan()), {"voorwoord": "Welkom.", "segment-ha-zin-1": ""})
    said = words(as_document(written, EDITION))
    assert "Welkom." in said
    # Before one that asks for attention the document says so, as the page does.
    assert all(any(text.endswith(s.text) for text in said) for s in written.content.summary)
    assert all(
        sentence in said for segment in written.content.segments for sentence in segment.sentences
    )
    assert compile_edition(plan()).segments[0].sentences[0] not in said


def test_the_letter_brings_the_summary_and_the_key_figures():
    written = write(compile_edition(plan()), {})
    said = words(information_letter(written, EDITION))
    assert "Geachte leden van de raad," in said
    assert all(line.text in said for line in written.content.summary)
    # Sample: 700 x 4 + 25 x 4 youths at the region.
    assert "2.900" in said


def test_a_corrected_version_says_so_and_why_wherever_it_goes():
    why = "Een aanbieder leverde een verbetering aan."
    corrected = SimpleNamespace(**vars(EDITION) | {"corrects_id": 1, "correction_reason": why})
    written = write(compile_edition(plan()), {})
    for said in (
        words(as_document(written, corrected)),
        words(information_letter(written, corrected)),
        [pdf_html(written, corrected)],
    ):
        assert any(why in text for text in said)
    assert why not in pdf_html(written, EDITION)
