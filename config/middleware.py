"""What holds for every request: headers on each answer, and what no address may hold."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

NOT_USED = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


Answer = Callable[[HttpRequest], HttpResponse]


def readable_address(get_response: Answer) -> Answer:
    """Refuse a NUL in a query: no text has one, and PostgreSQL cannot look for it."""

    def answer(request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the query")
        return get_response(request)

    return answer


def privacy_headers(get_response: Answer) -> Answer:
    """Switch off what we never use, and keep pages out of every cache unless a view says more."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", NOT_USED)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return answer
