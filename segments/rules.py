"""Who may change what the region buys and wants."""

from typing import Any

from core.errors import NotAllowed
from regions.enums import Role
from regions.models import Region
from regions.queries.access import access_of


def can_edit_framework(user: Any, region: Region) -> bool:
    return access_of(user).has(Role.REGIONAL_ADMIN, Role.POLICY_OFFICER, region_id=region.pk)


def check_can_edit_framework(user: Any, region: Region) -> None:
    if not can_edit_framework(user, region):
        raise NotAllowed(
            f"Alleen een regiobeheerder of beleidsmedewerker van {region} kan segmenten en doelen "
            "wijzigen."
        )
