"""Who may do what with a region, its municipalities and the roles in it."""

from typing import Any

from core.errors import NotAllowed

from .enums import Role
from .models import Region, RoleAssignment
from .queries.access import access_of


def check_can_create_region(user: Any) -> None:
    if not access_of(user).is_application_admin:
        raise NotAllowed("Alleen een applicatiebeheerder kan een regio aanmaken.")


def can_create_region(user: Any) -> bool:
    return access_of(user).is_application_admin


def can_manage_region(user: Any, region: Region) -> bool:
    access = access_of(user)
    return access.is_application_admin or access.has(Role.REGIONAL_ADMIN, region_id=region.pk)


def check_can_manage_region(user: Any, region: Region) -> None:
    if not can_manage_region(user, region):
        raise NotAllowed(
            f"Alleen de regiobeheerder van {region} kan instellingen, gemeenten en rollen wijzigen."
        )


def check_can_revoke(user: Any, assignment: RoleAssignment) -> None:
    """Nobody takes his own administrator's role away: a region would be left without one."""
    if assignment.region is None:
        check_can_create_region(user)
        return
    check_can_manage_region(user, assignment.region)
    if assignment.user_id == user.pk and assignment.role == Role.REGIONAL_ADMIN:
        raise NotAllowed(
            "U kunt uw eigen rol van regiobeheerder niet intrekken. Laat een andere beheerder dat "
            "doen."
        )


def can_revoke(user: Any, assignment: RoleAssignment) -> bool:
    try:
        check_can_revoke(user, assignment)
    except NotAllowed:
        return False
    return True


def check_can_see_people(user: Any) -> None:
    """Names and addresses of users are for who keeps the roles of a region."""
    access = access_of(user)
    if not (access.is_application_admin or access.has(Role.REGIONAL_ADMIN)):
        raise NotAllowed("Alleen de regiobeheerder ziet gebruikers en hun rollen.")
