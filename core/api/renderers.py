"""JSON, and CSV for those resources that offer it."""

from typing import Any

from rest_framework.renderers import BaseRenderer


class CsvRenderer(BaseRenderer):
    """Offers text/csv; the view itself answers with a stream (core.exports)."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        raise NotImplementedError("a view that offers CSV streams it itself")
