"""Who may change what is known of providers."""

from typing import Any

from core.errors import NotAllowed
from regions.enums import Role
from regions.models import Region
from regions.queries.access import access_of


def can_manage_providers(user: Any, region: Region) -> bool:
    return access_of(user).has(Role.REGIONAL_ADMIN, Role.CONTRACT_MANAGER, region_id=region.pk)


def check_can_manage_providers(user: Any, region: Region) -> None:
    if not can_manage_providers(user, region):
        raise NotAllowed(
            f"Alleen een contractmanager of regiobeheerder van {region} kan aanbieders wijzigen."
        )
