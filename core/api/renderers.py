"""JSON, and formats beside it for those resources that offer them."""

from json import JSONEncoder
from typing import Any

from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.utils.encoders import JSONEncoder as LibraryEncoder

# Rows are plain already and hold no circles: half the time of the library's encoder.
ENCODER = JSONEncoder(
    ensure_ascii=False,
    allow_nan=False,
    check_circular=False,
    separators=(",", ":"),
    default=LibraryEncoder().default,
)


class PlainJson(JSONRenderer):
    """JSON without an indent, whatever the request says."""

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        return b"" if data is None else ENCODER.encode(data).encode()


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
