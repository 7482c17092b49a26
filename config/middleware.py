"""Headers that every answer of our own carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

NOT_USED = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def privacy_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Switch off what we never use, and keep pages out of every cache unless a view says more."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", NOT_USED)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return answer
