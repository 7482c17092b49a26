"""Which editions somebody may see."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from providers.models import Provider
from regions.queries.access import Access, access_of

from ..enums import EditionKind, EditionState
from ..models import Edition, ReaderQuestion, ReportingCycle
from ..rules import kinds_for, states_for


def editions_visible_to(user: Any) -> QuerySet[Edition]:
    """Staff see all of their region; a municipal role the region's and the own council editions.

    A college sees them once they lie before it, a council once they are published; a provider its
    published mirror.
    """
    access = access_of(user)
    visible = Q(region__in=access.staff_region_ids)
    for grant in access.grants:
        if grant.gm_code is not None:
            visible |= Q(
                region=grant.region_id,
                kind__in=kinds_for(grant.role),
                municipality__in=["", grant.gm_code],
                state__in=states_for(grant.role),
            )
    visible |= _own_mirrors(access)
    return Edition.objects.filter(visible).select_related("region", "scheme", "pdf")


def _own_mirrors(access: Access) -> Q:
    """A provider's people read its own mirror once it is published."""
    own = Q(pk__in=[])
    for region_id in access.region_ids:
        organisations = access.provider_organisations_in(region_id)
        if organisations:
            codes = Provider.objects.filter(region=region_id, organisation__in=organisations)
            own |= Q(region=region_id, provider__in=codes.values("agb_code"))
    return own & Q(kind=EditionKind.PROVIDER, state__in=EditionState.FOR_COUNCIL)


def questions_visible_to(user: Any) -> QuerySet[ReaderQuestion]:
    """Questions of the own municipality's council; all of the region for its staff."""
    access = access_of(user)
    visible = Q(edition__region__in=access.staff_region_ids)
    for grant in access.grants:
        if grant.gm_code is not None:
            visible |= Q(edition__region=grant.region_id, municipality=grant.gm_code)
    rows = ReaderQuestion.objects.filter(visible)
    return rows.select_related("edition__region", "by", "answered_by")


def cycles_visible_to(user: Any) -> QuerySet[ReportingCycle]:
    """The calendar is for everybody with a role in the region but providers."""
    access = access_of(user)
    regions = [pk for pk in access.region_ids if not access.is_only_provider_in(pk)]
    return ReportingCycle.objects.filter(region__in=regions)


def without_older_versions(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """Only the last version of each edition among these: what lies in concept hides nothing."""
    newer = Edition.objects.filter(
        pk__in=editions.order_by().values("pk"),
        region=OuterRef("region"),
        kind=OuterRef("kind"),
        half_year=OuterRef("half_year"),
        municipality=OuterRef("municipality"),
        provider=OuterRef("provider"),
        scheme=OuterRef("scheme"),
        version__gt=OuterRef("version"),
    )
    return editions.exclude(Exists(newer))
