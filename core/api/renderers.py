"""Formats beside JSON, for those resources that offer them."""

from typing import Any

from rest_framework.renderers import BaseRenderer


class FileRenderer(BaseRenderer):
    """Offers a media type; the view itself answers with the file or stream."""

    render_style = "binary"
    charset = None

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        raise NotImplementedError("a view that offers a file answers with it")


class CsvRenderer(FileRenderer):
    media_type = "text/csv"
    format = "csv"


class PdfRenderer(FileRenderer):
    media_type = "application/pdf"
    format = "pdf"
