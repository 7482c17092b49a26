"""JSON, and formats beside it for those resources that offer them."""

from dataclasses import dataclass
from json import JSONEncoder
from typing import Any

from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.utils.encoders import JSONEncoder as LibraryEncoder

_otherwise = LibraryEncoder().default
# Stands where written JSON goes; the database holds no text with this character.
PLACE = "\0"
PLACE_WRITTEN = '"\\u0000"'


@dataclass(frozen=True, slots=True)
class Written:
    """JSON that the database wrote; it goes into the answer as it is."""

    json: str


def encoded(data: Any) -> str:
    """JSON of an answer; its rows are plain already and hold no circles."""
    pieces: list[str] = []

    def default(value: Any) -> Any:
        if isinstance(value, Written):
            pieces.append(value.json)
            return PLACE
        return _otherwise(value)

    encoder = JSONEncoder(
        ensure_ascii=False,
        allow_nan=False,
        check_circular=False,
        separators=(",", ":"),
        default=default,
    )
    first, *rest = encoder.encode(data).split(PLACE_WRITTEN)
    return first + "".join(piece + text for piece, text in zip(pieces, rest, strict=True))


class PlainJson(JSONRenderer):
    """JSON without an indent, whatever the request says."""

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        return b"" if data is None else encoded(data).encode()


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
