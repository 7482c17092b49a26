"""Regions, municipalities, memberships, groups, users and roles."""

from typing import Any

import django_filters

from core.api.rest import ChoiceOf, Filters, RegisterView, on_day

from ..enums import Role
from ..queries import membership, people
from ..queries.access import regions_visible_to
from ..rules import check_can_see_people
from . import rows
from .choose import REGION_TEXT, OfRegion, region_filter


class RegionView(RegisterView):
    about = "Inkoopregio's waarin u een rol hebt."
    visible = staticmethod(regions_visible_to)
    serializer_class = rows.RegionRows


class MunicipalityFilters(OfRegion):
    regio = region_filter("memberships__region__slug")
    gemeentecode = django_filters.CharFilter(field_name="gm_code")

    def filter_queryset(self, queryset):  # type: ignore[no-untyped-def]
        """A municipality that was a member twice is one municipality."""
        return super().filter_queryset(queryset).distinct()


class MunicipalityView(RegisterView):
    about = "Gemeenten die lid zijn of waren van een regio waarin u een rol hebt."
    visible = staticmethod(membership.municipalities_visible_to)
    serializer_class = rows.MunicipalityRows
    filterset_class = MunicipalityFilters


class MembershipFilters(OfRegion):
    gemeente = django_filters.CharFilter(field_name="municipality__gm_code")
    peildatum = django_filters.DateFilter(method=on_day("valid_from", "valid_to"))


class MembershipView(RegisterView):
    about = "Van wanneer tot wanneer een gemeente bij een regio hoort, en volgens welke bron."
    visible = staticmethod(membership.memberships_visible_to)
    serializer_class = rows.MembershipRows
    filterset_class = MembershipFilters


class GroupView(RegisterView):
    about = "Groepen gemeenten binnen een regio, zoals H9 of H5."
    visible = staticmethod(membership.groups_visible_to)
    serializer_class = rows.GroupRows
    filterset_class = OfRegion


class YouthFilters(OfRegion):
    gemeente = django_filters.CharFilter(field_name="municipality")
    peildatum = django_filters.DateFilter(field_name="counted_on")


class YouthView(RegisterView):
    about = "Aantal jeugdigen per gemeente op een peildatum."
    visible = staticmethod(membership.youth_visible_to)
    serializer_class = rows.YouthRows
    filterset_class = YouthFilters


class RoleFilters(OfRegion):
    gebruiker = django_filters.NumberFilter(field_name="user_id")
    rol = ChoiceOf(Role, field_name="role")


class RoleView(RegisterView):
    about = "Wie welke rol heeft in de regio's waarvan u regiobeheerder bent."
    visible = staticmethod(people.managed_roles)
    check_access = staticmethod(check_can_see_people)
    serializer_class = rows.RoleRows
    filterset_class = RoleFilters


class UserFilters(Filters):
    regio = django_filters.CharFilter(method="in_region", label=REGION_TEXT)

    def in_region(self, queryset: Any, name: str, slug: str) -> Any:
        """By the roles that the reader keeps: other roles of a user stay out of it."""
        roles = people.managed_roles(self.request.user).filter(region__slug=slug)
        return queryset.filter(pk__in=roles.values("user"))


class UserView(RegisterView):
    about = "Gebruikers met een rol in de regio's waarvan u regiobeheerder bent."
    visible = staticmethod(people.managed_people)
    check_access = staticmethod(check_can_see_people)
    serializer_class = rows.UserRows
    filterset_class = UserFilters
