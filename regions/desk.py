"""What regions add to shared pages."""

from typing import Any

from core.ui import (
    HOME,
    AttentionItem,
    NavItem,
    NavSection,
    Panel,
    Place,
    register_attention,
    register_nav,
    register_panel,
    register_section,
)

from .queries.access import access_of
from .queries.membership import municipalities_of
from .rules import can_manage_region

STEER, BUY, FEED, MANAGE = "sturen", "inkopen", "gegevens", "beheer"

register_section(NavSection(STEER, "Sturen", 10))
register_section(NavSection(BUY, "Inkopen", 20))
register_section(NavSection(FEED, "Gegevens", 30))
register_section(NavSection(MANAGE, "Beheer", 40))


def may_manage(place: Place) -> bool:
    return can_manage_region(place.user, place.tenant)


register_nav(
    NavItem("Overzicht", "home", STEER, 1),
    NavItem("Gemeenten", "municipalities", BUY, 40),
    NavItem("Gebruikers en rollen", "people", MANAGE, 20, may_manage),
    NavItem("Instellingen", "region-settings", MANAGE, 10, may_manage),
)


def municipalities_panel(place: Place, subject: Any) -> dict[str, Any] | None:
    """The region in short; a provider has other things to look at."""
    if access_of(place.user).is_only_provider_in(place.tenant_id):
        return None
    return {"region": place.tenant, "municipalities": list(municipalities_of(place.tenant))}


register_panel(
    Panel(HOME, "region", "regions/panel_region.html", municipalities_panel, order=900)
)


def what_is_missing(place: Place) -> list[AttentionItem]:
    """A region that is being set up says what comes next."""
    if not may_manage(place) or municipalities_of(place.tenant).exists():
        return []
    return [
        AttentionItem(
            "Deze regio heeft nog geen gemeenten.",
            place.url("municipalities"),
            note="Voeg de gemeenten toe die samen inkopen.",
        )
    ]


register_attention("regions.missing", what_is_missing)
