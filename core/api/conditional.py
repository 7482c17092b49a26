"""ETags of a single row: a reader asks 'anything new?', a writer says 'only if it is still so'."""

import hashlib
from typing import Any

from django.http import HttpResponseBase
from django.utils.cache import get_conditional_response
from rest_framework.request import Request

from .problems import problem
from .renderers import encoded


def etag_of(row: Any) -> str:
    digest = hashlib.sha256(encoded(row).encode()).hexdigest()
    return f'"{digest[:32]}"'


def answer_if_same(request: Request, row: Any) -> tuple[str, HttpResponseBase | None]:
    """The row's ETag; and a 304 (or 412) when the request's conditions ask for it."""
    etag = etag_of(row)
    answer = get_conditional_response(request._request, etag=etag)
    if answer is not None and answer.status_code == 412:
        answer = problem(412)
    return etag, answer


def check_if_match(request: Request, row: Any) -> HttpResponseBase | None:
    """A 412 when `If-Match` names another state of the row than the present."""
    if "If-Match" not in request.headers:
        return None
    return answer_if_same(request, row)[1]
