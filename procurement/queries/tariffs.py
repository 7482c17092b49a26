"""Which price holds on a day: that of the contract, else that of the region."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from regions.queries.access import access_of

from ..models import Contract, Tariff
from .contracts import readable_region_ids


def tariffs_visible_to(user: Any) -> QuerySet[Tariff]:
    """Tariffs of contracts as the contracts themselves; those of the region for all who work there.

    The region's tariffs hold for every provider alike and are no secret.
    """
    access = access_of(user)
    seen = Q(region__in=access.region_ids, contract__isnull=True)
    seen |= Q(region__in=readable_region_ids(user))
    for region in access.region_ids:
        own = access.provider_organisations_in(region)
        seen |= Q(region=region, contract__provider__organisation__in=own)
    return Tariff.objects.filter(seen)


def on(rows: QuerySet[Tariff], day: date) -> QuerySet[Tariff]:
    """Tariffs in force on a day."""
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


def tariffs_of(contract: Contract, day: date) -> dict[tuple[str, str], Tariff]:
    """The tariff in force per product code and unit; a bespoke one goes before the region's."""
    own = Q(contract=contract) | Q(contract__isnull=True, region=contract.region_id)
    rows = on(Tariff.objects.filter(own), day).order_by("product_code", "unit")
    found: dict[tuple[str, str], Tariff] = {}
    for tariff in rows:
        key = (tariff.product_code, tariff.unit)
        if key not in found or tariff.contract_id is not None:
            found[key] = tariff
    return found
