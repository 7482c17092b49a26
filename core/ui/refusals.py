"""Refusals of the domain, made readable: in the form they belong to, or as a page of their own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.errors import DomainError, NotAllowed


@contextmanager
def refusals_in(form: BaseForm) -> Iterator[None]:
    """Put a refusal of the verb inside into the form; who may not act at all gets the page.

    Use `if form.is_valid(): with refusals_in(form): verb(...)` and look at `form.is_valid()` again.
    """
    try:
        yield
    except NotAllowed:
        raise
    except DomainError as refusal:
        form.add_error(None, refusal.message.splitlines())
    except ValidationError as error:
        for field, messages in _by_field(error).items():
            form.add_error(field if field in form.fields else None, messages)


def _by_field(error: ValidationError) -> dict[str, list[str]]:
    if hasattr(error, "error_dict"):
        return dict(error.message_dict)
    return {NON_FIELD_ERRORS: error.messages}


class RefusalMiddleware:
    """Shows a refusal that no view caught as a page: 403 when not allowed, 409 otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        status = 403 if isinstance(error, NotAllowed) else 409
        return render(request, "refusal.html", {"refusal": error}, status=status)
