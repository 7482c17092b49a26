"""Who decides, who buys and with whom the region works, for who has a role in the region."""

from typing import Any

from django.db.models import QuerySet

from ..models import (
    ChainPartner,
    GoverningBody,
    MunicipalMerger,
    PurchasingOrganisation,
    ServiceLevelAgreement,
)
from .access import regions_visible_to


def partners_visible_to(user: Any) -> QuerySet[ChainPartner]:
    return ChainPartner.objects.filter(region__in=regions_visible_to(user))


def purchasers_visible_to(user: Any) -> QuerySet[PurchasingOrganisation]:
    return PurchasingOrganisation.objects.filter(region__in=regions_visible_to(user))


def agreements_visible_to(user: Any) -> QuerySet[ServiceLevelAgreement]:
    rows = ServiceLevelAgreement.objects.filter(purchaser__region__in=regions_visible_to(user))
    return rows.select_related("purchaser")


def bodies_visible_to(user: Any) -> QuerySet[GoverningBody]:
    rows = GoverningBody.objects.filter(region__in=regions_visible_to(user))
    return rows.select_related("municipality")


def mergers_visible_to(user: Any) -> QuerySet[MunicipalMerger]:
    rows = MunicipalMerger.objects.filter(region__in=regions_visible_to(user))
    return rows.select_related("former", "successor")
