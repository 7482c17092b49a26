"""From a page of HTML to a tagged PDF."""

import os
from hashlib import sha256

from core.errors import DomainError

UA = "pdf/ua-1"
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


def render_pdf(html: str, *, variant: str = UA, identifier: str = "") -> bytes:
    """A PDF of the document, tagged for screen readers when `variant` is 'pdf/ua-1'.

    Other variants are those of WeasyPrint ('pdf/a-3u' for the archive). The html brings its own
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

    name = sha256((identifier or html).encode("utf-8", "surrogatepass")).digest()[:16]
    document = HTML(string=html, base_url="about:blank", url_fetcher=StaticOnlyFetcher())
    try:
        pdf: bytes = document.write_pdf(pdf_variant=variant, pdf_identifier=name)
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
