"""Volumes on which measures work: trajectories that begin, and youths in care.

A measure may be given as a volume; the part of the driver that it is follows from what the scope
was in the last twelve months. And a measure is followed in the same volumes, year by year: what one
measure did to the cost cannot be measured, whether fewer trajectories begin can be seen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from core import clock
from core.periods import add_months, first_of_month
from segments.queries.framework import scheme_to_show

from ..domain.measures import INFLOW, POINTS, MeasureInput, Scope, Slot, reach
from ..domain.months import Month
from ..models import Measure
from .kinds_of_care import CATEGORY
from .movements import PLACED, UNPLACED, View, month_number, rows_of

DAYS_A_YEAR = 365
YEARS_SHOWN = 6

COUNTS = f"""
{PLACED}
SELECT t.municipality, coalesce(place.segment, '{UNPLACED}'), {CATEGORY}, t.product,
    sum(least(coalesce(t.end_on, %(last)s), %(last)s) - greatest(t.start_on, %(first)s)
        + 1)::bigint,
    count(*) FILTER (WHERE t.start_on >= %(first)s)
FROM care_trajectory t
LEFT JOIN place ON place.product_code = t.product
WHERE t.region_id = %(region_id)s AND t.start_on <= %(last)s
    AND coalesce(t.end_on, %(last)s) >= greatest(t.start_on, %(first)s)
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4
"""  # noqa: S608 -- made of constants

FIRST_COST = "SELECT min(care_month) FROM care_spendmovement WHERE region_id = %(region_id)s"


Points = tuple[int, int, int]


class Count(NamedTuple):
    """Of a kind of care in a year: trajectories begun, and days of care."""

    slot: Slot
    begun: int
    days: int


@dataclass(frozen=True)
class Volumes:
    """All kinds of care of a region in one year, up to and including month `until`."""

    rows: tuple[Count, ...]
    until: Month

    @classmethod
    def of(cls, view: View) -> Volumes:
        last = add_months(first_of_month(view.as_of), 1) - timedelta(days=1)
        first = add_months(first_of_month(view.as_of), -11)
        return cls.between(view.params, first, last)

    @classmethod
    def between(cls, params: dict[str, Any], first: date, last: date) -> Volumes:
        """Both days included."""
        found: list[tuple[str, str, str, str, int, int]] = rows_of(
            COUNTS, {**params, "first": first, "last": last}
        )
        return cls(
            tuple(
                Count(Slot(place, segment, category, product, 0), begun, days)
                for place, segment, category, product, days, begun in found
            ),
            month_number(last),
        )

    def begun(self, scope: Scope) -> int:
        return sum(row.begun for row in self.rows if scope.holds(row.slot))

    def clients(self, scope: Scope) -> float:
        """Youths in care in an ordinary month, to the tenth."""
        days = sum(row.days for row in self.rows if scope.holds(row.slot))
        return round(days / DAYS_A_YEAR, 1)

    def base(self, driver: str, scope: Scope) -> float:
        """What a volume of a measure is a part of."""
        return self.begun(scope) if driver == INFLOW else self.clients(scope)


def scope_of(measure: Measure) -> Scope:
    gm_code = measure.municipality.gm_code if measure.municipality else ""
    return Scope(gm_code, measure.segment, measure.category, measure.product)


def as_points(measure: Measure, given: MeasureInput, volumes: Volumes) -> Points | None:
    """A volume as hundredths of a percent of its driver, never more than all of it; None where
    nothing of the kind was there in the last year. What the measure did in that year already is
    thought away: the driver is what it would have been without. `given` says when it works."""
    base = volumes.base(measure.driver, scope_of(measure))
    wanted = (measure.volume_low, measure.volume_central, measure.volume_high)
    if not base or None in wanted:
        return None
    year = range(volumes.until - 11, volumes.until + 1)
    done = _sign(measure) * float(reach(given, year, given.first - 1).mean())
    low, central, high = (_part(one or 0, base - done * (one or 0)) for one in wanted)
    most = POINTS if measure.is_mix else 5 * POINTS
    return max(low, -POINTS), min(max(central, -POINTS), most), min(high, most)


def _part(volume: float, whole: float) -> int:
    """All of it where nothing is left to be a part of."""
    return round(POINTS * volume / whole) if whole > 0 else round(math.copysign(POINTS, volume))


class YearOfVolume(NamedTuple):
    """`works` is the part of the measure that is there on average by plan; `planned` the driver by
    plan (None before the measure, or where the year before it is not over). Of a running year the
    counts are those so far."""

    year: int
    whole: bool
    begun: int
    clients: float
    works: float
    planned: float | None


def followed(measure: Measure, given: MeasureInput | None) -> list[YearOfVolume]:
    """The volumes of a measure's scope in the years around its start, beside its plan. Years before
    the region's declarations began are no years to compare with, and are left out."""
    scheme = scheme_to_show(measure.region)
    if scheme is None:
        return []
    today, scope = clock.today(), scope_of(measure)
    first = max(min(measure.starts_on.year - 2, today.year), today.year - YEARS_SHOWN + 1)
    params = {
        "region_id": measure.region_id, "scheme_id": scheme.pk,
        "scheme_on": max(today, scheme.valid_from),
    }  # fmt: skip
    first = max(first, _first_whole_year(params) or first)
    found, base = [], None
    for year in range(first, today.year + 1):
        last = min(date(year, 12, 31), today)
        volumes = Volumes.between(params, date(year, 1, 1), last)
        whole = last == date(year, 12, 31)
        if year == measure.starts_on.year - 1 and whole:
            base = volumes.base(measure.driver, scope)
        works = _works(given, year)
        planned = None
        if base is not None and given is not None and year >= measure.starts_on.year:
            planned = base * (1 + _sign(measure) * given.central / POINTS * works)
        clients = volumes.clients(scope)
        if not whole:
            clients = round(clients * DAYS_A_YEAR / ((last - date(year, 1, 1)).days + 1), 1)
        found.append(YearOfVolume(year, whole, volumes.begun(scope), clients, works, planned))
    return found


def _first_whole_year(params: dict[str, Any]) -> int | None:
    """Trajectories that began long ago came along with the first declarations, but not all."""
    start: date | None = rows_of(FIRST_COST, params)[0][0]
    return start.year + (start.month > 1) if start else None


def _sign(measure: Measure) -> int:
    """A move is told as a part that goes, which leaves less."""
    return -1 if measure.is_mix else 1


def _works(given: MeasureInput | None, year: int) -> float:
    if given is None:
        return 0.0
    months = range(year * 12, year * 12 + 12)
    return float(reach(given, months, given.first - 1).mean())
