"""Which price holds on a day: that of the contract, else that of the region."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from regions.queries.access import access_of

from ..enums.contracts import BespokeSubject
from ..models import BespokeAgreement, Contract, Tariff
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
    """The tariff in force per product code and unit.

    A bespoke one goes before that of the contract's lot, and that before the region's.
    """
    lots = list(contract.lots.values_list("pk", flat=True))
    of_region = Q(contract__isnull=True, region=contract.region_id)
    own = Q(contract=contract) | of_region & (Q(lot__isnull=True) | Q(lot__in=lots))
    rows = on(Tariff.objects.filter(own), day).select_related("lot")
    nearest_first = sorted(rows, key=lambda t: (t.contract_id is None, t.lot_id is None, t.pk))
    found: dict[tuple[str, str], Tariff] = {}
    for tariff in nearest_first:
        found.setdefault((tariff.product_code, tariff.unit), tariff)
    return dict(sorted(found.items()))


def with_previous(rows: QuerySet[Tariff]) -> QuerySet[Tariff]:
    """Adds `previous`: the amount of the tariff that this one followed, None for the first."""
    same = Tariff.objects.filter(
        region=OuterRef("region"), product_code=OuterRef("product_code"), unit=OuterRef("unit")
    ).annotate(own=Coalesce("contract", 0), place=Coalesce("lot", 0))
    before = same.filter(
        own=Coalesce(OuterRef("contract"), 0),
        place=Coalesce(OuterRef("lot"), 0),
        valid_from__lt=OuterRef("valid_from"),
    )
    return rows.annotate(previous=Subquery(before.order_by("-valid_from").values("amount")[:1]))


def unequal(region: Any, day: date) -> set[str]:
    """Products for which some running contract has a tariff of its own without saying why.

    The same product has the same tariff, unless a bespoke agreement about the tariff says so.
    """
    own = on(Tariff.objects.filter(region=region, contract__isnull=False), day)
    reasons = BespokeAgreement.objects.filter(subject=BespokeSubject.TARIFF, valid_to__isnull=True)
    said = reasons.values("contract")
    return set(own.exclude(contract__in=said).values_list("product_code", flat=True))
