"""Who may deliver which data about care."""

from typing import Any

from core.errors import NotAllowed
from regions.enums import Role
from regions.queries.access import access_of

# Who may deliver what concerns the whole region; a municipality's own people its own messages.
DELIVER_FOR_REGION = (
    Role.REGIONAL_ADMIN,
    Role.CONTRACT_MANAGER,
    Role.CONTROLLER,
    Role.API_CLIENT,
)


def can_deliver_for_region(user: Any, region_id: int) -> bool:
    """`user` is None where the system itself delivers: a command or a scheduled job."""
    return user is None or access_of(user).has(*DELIVER_FOR_REGION, region_id=region_id)


def can_deliver_messages(user: Any, region_id: int) -> bool:
    return can_deliver_for_region(user, region_id) or access_of(user).has(
        Role.ACCESS_TEAM, region_id=region_id
    )


def can_deliver_indicators(user: Any, region_id: int) -> bool:
    """A provider delivers its own numerators and denominators."""
    return can_deliver_for_region(user, region_id) or access_of(user).has(
        Role.PROVIDER, region_id=region_id
    )


def check_can_deliver_messages(user: Any, region_id: int) -> None:
    if not can_deliver_messages(user, region_id):
        raise NotAllowed(
            "U mag voor deze regio geen berichten aanleveren. De regiobeheerder kan u die rol geven."
        )
