"""A document for a word processor: real styles, so that it takes the look of who receives it."""

import io
import zipfile
from datetime import datetime, time
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm

from core.writing import docx_letter, docx_styles
from core.writing.blocks import (
    Block,
    Bullets,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Table,
    Written,
    printable,
)
from core.writing.docx_xml import element, page_fields

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EPOCH = (1980, 1, 1, 0, 0, 0)
LANGUAGE = "nl-NL"


def to_docx(written: Written) -> bytes:
    """The document as DOCX. The same document gives the same bytes."""
    book = Document()
    docx_styles.apply(book)
    _page(book, written)
    _properties(book, written)
    if written.letter is None:
        _title(book, written)
    else:
        docx_letter.opening(book, written, written.letter)
    for block in written.blocks:
        _block(book, block)
    if written.letter is not None:
        docx_letter.ending(book, written.letter)
    made = io.BytesIO()
    book.save(made)
    return _without_moment(made.getvalue())


def _without_moment(content: bytes) -> bytes:
    """The same package with a fixed time on every part, so that bytes can be compared."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return out.getvalue()


def _properties(book: Any, written: Written) -> None:
    core = book.core_properties
    core.title, core.author, core.language = written.title[:255], written.author[:255], LANGUAGE
    core.subject, core.comments, core.keywords = written.subtitle[:255], "", ""
    core.identifier, core.last_modified_by = written.reference[:255], written.author[:255]
    if written.day is not None:
        core.created = core.modified = datetime.combine(written.day, time(12))
        return
    for moment in ("dcterms:created", "dcterms:modified"):
        for found in core._element.findall(qn(moment)):
            core._element.remove(found)


def _page(book: Any, written: Written) -> None:
    section = book.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if written.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.2)
    footer = section.footer.paragraphs[0]
    footer.style = book.styles["Footer"]
    footer.text = printable(" · ".join(filter(None, (written.title, written.reference))))[:150]
    numbers = section.footer.add_paragraph(style="Footer")
    numbers.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    page_fields(numbers)


def _title(book: Any, written: Written) -> None:
    book.add_paragraph(printable(written.title), style="Title")
    if written.subtitle:
        book.add_paragraph(printable(written.subtitle), style="Subtitle")
    facts = docx_letter.heading_facts(written)
    if facts:
        _facts(book, Facts(facts))


def _block(book: Any, block: Block) -> None:
    if isinstance(block, Heading):
        book.add_paragraph(printable(block.text), style=f"Heading {block.level}")
    elif isinstance(block, Paragraph):
        _paragraph(book, block)
    elif isinstance(block, Bullets):
        _bullets(book, block)
    elif isinstance(block, Table):
        _table(book, block)
    elif isinstance(block, Facts):
        _facts(book, block)
    elif isinstance(block, PageBreak):
        book.add_page_break()


def _paragraph(book: Any, block: Paragraph) -> None:
    style = "Lead" if block.lead else "Note" if block.note else "Normal"
    for part in block.parts:
        book.add_paragraph(part, style=style)


def _bullets(book: Any, block: Bullets) -> None:
    number = docx_styles.new_numbering(book, block.first) if block.numbered else None
    for place, item in enumerate(block.items):
        style = "List" if block.bare else "List Number" if block.numbered else "List Bullet"
        added = book.add_paragraph(printable(item), style=style)
        if number is not None:
            properties = added._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = number
        for point in block.below.get(place, ()):
            book.add_paragraph(printable(point), style="List Bullet 2")


def _table(book: Any, block: Table) -> None:
    if block.caption:
        book.add_paragraph(printable(block.caption), style="Caption")
    made = book.add_table(rows=1, cols=len(block.columns), style="Table Grid")
    _head(made, block)
    for row in block.rows:
        cells = made.add_row().cells
        for place, value in enumerate(row):
            _cell(cells[place], value, "Table Text", number=place in block.numeric)
            if place == 0 and block.row_headers:
                _bold(cells[place])
    _widths(book, made, block)
    book.add_paragraph(style="Table End")


def _head(made: Any, block: Table) -> None:
    head = made.rows[0]
    properties = head._tr.get_or_add_trPr()
    properties.append(element("w:cantSplit"))
    properties.append(element("w:tblHeader"))
    for place, column in enumerate(block.columns):
        _cell(head.cells[place], column, "Table Head", number=place in block.numeric)
        shade = element("w:shd", val="clear", color="auto", fill=docx_styles.HEAD_FILL)
        head.cells[place]._tc.get_or_add_tcPr().append(shade)
    table = made._tbl.tblPr
    if block.caption:
        table.append(element("w:tblCaption", val=printable(block.caption)[:255]))


def _cell(cell: Any, value: object, style: str, *, number: bool = False) -> None:
    text = printable("" if value is None else value)
    for place, line in enumerate(text.split("\n\n")):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.style = style
        paragraph.add_run(line)
        if number:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _bold(cell: Any) -> None:
    for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
        run.bold = True


def _widths(book: Any, made: Any, block: Table) -> None:
    shares = block.widths or [1] * len(block.columns)
    section = book.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    made.autofit = block.widths is None
    for column, share in zip(made.columns, shares, strict=True):
        column.width = int(room * share / sum(shares))
        for cell in column.cells:
            cell.width = column.width


def _facts(book: Any, block: Facts) -> None:
    made = book.add_table(rows=0, cols=2)
    for term, value in block.items:
        cells = made.add_row().cells
        _cell(cells[0], term, "Table Text")
        _bold(cells[0])
        _cell(cells[1], value, "Table Text")
        cells[0].width, cells[1].width = Cm(4.5), Cm(11.5)
    book.add_paragraph(style="Table End")
