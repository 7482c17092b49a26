"""Who may see what: one answer per user, asked by every `visible_to`."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, JSONField, OuterRef, Q

from ..enums import Role
from ..models import Region, RoleAssignment


@dataclass(frozen=True)
class Grant:
    """One role of a user, with its scope. None means: not limited to one."""

    role: str
    region_id: int | None
    gm_code: str | None
    provider_organisation_id: int | None
    municipality_organisation_id: int | None = None


@dataclass(frozen=True)
class Access:
    """Everything that a user's roles allow, as plain values."""

    grants: tuple[Grant, ...]

    def has(self, *roles: str, region_id: int | None = None) -> bool:
        """Whether the user has one of these roles (in this region, when given)."""
        return any(
            g.role in roles and (region_id is None or g.region_id == region_id) for g in self.grants
        )

    def roles_in(self, region_id: int) -> frozenset[str]:
        """The user's roles in one region, as a table of states asks for them."""
        return frozenset(g.role for g in self.grants if g.region_id == region_id)

    @property
    def is_application_admin(self) -> bool:
        return self.has(Role.APPLICATION_ADMIN)

    @property
    def region_ids(self) -> frozenset[int]:
        """Every region in which the user has any role."""
        return frozenset(g.region_id for g in self.grants if g.region_id is not None)

    @property
    def staff_region_ids(self) -> frozenset[int]:
        """Regions of whose organisation the user is staff: unsuppressed figures."""
        return frozenset(
            g.region_id
            for g in self.grants
            if g.region_id is not None and g.role in Role.REGIONAL_STAFF
        )

    def is_staff_of(self, region_id: int) -> bool:
        return region_id in self.staff_region_ids

    def municipalities_in(self, region_id: int) -> frozenset[str]:
        """Municipalities whose own cells the user may see unsuppressed."""
        return frozenset(
            g.gm_code for g in self.grants if g.region_id == region_id and g.gm_code is not None
        )

    def provider_organisations_in(self, region_id: int) -> frozenset[int]:
        """Providers whose own cells the user may see unsuppressed."""
        return frozenset(
            g.provider_organisation_id
            for g in self.grants
            if g.region_id == region_id and g.provider_organisation_id is not None
        )

    def is_only_provider_in(self, region_id: int) -> bool:
        """Whether all the user's roles in the region are a provider's."""
        roles = {g.role for g in self.grants if g.region_id == region_id}
        return roles == {Role.PROVIDER}


NOTHING = Access(())


def access_of(user: Any) -> Access:
    """The user's access, read once per user object (a request has a new one)."""
    if not getattr(user, "is_authenticated", False):
        return NOTHING
    known: Access | None = getattr(user, "_access", None)
    if known is None:
        known = Access(tuple(_grants(user)))
        user._access = known
    return known


GRANT = (
    "role",
    "region_id",
    "municipality__gm_code",
    "provider_organisation_id",
    "municipality__organisation_id",
)


def _grants(user: Any) -> Iterable[Grant]:
    rows = RoleAssignment.objects.filter(user=user).order_by().values_list(*GRANT)
    return (Grant(*row) for row in rows)


def grants_column(path: str) -> ArraySubquery:
    """The roles of the user at `path`, as a column of a row that points at the user."""
    roles = RoleAssignment.objects.filter(user=OuterRef(path)).order_by()
    listed = Func(*GRANT, function="jsonb_build_array", output_field=JSONField())
    return ArraySubquery(roles.values_list(listed))


def remember_grants(user: Any, grants: Iterable[Any]) -> None:
    """What `grants_column` read is this user object's access."""
    user._access = Access(tuple(Grant(*_list(grant)) for grant in grants))


def _list(grant: Any) -> list[Any]:
    return json.loads(grant) if isinstance(grant, str) else grant


def regions_visible_to(user: Any) -> Any:
    """Regions in which the user has a role; the application administrator sees all."""
    access = access_of(user)
    if access.is_application_admin:
        return Region.objects.all()
    return Region.objects.filter(pk__in=access.region_ids)


def in_visible_region(user: Any, path: str = "region") -> Q:
    """Filter for rows of a region in which the user has any role."""
    return Q(**{f"{path}__in": access_of(user).region_ids})


def in_staffed_region(user: Any, path: str = "region") -> Q:
    """Filter for rows that only staff of the regional organisation may see."""
    return Q(**{f"{path}__in": access_of(user).staff_region_ids})
