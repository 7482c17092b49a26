"""Uploads by browser or API go through the form's reader while they stream in.

Django's own handlers would first put an upload in a temporary file, citizen numbers and all. This
one passes every block on and keeps nothing; `request.FILES` stays empty.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from .domain import discard
from .receiving import Incoming, Reception

_BLOCK = 1 << 18


class IntakeUploadHandler(FileUploadHandler):
    """Feeds the files of a request to a delivery, one after another."""

    chunk_size = _BLOCK

    def __init__(self, request: HttpRequest, delivery: Reception) -> None:
        super().__init__(request)
        self._delivery = delivery
        self._incoming: Incoming | None = None

    def new_file(self, field_name: str, file_name: str, *args: Any, **kwargs: Any) -> None:
        super().new_file(field_name, file_name, *args, **kwargs)
        self._incoming = self._delivery.open_file(file_name)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self._incoming:
            self._incoming.feed(raw_data)

    def file_complete(self, file_size: int) -> None:
        if self._incoming:
            self._incoming.close()
            self._incoming = None


Open = Callable[..., Reception]
View = Callable[..., HttpResponse]


def streams_into(open_delivery: Open) -> Callable[[View], View]:
    """For a view that takes an upload: `open_delivery(request, ...)` is asked for a delivery before
    a byte of the body is read, and the view is called with it as `delivery` once all is in.

    A request that fails, the check of its CSRF token included, leaves nothing of its files.
    """

    def decorate(view: View) -> View:
        protected = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def streaming(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != "POST":
                return HttpResponseNotAllowed(["POST"])
            delivery = open_delivery(request, *args, **kwargs)
            request.upload_handlers = [IntakeUploadHandler(request, delivery)]
            try:
                return protected(request, *args, delivery=delivery, **kwargs)
            finally:
                discard(delivery=delivery)  # what was kept is no longer there to discard

        return streaming

    return decorate
