"""Where people land: their region's overview, and the choice of a region."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.ui import HOME, attention, panels, search

from ..models import Region, RoleAssignment
from ..queries.access import regions_visible_to
from ..rules import can_create_region


def start(request: HttpRequest) -> HttpResponse:
    """Straight to the region last looked at; who has none, or several, chooses."""
    regions = list(regions_visible_to(request.user))
    last = request.session.get("region")
    slug = next((r.slug for r in regions if r.slug == last), None)
    if slug or len(regions) == 1:
        return redirect("home", region=slug or regions[0].slug)
    return redirect("regions")


def region_list(request: HttpRequest) -> HttpResponse:
    context = {
        "choices": regions_visible_to(request.user).select_related("organisation"),
        "may_create": can_create_region(request.user),
    }
    return render(request, "regions/regions.html", context)


def home(request: HttpRequest, region: Region) -> HttpResponse:
    place = request.place  # type: ignore[attr-defined]
    context = {
        "roles": my_roles(request, region),
        "waiting": attention(place),
        "panels": panels(HOME, place),
    }
    return render(request, "regions/home.html", context)


def my_roles(request: HttpRequest, region: Region) -> list[RoleAssignment]:
    """The user's work in this region, application administration included."""
    mine = RoleAssignment.objects.filter(user=request.user.pk)
    here = mine.filter(Q(region=region) | Q(region__isnull=True))
    return list(here.select_related("municipality", "provider_organisation"))


def search_page(request: HttpRequest, region: Region) -> HttpResponse:
    words = request.GET.get("q", "")
    found = search(request.place, words)  # type: ignore[attr-defined]
    return render(request, "regions/search.html", {"words": words, "found": found})


def account(request: HttpRequest) -> HttpResponse:
    roles = RoleAssignment.objects.filter(user=request.user.pk).select_related(
        "region", "municipality", "provider_organisation"
    )
    return render(request, "regions/account.html", {"roles": roles})
