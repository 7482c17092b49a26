"""Who may state, ask and decide about supply."""

from typing import Any

from core.errors import NotAllowed
from regions.enums import Role
from regions.models import Municipality, Region
from regions.queries.access import access_of

from .enums_supply import REGION
from .models import Provider

READERS = (*Role.REGIONAL_STAFF, Role.ACCESS_TEAM, Role.PROVIDER, Role.EXECUTIVE)
PLACERS = (*REGION, Role.ACCESS_TEAM)


def can_see_supply(user: Any, region: Region) -> bool:
    """Referrers and all providers see waiting times and stops of everybody (004:L1209-1211)."""
    return access_of(user).has(*READERS, region_id=region.pk)


def check_can_see_supply(user: Any, region: Region) -> None:
    if not can_see_supply(user, region):
        raise NotAllowed("Wachttijden en plekken zijn voor verwijzers, aanbieders en de regio.")


def is_own(user: Any, provider: Provider) -> bool:
    return provider.organisation_id in access_of(user).provider_organisations_in(provider.region_id)


def can_decide(user: Any, region: Region) -> bool:
    return access_of(user).has(*REGION, region_id=region.pk)


def check_can_decide(user: Any, region: Region) -> None:
    if not can_decide(user, region):
        raise NotAllowed("Alleen een contractmanager of regiobeheerder beslist hierover.")


def can_state_something(user: Any, region: Region) -> bool:
    return access_of(user).has(*REGION, Role.PROVIDER, Role.API_CLIENT, region_id=region.pk)


def check_can_state(user: Any, provider: Provider) -> None:
    """A provider states its own supply; the region may do it for it."""
    allowed = access_of(user).has(*REGION, Role.API_CLIENT, region_id=provider.region_id)
    if not allowed and not is_own(user, provider):
        raise NotAllowed("Een aanbieder geeft alleen zijn eigen wachttijden en plekken op.")


def can_place(user: Any, region: Region) -> bool:
    return access_of(user).has(*PLACERS, region_id=region.pk)


def check_can_place(user: Any, region: Region) -> None:
    if not can_place(user, region):
        raise NotAllowed("Alleen de toegang en de regio melden crises en plaatsingen.")


def check_speaks_for(user: Any, region_id: int, municipality: Municipality) -> None:
    """Who speaks for a municipality says nothing for another."""
    own = access_of(user).municipalities_in(region_id)
    if own and municipality.gm_code not in own:
        raise NotAllowed("U legt alleen voor uw eigen gemeente iets vast.")


def stop_roles(user: Any, provider: Provider) -> frozenset[str]:
    roles = access_of(user).roles_in(provider.region_id)
    return roles if is_own(user, provider) else roles - {Role.PROVIDER}
