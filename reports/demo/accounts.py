"""One account per role, to walk around in the demonstration."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model

from providers.models import Provider
from regions.domain.roles import assign
from regions.enums import Role
from regions.models import Municipality, Region, RoleAssignment

from .regions import COUNCILS

OF_COUNCIL = (Role.COUNCIL_CLERK, Role.COUNCIL_MEMBER, Role.EXECUTIVE)
PASSWORD = "Kijkje-in-Jeugdregie"  # noqa: S105 -- printed on the screen of the demonstration
DOMAIN = "demo.jeugdregie.example"


@dataclass(frozen=True)
class Account:
    role: str
    email: str
    scope: str


def make_accounts(*, live: Region, others: list[Region]) -> list[Account]:
    """Regional staff, councils and colleges in every region, the rest in the live one."""
    municipality = Municipality.objects.filter(memberships__region=live).order_by("gm_code").first()
    provider = Provider.objects.filter(region=live).order_by("sort_name").first()
    return [
        _account(role, live, others, municipality, provider)
        for role in Role
        if role != Role.PROVIDER or provider is not None
    ]


def _account(
    role: Role,
    live: Region,
    others: list[Region],
    municipality: Municipality | None,
    provider: Provider | None,
) -> Account:
    local = role.value.replace("_", ".")
    user = _user(f"{local}@{DOMAIN}", f"Demo {role.label}", is_staff=role == Role.APPLICATION_ADMIN)
    if role == Role.APPLICATION_ADMIN:
        _once(user=user, role=role, region=None)
        return Account(role.label, user.email, "alle regio’s")
    scope: dict[str, Any] = {}
    told = live.name
    if role in Role.OF_MUNICIPALITY and municipality is not None:
        scope, told = {"municipality": municipality}, municipality.name
    elif role == Role.PROVIDER and provider is not None:
        scope, told = {"provider_organisation": provider.organisation}, provider.name
    _once(user=user, role=role, region=live, **scope)
    if role in Role.REGIONAL_STAFF:
        for region in others:
            _once(user=user, role=role, region=region)
        told = ", ".join(r.name for r in (live, *others))
    if role in OF_COUNCIL:
        towns = [town for region in others if (town := _in_council(user, role, region))]
        told = ", ".join([told, *(town.name for town in towns)])
    return Account(role.label, user.email, told)


def _in_council(user: Any, role: Role, region: Region) -> Municipality | None:
    code = COUNCILS.get(region.slug, "")
    town = Municipality.objects.filter(memberships__region=region, gm_code=code).first()
    if town is not None:
        _once(user=user, role=role, region=region, municipality=town)
    return town


def _user(email: str, name: str, *, is_staff: bool) -> Any:
    users = get_user_model().objects
    user = users.filter(email=email).first()
    if user is None:
        user = users.create_user(email, PASSWORD, name=name, is_staff=is_staff)
    return user


def _once(*, user: Any, role: str, region: Region | None, **scope: Any) -> None:
    if not RoleAssignment.objects.filter(user=user, role=role, region=region).exists():
        if region is None:
            RoleAssignment.objects.create(user=user, role=role)
        else:
            assign(user=user, role=role, region=region, **scope)
