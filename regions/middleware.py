"""Two doors before every page: the region in its address, and the second factor of its user."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from core.ui import Place

from .enums import Role
from .queries.access import access_of, regions_visible_to

REGION_ROUTE = "regio/<slug:region>/"
ALLOWED_WITHOUT_SECOND_FACTOR = ("/account/", "/static/", "/healthz", "/readyz")

Answer = Callable[[HttpRequest], HttpResponse]


class RegionMiddleware:
    """Gives views under /regio/<korte naam>/ the region itself in the place of its short name.

    A region in which the user has no role does not exist for him: 404, before any view runs.
    Sets `request.region` and `request.place`.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if match is None or not match.route.startswith(REGION_ROUTE):
            return None
        if not request.user.is_authenticated:
            return None
        region = regions_visible_to(request.user).filter(slug=kwargs["region"]).first()
        if region is None:
            raise Http404("onbekende regio")
        kwargs["region"] = request.region = region
        request.place = Place(request.user, region)
        if request.session.get("region") != region.slug:
            request.session["region"] = region.slug
        return None


def needs_second_factor(user: Any) -> bool:
    """Whether this user's roles ask for a second factor that is not there yet."""
    return (
        settings.MFA_REQUIRED
        and user.is_authenticated
        and (user.is_staff or access_of(user).has(*Role.SECOND_FACTOR))
        and not is_mfa_enabled(user)
    )


class SecondFactorMiddleware:
    """Who may change things sets up a second factor before anything else."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(ALLOWED_WITHOUT_SECOND_FACTOR):
            return self.get_response(request)
        if needs_second_factor(request.user):
            messages.warning(
                request,
                "Bij uw rol hoort inloggen met een tweede stap. Stel die eerst in; daarna kunt u "
                "verder.",
            )
            return redirect("mfa_activate_totp")
        return self.get_response(request)
