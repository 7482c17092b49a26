from typing import Any

from django.http import HttpRequest

from core.ui import menu

from .queries.access import access_of, regions_visible_to


def desk(request: HttpRequest) -> dict[str, Any]:
    """The region of the page, the regions to switch to, and the menu as this user sees it."""
    region = getattr(request, "region", None)
    place = getattr(request, "place", None)
    if region is None or place is None:
        return {"region": None, "navigation": []}
    return {
        "region": region,
        "place": place,
        "access": access_of(request.user),
        "regions": list(regions_visible_to(request.user)),
        "navigation": menu(place, request.path),
    }
