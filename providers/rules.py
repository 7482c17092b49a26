"""Who may change what is known of providers."""

from typing import Any

from core.errors import NotAllowed
from regions.enums import Role
from regions.models import Region
from regions.queries.access import access_of

from .models import Provider


def can_manage_providers(user: Any, region: Region) -> bool:
    return access_of(user).has(Role.REGIONAL_ADMIN, Role.CONTRACT_MANAGER, region_id=region.pk)


def check_can_manage_providers(user: Any, region: Region) -> None:
    if not can_manage_providers(user, region):
        raise NotAllowed(
            f"Alleen een contractmanager of regiobeheerder van {region} kan aanbieders wijzigen."
        )


def can_see_file(user: Any, provider: Provider) -> bool:
    """The whole file is for staff of the region, and for the provider itself."""
    access = access_of(user)
    own = access.provider_organisations_in(provider.region_id)
    return access.is_staff_of(provider.region_id) or provider.organisation_id in own


def check_can_see_file(user: Any, provider: Provider) -> None:
    if not can_see_file(user, provider):
        raise NotAllowed(
            "Dit deel van het dossier is voor de regionale organisatie en de aanbieder zelf."
        )


def can_propose(user: Any, provider: Provider) -> bool:
    own = access_of(user).provider_organisations_in(provider.region_id)
    return provider.organisation_id in own


def check_can_propose(user: Any, provider: Provider) -> None:
    if not can_propose(user, provider):
        raise NotAllowed("Alleen iemand van de aanbieder zelf kan een wijziging voorstellen.")
