"""Front door of the PDF maker; see docs/core/pdf.md."""

from core.pdf.render import (
    ARCHIVE,
    PdfUnavailableError,
    TooManyPagesError,
    available,
    render_pdf,
)

__all__ = ["ARCHIVE", "PdfUnavailableError", "TooManyPagesError", "available", "render_pdf"]
