"""Giving people their work in a region, and taking it back."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from core.errors import DomainError

from ..enums import Role
from ..models import Municipality, Organisation, Region, RoleAssignment
from ..queries.membership import municipalities_ever_in
from ..registry import provider_organisations
from ..rules import check_can_manage_region, check_can_revoke
from . import inviting

ASSIGNABLE = tuple(role for role in Role if role is not Role.APPLICATION_ADMIN)


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    role: str,
    region: Region,
    by: Any,
    municipality: Municipality | None = None,
    provider_organisation: Organisation | None = None,
) -> RoleAssignment:
    """Give somebody a role; who has no account yet gets one without a password.

    Effects: a user when the e-mail address is new, with a mail to choose a password; and a
    RoleAssignment. Raises DomainError when the scope does not fit the role.
    """
    check_can_manage_region(by, region)
    _check_scope(role, region, municipality, provider_organisation)
    users = get_user_model().objects
    user = users.filter(email__iexact=email).first()
    if user is None:
        user = users.create_user(email, name=name)
        inviting.send_on_commit(user, region=region, by=by)
    return assign(
        user=user,
        role=role,
        region=region,
        municipality=municipality,
        provider_organisation=provider_organisation,
    )


def assign(
    *,
    user: Any,
    role: str,
    region: Region,
    municipality: Municipality | None = None,
    provider_organisation: Organisation | None = None,
) -> RoleAssignment:
    """Write a role down as it stands; who may ask for it is the caller's concern."""
    assignment = RoleAssignment(
        user=user,
        role=role,
        region=region,
        municipality=municipality,
        provider_organisation=provider_organisation,
    )
    assignment.full_clean()
    assignment.save()
    return assignment


def appoint_administrators() -> None:
    """Make every superuser an application administrator: without a role nobody sees a page."""
    superusers = get_user_model().objects.filter(is_superuser=True)
    for user in superusers.exclude(role_assignments__role=Role.APPLICATION_ADMIN):
        RoleAssignment.objects.create(user=user, role=Role.APPLICATION_ADMIN)


@transaction.atomic
def revoke(*, assignment: RoleAssignment, by: Any) -> None:
    """Take a role back. Rights end with the next page that the user asks for."""
    check_can_revoke(by, assignment)
    assignment.delete()


def _check_scope(
    role: str, region: Region, municipality: Municipality | None, provider: Organisation | None
) -> None:
    if role not in ASSIGNABLE:
        raise DomainError("Deze rol geeft alleen een applicatiebeheerder.", code="rol-niet-hier")
    if role in Role.OF_MUNICIPALITY and municipality is None:
        raise DomainError("Kies bij deze rol een gemeente.", code="gemeente-ontbreekt")
    if municipality is not None and municipality not in municipalities_ever_in(region):
        raise DomainError(f"{municipality} hoort niet bij {region}.", code="gemeente-van-elders")
    if role == Role.PROVIDER and provider is None:
        raise DomainError("Kies bij deze rol een aanbieder.", code="aanbieder-ontbreekt")
    if provider is not None and provider not in provider_organisations(region):
        raise DomainError(f"{provider} is geen aanbieder in {region}.", code="geen-aanbieder")
