"""One line when a request ends: which view, by whom, how it went, how long it took."""

import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware

# Asked every few seconds by proxies and containers.
NOT_LOGGED = {"/healthz", "/readyz", "/readyz/worker"}


class RequestLog(RequestMiddleware):
    """django-structlog's request id and user, without query strings: people search for people."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path in NOT_LOGGED:
            return self.get_response(request)
        return super().__call__(request)

    def prepare(self, request: HttpRequest) -> None:
        super().prepare(request)
        request.META["jeugdregie.started"] = time.monotonic()

    def handle_response(self, request: HttpRequest, response: HttpResponse) -> None:
        started = request.META.get("jeugdregie.started")
        if started is not None:
            took = round((time.monotonic() - started) * 1000)
            structlog.contextvars.bind_contextvars(duration_ms=took)
        super().handle_response(request, response)

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {without_secret(request.path)}"


def without_secret(path: str) -> str:
    """The address of a calendar is its key, and no log may hold it."""
    return "/agenda/[geheim].ics" if path.startswith("/agenda/") else path
