"""How the editions of a place look: its own theme, the region's, or that of the house."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from regions.queries.access import regions_visible_to

from ..domain.theming import HOUSE, Look
from ..models import Edition, EditionTheme


def themes_visible_to(user: Any) -> QuerySet[EditionTheme]:
    """Colours and arms are on every cover: whoever is in the region sees them."""
    return EditionTheme.objects.filter(region__in=regions_visible_to(user))


def look_of(region_id: int, municipality: str = "") -> Look:
    """A municipality without a theme has the colours of the region, but not its arms."""
    found = {
        theme.municipality: theme
        for theme in EditionTheme.objects.filter(
            region=region_id, municipality__in={"", municipality}
        )
    }
    if municipality in found:
        return _look(found[municipality])
    if "" in found:
        return Look(primary=found[""].primary, accent=found[""].accent)
    return HOUSE


def theme_addresses(edition: Edition) -> dict[str, str]:
    """Where a page finds the style sheet and, where there are any, the arms."""
    words = [edition.region.slug, *([edition.municipality] if edition.municipality else [])]
    look = look_of(edition.region_id, edition.municipality)
    return {
        "theme": reverse("public-theme", args=words),
        "arms": reverse("public-arms", args=words) if look.arms else "",
        "own_name": look.name,
    }


def _look(theme: EditionTheme) -> Look:
    return Look(theme.primary, theme.accent, bytes(theme.arms or b""), theme.arms_type, theme.name)
