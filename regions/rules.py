"""Who may do what with a region, its municipalities and the roles in it."""

from typing import Any

from core.api.models import Token
from core.errors import NotAllowed

from .enums import Role
from .models import Region, RoleAssignment
from .queries.access import access_of
from .queries.tokens import systems_managed_by, tokens_visible_to


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


def check_can_give_token(user: Any, owner: Any) -> None:
    """For oneself when one has a role; for a system when one keeps all its roles."""
    if not access_of(user).grants:
        raise NotAllowed("U hebt nog geen rol. Een token zou niets openen.")
    if owner.pk != user.pk and not systems_managed_by(user).filter(pk=owner.pk).exists():
        raise NotAllowed(
            "U kunt een token maken voor uzelf en voor gekoppelde systemen waarvan u alle rollen "
            "beheert."
        )


def check_can_withdraw_token(user: Any, token: Token) -> None:
    if not tokens_visible_to(user).filter(pk=token.pk).exists():
        raise NotAllowed("Alleen de eigenaar en de regiobeheerder kunnen dit token intrekken.")
