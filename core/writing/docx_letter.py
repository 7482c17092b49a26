"""The parts of a letter in a word processor: who, to whom, about what, signed by."""

from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from core.formats import date_long
from core.writing.blocks import LetterHead, Written, printable


def heading_facts(written: Written) -> list[tuple[str, object]]:
    """Date, references and author, as they stand above a text."""
    letter = written.letter or LetterHead()
    day = date_long(written.day) if written.day else ""
    place = f"{letter.place}, {day}" if letter.place and day else day
    found = [
        ("Datum", place),
        ("Ons kenmerk", written.reference),
        ("Uw kenmerk", letter.your_reference),
        ("Bijlagen", ", ".join(letter.enclosures)),
    ]
    if written.letter is None:
        found[1] = ("Kenmerk", written.reference)
        found.append(("Van", written.author))
    return [(term, value) for term, value in found if value]


def opening(book: Any, written: Written, letter: LetterHead) -> None:
    _lines(book, letter.sender, right=True)
    _lines(book, letter.addressee)
    for term, value in heading_facts(written):
        line = book.add_paragraph(style="Letter Line")
        line.add_run(f"{term}: ").bold = True
        line.add_run(printable(value))
    subject = book.add_paragraph(printable(written.title), style="Heading 1")
    subject.paragraph_format.space_before = Pt(18)
    if letter.salutation:
        book.add_paragraph(printable(letter.salutation))


def ending(book: Any, letter: LetterHead) -> None:
    if not letter.signatory:
        return
    # A signature does not stand alone on a page.
    book.paragraphs[-1].paragraph_format.keep_with_next = True
    closing = book.add_paragraph(printable(letter.closing))
    closing.paragraph_format.space_before = Pt(12)
    closing.paragraph_format.space_after = Pt(42)
    closing.paragraph_format.keep_with_next = True
    _lines(book, letter.signatory)


def _lines(book: Any, lines: Sequence[str], *, right: bool = False) -> None:
    for place, line in enumerate(lines, start=1):
        added = book.add_paragraph(printable(line), style="Letter Line")
        if right:
            added.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if place == len(lines):
            added.paragraph_format.space_after = Pt(24)
