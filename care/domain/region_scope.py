"""For which municipalities somebody may deliver in a region."""

from typing import Any

from regions.models import RegionMembership
from regions.queries.access import access_of


def municipalities_for(user: Any, *, region_id: int) -> frozenset[str]:
    """Municipalities that ever belonged to the region; for a municipal user only their own.

    `user` is None where nobody in particular delivers (a command, a scheduled job).
    """
    members = frozenset(
        RegionMembership.objects.filter(region_id=region_id).values_list(
            "municipality__gm_code", flat=True
        )
    )
    if user is None:
        return members
    access = access_of(user)
    if access.is_application_admin or access.is_staff_of(region_id):
        return members
    return members & access.municipalities_in(region_id)
