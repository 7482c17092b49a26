"""Which editions somebody may see."""

from typing import Any

from django.db.models import Q, QuerySet

from regions.queries.access import access_of

from ..enums import EditionKind
from ..models import Edition


def editions_visible_to(user: Any) -> QuerySet[Edition]:
    """Staff see all of their region; municipal roles the region's and their own council edition."""
    access = access_of(user)
    visible = Q(region__in=access.staff_region_ids)
    for region_id in access.region_ids - access.staff_region_ids:
        own = access.municipalities_in(region_id)
        if own:
            visible |= Q(
                region=region_id,
                kind__in=EditionKind.FOR_COUNCILS,
                municipality__in=["", *own],
            )
    return Edition.objects.filter(visible).select_related("region", "scheme", "pdf")
