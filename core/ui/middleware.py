"""Signed in unless a view says otherwise; refusals become pages."""

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase

from .refusals import RefusalMiddleware

__all__ = ["RefusalMiddleware", "SignInMiddleware"]


class SignInMiddleware(LoginRequiredMiddleware):
    """Every page asks who you are, but those under settings.OPEN_PATHS (health addresses)."""

    def process_view(
        self, request: HttpRequest, view_func: object, view_args: object, view_kwargs: object
    ) -> HttpResponseBase | None:
        if request.path.startswith(tuple(settings.OPEN_PATHS)):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)  # type: ignore[arg-type]
