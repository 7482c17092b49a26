"""No upload by form grows past the limit, whatever its sender says of its length."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


class CappedUploadHandler(FileUploadHandler):
    """Stands before Django's own handlers and drops what comes after the limit.

    What is kept is longer than allowed, so that the form can say so.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= settings.DOCUMENT_MAX_BYTES else None

    def file_complete(self, file_size: int) -> Any:
        return None
