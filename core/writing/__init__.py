"""Front door of written documents: one structured text, out as DOCX and as PDF.

See docs/core/writing.md.
"""

from core.writing.blocks import (
    Block,
    Bullets,
    Facts,
    Heading,
    LetterHead,
    PageBreak,
    Paragraph,
    Table,
    Written,
)
from core.writing.docx_out import DOCX, to_docx
from core.writing.pdf_out import PDF, html_of, to_pdf

__all__ = [
    "DOCX",
    "PDF",
    "Block",
    "Bullets",
    "Facts",
    "Heading",
    "LetterHead",
    "PageBreak",
    "Paragraph",
    "Table",
    "Written",
    "html_of",
    "to_docx",
    "to_pdf",
]
