"""Supply as referrers and providers see it: what was stated last, beside the norm."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet

from core import clock
from regions.models import Region
from regions.queries.access import access_of
from segments.models import Product, ProductPlacement, Segment

from ..domain.supply import holds
from ..enums_supply import StopState, WaitKnown
from ..models import (
    ClientStop,
    CrisisReport,
    OutsidePlacement,
    PlaceStatement,
    WaitNorm,
    WaitStatement,
)
from ..rules_supply import READERS

# Treeknorm ggz: first meeting within 4 weeks, help within 10 weeks after it.
TREEKNORM = (28, 70, "Treeknorm")
OLD = timedelta(days=45)


def _regions(user: Any) -> set[int]:
    return {g.region_id for g in access_of(user).grants if g.region_id and g.role in READERS}


def waits_visible_to(user: Any) -> QuerySet[WaitStatement]:
    """Of everybody in the user's regions: this is meant to be shared (004:L1209-1211)."""
    rows = WaitStatement.objects.filter(provider__region__in=_regions(user))
    return rows.select_related("provider__region", "location")


def stops_visible_to(user: Any) -> QuerySet[ClientStop]:
    """Agreed stops of everybody; what is asked, refused or over, only for the region and itself."""
    access = access_of(user)
    own = Q(provider__region__in=access.staff_region_ids)
    for region in access.region_ids:
        mine = access.provider_organisations_in(region)
        own |= Q(provider__region=region, provider__organisation__in=mine)
    rows = ClientStop.objects.filter(provider__region__in=_regions(user))
    seen = rows.filter(Q(state=StopState.AGREED) | own)
    return seen.select_related("provider__region", "location")


def places_visible_to(user: Any) -> QuerySet[PlaceStatement]:
    rows = PlaceStatement.objects.filter(provider__region__in=_regions(user))
    return rows.select_related("provider__region", "location__municipality")


def crises_visible_to(user: Any) -> QuerySet[CrisisReport]:
    return _of_placers(user, CrisisReport.objects.select_related("municipality", "provider"))


def outside_visible_to(user: Any) -> QuerySet[OutsidePlacement]:
    return _of_placers(user, OutsidePlacement.objects.select_related("municipality"))


def _of_placers(user: Any, rows: QuerySet[Any]) -> QuerySet[Any]:
    """All of a region for its staff; those of the own municipality for who speaks for one."""
    access = access_of(user)
    seen = Q(region__in=access.staff_region_ids)
    for region in _regions(user) - access.staff_region_ids:
        own = access.municipalities_in(region)
        seen |= Q(region=region, municipality__gm_code__in=own)
    return rows.filter(seen)


def newest_waits(rows: QuerySet[WaitStatement]) -> list[WaitStatement]:
    """The last statement per provider, product and place."""
    ordered = rows.order_by("provider_id", "product_code", "location_id", "-stated_on", "-pk")
    return list(ordered.distinct("provider_id", "product_code", "location_id"))


def newest_places(rows: QuerySet[PlaceStatement]) -> list[PlaceStatement]:
    ordered = rows.order_by("provider_id", "kind", "location_id", "-stated_on", "-pk")
    return list(ordered.distinct("provider_id", "kind", "location_id"))


@dataclass(frozen=True)
class Norm:
    intake_days: int
    treatment_days: int
    source: str


def norms_of(region: Region) -> tuple[dict[str, Norm], Norm]:
    """The norm per product, and the one for what has no segment.

    An agreed norm of the segment goes first, then the region's, then the Treeknorm.
    """
    rows = {n.segment_id: n for n in WaitNorm.objects.filter(region=region)}
    general = _norm(rows[None]) if None in rows else Norm(*TREEKNORM)
    today = clock.today()
    placed = ProductPlacement.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=today), scheme__region=region,
        valid_from__lte=today,
    ).values_list("product_code", "segment")  # fmt: skip
    return {
        code: _norm(rows[segment]) if segment in rows else general for code, segment in placed
    }, general


def _norm(row: WaitNorm) -> Norm:
    return Norm(row.intake_days, row.treatment_days, row.source)


@dataclass(frozen=True)
class WaitLine:
    """A statement beside its norm. `within` None: unknown."""

    row: WaitStatement
    product: str
    norm: Norm
    stop: ClientStop | None

    @property
    def within(self) -> bool | None:
        row = self.row
        if row.known == WaitKnown.UNKNOWN:
            return None
        return (row.intake_days or 0) <= self.norm.intake_days and (
            row.treatment_days or 0
        ) <= self.norm.treatment_days

    @property
    def is_old(self) -> bool:
        return clock.today() - self.row.stated_on > OLD


def wait_lines(user: Any, region: Region) -> list[WaitLine]:
    """Every provider and product with its newest wait, norm and stop."""
    rows = newest_waits(waits_visible_to(user).filter(provider__region=region))
    names = dict(Product.objects.filter(region=region).values_list("code", "name"))
    by_product, general = norms_of(region)
    stops = running_stops(region)
    return [
        WaitLine(
            row,
            f"{row.product_code} {names.get(row.product_code, '')}".strip(),
            by_product.get(row.product_code, general),
            next((s for s in stops if _concerns(s, row)), None),
        )
        for row in rows
    ]


def running_stops(region: Region) -> list[ClientStop]:
    rows = ClientStop.objects.filter(provider__region=region, state=StopState.AGREED)
    return [stop for stop in rows.select_related("provider") if holds(stop, clock.today())]


def _concerns(stop: ClientStop, row: WaitStatement) -> bool:
    return (
        stop.provider_id == row.provider_id
        and stop.product_code in ("", row.product_code)
        and (stop.location_id is None or stop.location_id == row.location_id)
    )


def segments_of(region: Region) -> QuerySet[Segment]:
    return Segment.objects.filter(scheme__region=region).order_by("-scheme__valid_from", "order")
