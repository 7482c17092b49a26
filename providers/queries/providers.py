"""Providers, for who may see them."""

from typing import Any

from django.db.models import Q, QuerySet

from core.ui import matches
from regions.models import Organisation, Region
from regions.queries.access import access_of

from ..models import Provider, ProviderContact, ProviderLocation


def visible_to(user: Any) -> QuerySet[Provider]:
    """Providers of the user's regions; somebody who is only a provider there sees himself."""
    access = access_of(user)
    whole = [r for r in access.region_ids if not access.is_only_provider_in(r)]
    seen = Q(region__in=whole)
    for region in access.region_ids.difference(whole):
        seen |= Q(region=region, organisation__in=access.provider_organisations_in(region))
    return Provider.objects.filter(seen).select_related("organisation")


def contacts_visible_to(user: Any) -> QuerySet[ProviderContact]:
    """Names of people at a provider: for staff of the region, and the provider itself."""
    access = access_of(user)
    seen = Q(provider__region__in=access.staff_region_ids)
    for region in access.region_ids:
        own = access.provider_organisations_in(region)
        seen |= Q(provider__region=region, provider__organisation__in=own)
    return ProviderContact.objects.filter(seen)


def locations_visible_to(user: Any) -> QuerySet[ProviderLocation]:
    return ProviderLocation.objects.filter(provider__in=visible_to(user)).select_related(
        "municipality"
    )


def organisations_of(region: Region) -> QuerySet[Organisation]:
    """The organisations behind the providers of a region."""
    return Organisation.objects.filter(
        pk__in=Provider.objects.filter(region=region).values("organisation")
    )


FOUND_BY = ("name", "agb_code", "chamber_of_commerce_number")


def matching(rows: QuerySet[Provider], words: str) -> QuerySet[Provider]:
    """Providers whose name, AGB code or KvK number holds these words; accents do not matter."""
    return matches(rows, words, FOUND_BY)
