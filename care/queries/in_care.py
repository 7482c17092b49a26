"""How many clients a provider has in care on a day: numbers only."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q

from procurement.registry import CareCount, InCare

from ..models import Trajectory


def clients_in_care(
    region_id: int, agb_codes: Collection[str], day: date, product_code: str = ""
) -> CareCount:
    """Distinct clients with care that began and has not ended, per product and municipality."""
    rows = Trajectory.objects.filter(
        Q(end_on__isnull=True) | Q(end_on__gte=day),
        region_id=region_id,
        provider__in=agb_codes,
        start_on__lte=day,
    )
    if product_code:
        rows = rows.filter(product=product_code)
    counted = (
        rows.order_by()
        .values_list("product", "municipality")
        .annotate(clients=Count("client", distinct=True))
        .order_by("product", "municipality")
    )
    return CareCount(
        clients=rows.aggregate(found=Count("client", distinct=True))["found"],
        lines=tuple(InCare(*line) for line in counted),
    )
