"""Users and their roles, as the administrator of a region sees them."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Prefetch, QuerySet

from core.ui import matches

from ..enums import Role
from ..models import Region, RoleAssignment
from .access import access_of, regions_visible_to


def roles_visible_to(user: Any) -> QuerySet[RoleAssignment]:
    """Roles in regions that the user sees; the roles of application administrators stay out."""
    return RoleAssignment.objects.filter(region__in=regions_visible_to(user)).select_related(
        "user", "municipality", "provider_organisation", "region"
    )


def people_in(region: Region, words: str = "", role: str = "") -> QuerySet[Any]:
    """Users with a role in the region, each with `region_roles`."""
    roles = RoleAssignment.objects.filter(region=region).select_related(
        "municipality", "provider_organisation"
    )
    wanted = roles.filter(role=role) if role else roles
    people = get_user_model().objects.filter(pk__in=wanted.values("user"))
    people = matches(people, words, ("name", "email"))
    return people.prefetch_related(
        Prefetch("role_assignments", queryset=roles, to_attr="region_roles")
    )


def managed_roles(user: Any) -> QuerySet[RoleAssignment]:
    """Roles in the regions of which the user keeps the roles."""
    access = access_of(user)
    if access.is_application_admin:
        return RoleAssignment.objects.filter(region__isnull=False)
    managed = [g.region_id for g in access.grants if g.role == Role.REGIONAL_ADMIN]
    return RoleAssignment.objects.filter(region__in=managed)


def managed_people(user: Any) -> QuerySet[Any]:
    """Users who have a role in the regions of which the user keeps the roles."""
    roles = managed_roles(user)
    return get_user_model().objects.filter(pk__in=roles.values("user")).order_by("name", "pk")
