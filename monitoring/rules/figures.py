"""Who may do what with figures."""

from typing import Any

from core.errors import NotAllowed
from regions.enums import Role
from regions.models import Region
from regions.queries.access import access_of


def check_can_see_figures(user: Any, region: Region) -> None:
    """Everyone with a role in the region; what is shown of the figures is another question."""
    if region.pk not in access_of(user).region_ids:
        raise NotAllowed("Alleen wie een rol in deze regio heeft, ziet de cijfers.")


def check_can_compute(user: Any, region: Region) -> None:
    if not access_of(user).has(*Role.REGIONAL_STAFF, region_id=region.pk):
        raise NotAllowed("Alleen medewerkers van de regionale organisatie laten cijfers berekenen.")


def check_can_compare_providers(user: Any, region: Region) -> None:
    """Providers by name, with their uncertainty: for those who manage the contracts."""
    if not access_of(user).is_staff_of(region.pk):
        raise NotAllowed("Alleen medewerkers van de regionale organisatie vergelijken aanbieders.")


def can_see_figures(user: Any, region: Region) -> bool:
    return _allowed(check_can_see_figures, user, region)


def can_compute(user: Any, region: Region) -> bool:
    return _allowed(check_can_compute, user, region)


def can_compare_providers(user: Any, region: Region) -> bool:
    return _allowed(check_can_compare_providers, user, region)


def _allowed(check: Any, user: Any, region: Region) -> bool:
    try:
        check(user, region)
    except NotAllowed:
        return False
    return True
