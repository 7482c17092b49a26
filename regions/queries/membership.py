"""Which municipalities belong to a region, and when."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from core import clock

from ..models import Municipality, MunicipalityGroup, Region, RegionMembership, YouthPopulation
from .access import regions_visible_to


def memberships_of(region: Region) -> QuerySet[RegionMembership]:
    return RegionMembership.objects.filter(region=region).select_related("municipality")


def memberships_on(region: Region, day: date) -> QuerySet[RegionMembership]:
    """Memberships that hold on a day."""
    return memberships_of(region).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day
    )


def municipalities_of(region: Region, day: date | None = None) -> QuerySet[Municipality]:
    """The municipalities of a region on a day (today)."""
    on = memberships_on(region, day or clock.today())
    return Municipality.objects.filter(pk__in=on.values("municipality"))


def municipalities_ever_in(region: Region) -> QuerySet[Municipality]:
    return Municipality.objects.filter(memberships__region=region).distinct()


def memberships_visible_to(user: Any) -> QuerySet[RegionMembership]:
    return RegionMembership.objects.filter(region__in=regions_visible_to(user))


def youth_visible_to(user: Any) -> QuerySet[YouthPopulation]:
    """Numbers of youths: public figures, for everyone in the region."""
    return YouthPopulation.objects.filter(region__in=regions_visible_to(user))


def municipalities_visible_to(user: Any) -> QuerySet[Municipality]:
    """Municipalities that are or were in a region of the user."""
    return Municipality.objects.filter(pk__in=memberships_visible_to(user).values("municipality"))


def groups_visible_to(user: Any) -> QuerySet[MunicipalityGroup]:
    return MunicipalityGroup.objects.filter(region__in=regions_visible_to(user))
