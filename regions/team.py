"""What tasks must know of people and regions."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model

from core.tasks.api import Membership, Organisation

from .enums import Role
from .models import Region, RoleAssignment
from .queries.access import access_of

# Nobody does a task as one of these.
NO_TEAM = (Role.API_CLIENT, Role.APPLICATION_ADMIN)


class Teams(Organisation):
    """A role in a region is a team; a municipality or provider narrows it to its organisation."""

    def tenants(self) -> Iterable[Any]:
        return Region.objects.all()

    def memberships(self, user: Any) -> Iterable[Membership]:
        return [
            Membership(
                grant.region_id,
                grant.role,
                grant.municipality_organisation_id or grant.provider_organisation_id,
            )
            for grant in access_of(user).grants
            if grant.region_id is not None and grant.role not in NO_TEAM
        ]

    def people(self, tenant_id: int) -> Iterable[tuple[Any, list[Membership]]]:
        joined = _by_user(RoleAssignment.objects.filter(region=tenant_id))
        users = get_user_model().objects.filter(pk__in=joined, is_active=True)
        return [(user, joined[user.pk]) for user in users.order_by("name", "pk")]

    def manages(self, user: Any) -> Iterable[int]:
        access = access_of(user)
        if access.is_application_admin:
            return Region.objects.values_list("pk", flat=True)
        return [g.region_id for g in access.grants if g.role == Role.REGIONAL_ADMIN and g.region_id]

    def role_label(self, role: str) -> str:
        return str(Role(role).label) if role in Role.values else role


def _by_user(roles: Any) -> dict[int, list[Membership]]:
    joined: dict[int, list[Membership]] = defaultdict(list)
    columns = ("user_id", "region_id", "role", "municipality__organisation_id")
    rows = roles.exclude(role__in=NO_TEAM).exclude(region=None)
    for user_id, region_id, role, municipality, provider in rows.values_list(
        *columns, "provider_organisation_id"
    ):
        joined[user_id].append(Membership(region_id, role, municipality or provider))
    return joined
