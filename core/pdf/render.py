"""From a page of HTML to a tagged PDF."""

import os
from hashlib import sha256
from typing import Any

from core.errors import DomainError
from core.pdf.claims import claim_accessible
from core.pdf.headers import scoped_headers

UA = "pdf/ua-1"
# For the archive and for screen readers in one file: PDF/A-2a, which also claims PDF/UA-1.
ARCHIVE = "pdf/a-2a"
APT = "apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


class PdfUnavailableError(DomainError):
    """The machine lacks the text library that lays out the pages."""

    def __init__(self) -> None:
        super().__init__(
            "De PDF kan niet worden gemaakt: op de server ontbreekt Pango. "
            f"Vraag de beheerder dit te installeren ({APT}). De webversie werkt wel.",
            code="pdf-niet-beschikbaar",
        )


def available() -> bool:
    """Whether a PDF can be made here; for a system check and for hiding a button."""
    try:
        _load()
    except PdfUnavailableError:
        return False
    return True


class TooManyPagesError(DomainError):
    """The document does not fit the pages that it may have."""

    def __init__(self, pages: int, most: int) -> None:
        super().__init__(
            f"De tekst past niet: het document telt {pages} bladzijden en mag er {most} tellen. "
            "Maak de tekst korter.",
            code="te-veel-bladzijden",
        )


def render_pdf(html: str, *, variant: str = UA, identifier: str = "", most_pages: int = 0) -> bytes:
    """A PDF of the document, tagged for screen readers when `variant` is 'pdf/ua-1' or ARCHIVE.

    ARCHIVE is PDF/A-2a and PDF/UA-1 at once; other variants are those of WeasyPrint. More pages
    than `most_pages` (0: no limit) raise TooManyPagesError. The html brings its own
    <html lang>, <title> and, where a date must be in the file, <meta name="dcterms.created">:
    nothing of the moment or machine is added, so equal input on one machine gives equal bytes.
    `identifier` names the document in the file (an edition's number); without it the content
    does. Style sheets and images come from `static:` names or data: addresses only.
    Raises PdfUnavailableError where Pango is not installed, FileNotFoundError for an unknown
    static name.
    """
    _load()
    from weasyprint import HTML  # noqa: PLC0415 -- slow, and fails at import without Pango
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415 -- as above

    from core.pdf.fetcher import StaticOnlyFetcher  # noqa: PLC0415 -- imports WeasyPrint
    from core.pdf.widths import true_widths  # noqa: PLC0415 -- comes with WeasyPrint

    def finish(document: Any, pdf: Any) -> None:
        true_widths(document, pdf)
        scoped_headers(pdf)

    name = sha256((identifier or html).encode("utf-8", "surrogatepass")).digest()[:16]
    source = HTML(string=html, base_url="about:blank", url_fetcher=StaticOnlyFetcher())
    # Hints: `start` of a list counts, as in a browser.
    options = {"pdf_variant": variant, "pdf_identifier": name, "presentational_hints": True}
    try:
        document = source.render(**options)
        if most_pages and len(document.pages) > most_pages:
            raise TooManyPagesError(len(document.pages), most_pages)
        if variant == ARCHIVE:
            claim_accessible(document.metadata)
        pdf: bytes = document.write_pdf(finisher=finish, **options)
    except FatalURLFetchingError as missing:
        # WeasyPrint's own error is a BaseException, which would end a worker.
        raise FileNotFoundError(str(missing)) from missing
    return pdf


def _load() -> None:
    """Import WeasyPrint or say in Dutch what is missing."""
    # The fonts in the file carry this moment instead of that of making it (fontTools reads it).
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    try:
        import weasyprint  # noqa: F401, PLC0415 -- slow, and fails at import without Pango
    except OSError as missing:
        raise PdfUnavailableError from missing
