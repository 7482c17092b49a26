"""An edition as a page and as a PDF, from its stored content."""

import re
from contextlib import suppress
from typing import Any

from django.template.loader import render_to_string

from core.pdf import ARCHIVE, TooManyPagesError, render_pdf

from ..enums import EditionKind
from .outline import chapters, contents
from .passages import Written
from .theming import HOUSE, Look

# Kinds that are exactly one page.
SHEETS = {EditionKind.EXECUTIVE.value: "reports/edition/sheet.html"}
# How a sheet gives way to a long text: everything, without its bars, and smaller too.
FITS = ("", "ed-tight", "ed-tight ed-small")
# An edition of a council that would be longer is set closer.
MOST_PAGES = 12
CLOSER = "ed-closer"
# Laying out is most of the work, so one that is surely too long is not tried first. Of 17 editions
# of two regions those that fitted held up to 27,700 characters so counted, the others 29,900.
SURELY_TOO_LONG = 29_000
A_CHART_TAKES = 450
NOT_TEXT = re.compile(r"<svg.*?</svg>|<[^>]+>|\s+", re.DOTALL)


def pdf_html(written: Written, edition: Any, *, look: Look = HOUSE, fit: str = "") -> str:
    """The document that becomes the PDF; tests read this. `fit` is one of FITS, or CLOSER."""
    return render_to_string(
        SHEETS.get(written.content.kind, "reports/edition/pdf.html"),
        {
            "content": written.content,
            "authored": written.authored,
            "edition": edition,
            "chapters": chapters(written.content),
            "contents": contents(written.content),
            "fit": fit,
            "look": look,
        },
    )


def body_html(written: Written, edition: Any, *, medium: str) -> str:
    """The chapters alone, without cover and contents."""
    return render_to_string(
        "reports/edition/body.html",
        {
            "content": written.content,
            "authored": written.authored,
            "edition": edition,
            "chapters": chapters(written.content),
            "medium": medium,
        },
    )


def pdf(written: Written, edition: Any, *, look: Look = HOUSE) -> bytes:
    """PDF/A and PDF/UA in one. A sheet is one page, tight where it must be; TooManyPagesError
    when even that is too small."""
    if edition.kind in EditionKind.PUBLIC:
        html = pdf_html(written, edition, look=look)
        if _length(html) < SURELY_TOO_LONG:
            with suppress(TooManyPagesError):
                return _pdf(html, edition, most_pages=MOST_PAGES)
        return _pdf(pdf_html(written, edition, look=look, fit=CLOSER), edition)
    if written.content.kind not in SHEETS:
        return _pdf(pdf_html(written, edition, look=look), edition)
    for fit in FITS[:-1]:
        with suppress(TooManyPagesError):
            return _pdf(pdf_html(written, edition, look=look, fit=fit), edition, most_pages=1)
    return _pdf(pdf_html(written, edition, look=look, fit=FITS[-1]), edition, most_pages=1)


def _length(html: str) -> int:
    """How much a document holds, in characters."""
    return len(NOT_TEXT.sub(" ", html)) + A_CHART_TAKES * html.count("<svg")


def _pdf(html: str, edition: Any, *, most_pages: int = 0) -> bytes:
    return render_pdf(
        html,
        variant=ARCHIVE,
        identifier=edition.final_checksum or edition.checksum,
        most_pages=most_pages,
    )
