"""Who may do what with money. Button, page, endpoint and verb ask the same function."""

from typing import Any

from core.errors import NotAllowed
from regions.enums import Role
from regions.models import Region
from regions.queries.access import access_of

from .deviation_enums import HANDLERS

BUDGET_ROLES = (Role.REGIONAL_ADMIN, Role.CONTROLLER)


def can_see_finance(user: Any, region: Region) -> bool:
    """Everyone with a role in the region, but not who is there only as a provider."""
    access = access_of(user)
    return region.pk in access.region_ids and not access.is_only_provider_in(region.pk)


def check_can_see_finance(user: Any, region: Region) -> None:
    if not can_see_finance(user, region):
        raise NotAllowed(
            f"Begrotingen en prognoses van {region.name} zijn voor de regionale organisatie en de "
            "gemeenten. Vraag de regiobeheerder om een rol als u die nodig hebt."
        )


def check_can_manage_budgets(user: Any, region: Region) -> None:
    """Budgets, savings and price indices are kept by controllers and the region's administrator."""
    if not access_of(user).has(*BUDGET_ROLES, region_id=region.pk):
        raise NotAllowed(
            f"Begrotingen, besparingen en indexering van {region.name} houden de controller en de "
            "regiobeheerder bij. Vraag een van hen om deze wijziging."
        )


def can_manage_budgets(user: Any, region: Region) -> bool:
    return access_of(user).has(*BUDGET_ROLES, region_id=region.pk)


def check_can_project(user: Any, region: Region) -> None:
    """Staff of the regional organisation ask for projections."""
    if not access_of(user).is_staff_of(region.pk):
        raise NotAllowed(
            f"Een prognose van {region.name} kunnen alleen medewerkers van de regionale "
            "organisatie laten maken."
        )


def can_project(user: Any, region: Region) -> bool:
    return access_of(user).is_staff_of(region.pk)


def can_see_lines(user: Any, region: Region) -> bool:
    """Single lines, and what deviates, are for staff of the regional organisation."""
    return access_of(user).is_staff_of(region.pk)


def check_can_see_lines(user: Any, region: Region) -> None:
    if not can_see_lines(user, region):
        raise NotAllowed(
            "Afzonderlijke declaratieregels en afwijkingen ziet alleen een medewerker van de "
            "regionale organisatie."
        )


def can_handle_deviations(user: Any, region: Region) -> bool:
    return access_of(user).has(*HANDLERS, region_id=region.pk)


def check_can_handle_deviations(user: Any, region: Region) -> None:
    """Asking a provider, claiming back and accepting: who keeps the money and the contracts."""
    if not can_handle_deviations(user, region):
        raise NotAllowed(
            f"Afwijkingen van {region.name} behandelen de controller, de contractmanager en de "
            "regiobeheerder. Vraag een van hen om deze stap."
        )


def check_can_manage_measures(user: Any, region: Region) -> None:
    """Staff of the regional organisation keep measures."""
    if not access_of(user).is_staff_of(region.pk):
        raise NotAllowed(
            f"Maatregelen van {region.name} houden medewerkers van de regionale organisatie bij."
        )


def can_manage_measures(user: Any, region: Region) -> bool:
    return access_of(user).is_staff_of(region.pk)
