"""Writing down who decides, who buys and with whom the region works."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from core.errors import DomainError

from ..models import (
    ChainPartner,
    GoverningBody,
    MunicipalMerger,
    PurchasingOrganisation,
    Region,
    ServiceLevelAgreement,
    SubRegion,
)
from ..rules import check_can_manage_region

Party = (
    ChainPartner
    | GoverningBody
    | MunicipalMerger
    | PurchasingOrganisation
    | ServiceLevelAgreement
    | SubRegion
)


def region_of(row: Party) -> Region:
    return row.purchaser.region if isinstance(row, ServiceLevelAgreement) else row.region


@transaction.atomic
def keep(*, row: Party, by: Any) -> Party:
    """Add or change a party. Raises ValidationError when a constraint refuses."""
    check_can_manage_region(by, region_of(row))
    row.full_clean()
    row.save()
    return row


def remove(*, row: Party, by: Any) -> None:
    """Take a party away; one that remarks or decisions name stays."""
    check_can_manage_region(by, region_of(row))
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError as error:
        raise DomainError(
            f"‘{row}’ kan niet weg: er wordt naar verwezen in opmerkingen, besluiten of "
            "bijeenkomsten.",
            code="nog-in-gebruik",
        ) from error
