"""Front door of the PDF maker; see docs/core/pdf.md."""

from core.pdf.render import PdfUnavailableError, available, render_pdf

__all__ = ["PdfUnavailableError", "available", "render_pdf"]
