"""Who may change contracts and tariffs."""

from typing import Any

from core.errors import NotAllowed
from regions.enums import Role
from regions.models import Region
from regions.queries.access import access_of


def can_manage_contracts(user: Any, region: Region) -> bool:
    return access_of(user).has(Role.CONTRACT_MANAGER, Role.REGIONAL_ADMIN, region_id=region.pk)


def check_can_manage_contracts(user: Any, region: Region) -> None:
    if not can_manage_contracts(user, region):
        raise NotAllowed(
            f"Alleen een contractmanager of regiobeheerder van {region} kan contracten en tarieven "
            "wijzigen."
        )
