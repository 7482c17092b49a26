"""For which municipalities somebody may deliver in a region."""

from typing import Any

from providers.models import Provider
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
    if access.is_only_provider_in(region_id):
        return members
    return members & access.municipalities_in(region_id)


def providers_for(user: Any, *, region_id: int) -> frozenset[str] | None:
    """AGB codes for which somebody may deliver; None is: for all."""
    if user is None or not access_of(user).is_only_provider_in(region_id):
        return None
    return frozenset(
        Provider.objects.filter(
            region_id=region_id,
            organisation__in=access_of(user).provider_organisations_in(region_id),
        ).values_list("agb_code", flat=True)
    )
