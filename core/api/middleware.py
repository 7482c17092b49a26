"""The outermost door of the API: headers on every answer, and no refusal but problem+json."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .problems import PROBLEM, problem
from .version import API_PREFIX, API_VERSION

HEADERS = {
    "API-Version": API_VERSION,
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "Referrer-Policy": "no-referrer",
}
KEPT = ("Allow", "WWW-Authenticate", "Retry-After")
API_ROOT = "/api/"

Answer = Callable[[HttpRequest], HttpResponse]


class ApiMiddleware:
    """Also answers that no view gave (an unknown host, a crash, a sign-in page) become problems."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not (request.path.startswith(API_ROOT) or request.path == API_ROOT.rstrip("/")):
            return response
        response = _as_problem(response)
        for name, value in HEADERS.items():
            response.headers[name] = value
        if request.path == f"{API_PREFIX}/openapi.json":
            response.headers["Access-Control-Allow-Origin"] = "*"
        return response


def _as_problem(response: HttpResponse) -> HttpResponse:
    status = response.status_code
    told = response.headers.get("Content-Type", "").startswith(PROBLEM)
    if told or status < 300 or status == 304:
        return response
    # A page that asks to sign in, or to go on over https, is no answer to a program.
    status = status if status >= 400 else 403
    kept = {name: response.headers[name] for name in KEPT if name in response.headers}
    return problem(status, headers=kept)
