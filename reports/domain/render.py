"""An edition as a page and as a PDF, from its stored content."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.text import slugify

from core.pdf import render_pdf

from .content import EditionContent
from .passages import Written


def contents(content: EditionContent) -> list[tuple[str, str]]:
    """Anchors and titles of the chapters, in order."""
    chapters = [("samenvatting", "Samenvatting")]
    if content.trends:
        chapters.append(("ontwikkeling", "Hoe ontwikkelt de jeugdhulp zich?"))
    chapters += [(f"segment-{slugify(s.code)}", s.name) for s in content.segments]
    chapters += [
        ("stroom", "In-, door- en uitstroom"),
        ("uitkomst", "Uitkomst en transformatie"),
        ("geld", "Geld"),
    ]
    if content.market:
        chapters.append(("markt", "Aanbieders en markt"))
    return [
        *chapters,
        ("grenzen", "Wat deze cijfers niet zeggen"),
        ("begrippen", "Begrippen en bronnen"),
    ]


def pdf_html(written: Written, edition: Any) -> str:
    """The document that becomes the PDF; tests read this."""
    return render_to_string(
        "reports/edition/pdf.html",
        {
            "content": written.content,
            "authored": written.authored,
            "edition": edition,
            "contents": contents(written.content),
        },
    )


def pdf(written: Written, edition: Any) -> bytes:
    return render_pdf(
        pdf_html(written, edition), identifier=edition.final_checksum or edition.checksum
    )
