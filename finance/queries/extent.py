"""Which parts a year has: municipalities that belong to the region and segments that hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from regions.models import RegionMembership
from segments.models import Segment

Period = tuple[date, date | None]


@dataclass(frozen=True)
class Extent:
    """Periods of municipalities and segments of a region by code."""

    members: dict[str, list[Period]]
    segments: dict[str, list[Period]]

    @classmethod
    def of(cls, region_id: int) -> Extent:
        rows = RegionMembership.objects.filter(region=region_id)
        members = _by_code(
            rows.values_list("municipality__gm_code", "valid_from", "valid_to").order_by()
        )
        held = Segment.objects.filter(scheme__region=region_id)
        segments = _by_code(
            held.values_list("code", "scheme__valid_from", "scheme__valid_to").order_by()
        )
        return cls(members, segments)

    def exists(self, year: int, municipality: str, segment: str) -> bool:
        """Whether the municipality belongs to the region, and the segment to a scheme, in a part of
        the year; '' and what stands in no scheme always do."""
        return all(
            not code or code not in known or any(_part_of(year, one) for one in known[code])
            for code, known in ((municipality, self.members), (segment, self.segments))
        )


def _by_code(rows: Iterable[tuple[str, date, date | None]]) -> dict[str, list[Period]]:
    found: dict[str, list[Period]] = {}
    for code, start, end in rows:
        found.setdefault(code, []).append((start, end))
    return found


def _part_of(year: int, period: Period) -> bool:
    start, end = period
    return start < date(year + 1, 1, 1) and (end is None or end > date(year, 1, 1))
