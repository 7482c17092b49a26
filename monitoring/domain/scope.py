"""What a set of figures is about: a half-year, a scheme with its day, and what may be known."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Any

from django.db.models import Q

from core.errors import DomainError
from core.periods import HalfYear
from regions.models import Region, RegionMembership
from segments.models import SegmentScheme

from ..enums import Kind
from ..indicators import INDICATORS
from . import derived, facts
from .sources import Seen, resolve
from .statements import counting_statements

FORMAT = "1"


@dataclass(frozen=True)
class Scope:
    """The inputs of a set; together they decide every value in it."""

    region: Region
    half_year: HalfYear
    scheme: SegmentScheme
    scheme_on: date
    seen: Seen

    @property
    def params(self) -> dict[str, Any]:
        """The parameters of every statement of the computation."""
        period, year_ago = self.half_year, self.half_year.shift(-2)
        return {
            "region_id": self.region.pk,
            "scheme_id": self.scheme.pk,
            "scheme_on": self.scheme_on,
            "known_on": self.seen.known_on,
            "cutoff_run": self.seen.cutoff_run,
            "half_year": period.label,
            "p0": period.start,
            "p1": period.end,
            "last": period.last_day,
            "year_p0": year_ago.start,
            "year_p1": year_ago.end,
            "near_from": period.start - timedelta(days=366),
            "near_to": period.end + timedelta(days=91),
            "members": self.members,
            **CODES,
        }

    @property
    def is_own_scheme(self) -> bool:
        """Whether the half-year stands in the scheme that holds at its own end."""
        own = scheme_for(self.region, self.half_year)
        return self.scheme == own and self.scheme_on == _within(own, self.half_year.last_day)

    @cached_property
    def members(self) -> list[str]:
        """Municipalities of the region on the last day of the half-year."""
        return members_on(self.region, self.half_year.last_day)


def scope_of(
    *,
    region: Region,
    half_year: HalfYear,
    scheme: SegmentScheme | None = None,
    scheme_on: date | None = None,
    known_on: date | None = None,
    cutoff_run: int | None = None,
) -> Scope:
    """Fill in what was left open: the scheme of the half-year, the last day and run known."""
    chosen = scheme or scheme_for(region, half_year)
    day = scheme_on or _within(chosen, half_year.last_day)
    seen = resolve(region_id=region.pk, known_on=known_on, cutoff_run=cutoff_run)
    return Scope(region, half_year, chosen, day, seen)


def scheme_for(region: Region, half_year: HalfYear) -> SegmentScheme:
    """The scheme in force on the last day; else the next one (a baseline), else the last one."""
    day = half_year.last_day
    schemes = SegmentScheme.objects.filter(region=region)
    in_force = schemes.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)
    found = (
        in_force.first()
        or schemes.filter(valid_from__gt=day).order_by("valid_from").first()
        or schemes.order_by("-valid_from").first()
    )
    if found is None:
        raise DomainError(
            f"{region} heeft nog geen segmentindeling. Leg eerst een indeling vast.",
            code="geen-segmentindeling",
        )
    return found


def members_on(region: Region, day: date) -> list[str]:
    """Codes of the municipalities that belong to the region on a day."""
    memberships = RegionMembership.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day), region=region, valid_from__lte=day
    )
    return sorted(memberships.values_list("municipality__gm_code", flat=True))


def _within(scheme: SegmentScheme, day: date) -> date:
    """The day on which placements are asked: never outside the scheme's own period."""
    if day < scheme.valid_from:
        return scheme.valid_from
    if scheme.valid_to is not None and day >= scheme.valid_to:
        return scheme.valid_to - timedelta(days=1)
    return day


@cache
def code_version() -> str:
    """A stamp of all definitions: it changes when any SQL of the computation changes."""
    texts = [*facts.TABLES, *counting_statements(), *derived.COUNTED, *derived.RELATED]
    texts += [derived.DELIVERED, derived.MERGE_DELIVERED, derived.ZEROS]
    return f"{FORMAT}-{hashlib.sha256(chr(10).join(texts).encode()).hexdigest()[:16]}"


def _codes() -> dict[str, Any]:
    zero = [i for i in INDICATORS if i.source and i.kind in (Kind.COUNT, Kind.MONEY)]
    return {
        "counts": [i.code for i in INDICATORS if i.kind is Kind.COUNT],
        "medians": [i.code for i in INDICATORS if i.kind is Kind.PERCENTILE],
        "computed": [i.code for i in INDICATORS if i.feed != "delivery"],
        "not_deliverable": [i.code for i in INDICATORS if not deliverable(i)],
        "zero_codes": [i.code for i in zero],
        "zero_beside": [bool(i.denominator) for i in zero],
        "zero_money": [i.kind is Kind.MONEY for i in zero],
    }


def deliverable(indicator: Any) -> bool:
    """Whether providers of a segment without messages deliver it: all but money and quality."""
    return indicator.theme not in ("money", "quality") and indicator.code not in (
        "clients_per_100",
        "client_share",
        "stay_share",
    )


CODES = _codes()
