"""Which editions somebody may see."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

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


def without_older_versions(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """Only the last version of each edition."""
    newer = Edition.objects.filter(
        region=OuterRef("region"),
        kind=OuterRef("kind"),
        half_year=OuterRef("half_year"),
        municipality=OuterRef("municipality"),
        scheme=OuterRef("scheme"),
        version__gt=OuterRef("version"),
    )
    return editions.exclude(Exists(newer))
