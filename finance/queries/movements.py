"""What finance reads of care: money by month of care and month in which it became known.

Segment and category follow from the product by the placements of one scheme that hold on a day,
as in every figure; a product without a place counts under UNPLACED.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db import connection

from care.models import Instalment
from core.periods import add_months, first_of_month

from ..domain.months import Month
from ..domain.provider_triangles import Moved
from ..models import ProjectionRun

UNPLACED = "niet ingedeeld"


@dataclass(frozen=True)
class View:
    """From where one looks: region, scheme with its placements on a day, and what is known."""

    region_id: int
    scheme_id: int
    scheme_on: date
    as_of: date
    cutoff_run: int

    @property
    def params(self) -> dict[str, Any]:
        return {
            "region_id": self.region_id,
            "scheme_id": self.scheme_id,
            "scheme_on": self.scheme_on,
            "known_month": first_of_month(self.as_of),
            "cutoff_run": self.cutoff_run,
        }


@dataclass(frozen=True)
class Outlook(View):
    """From where a projection looks: on until a day (exclusive), with the registers as they were
    known on a day (None: as they stand), and with a savings series or not."""

    until: date
    registers_on: date | None
    with_savings: bool

    def from_past(self, as_of: date, until: date) -> Outlook:
        """What it would have been at the end of an earlier month, with the placements of now."""
        return replace(self, as_of=as_of, until=until, registers_on=as_of, with_savings=False)


def view_of(run: ProjectionRun) -> Outlook:
    """From where a run looks."""
    return Outlook(
        region_id=run.region_id,
        scheme_id=run.scheme_id,
        scheme_on=max(run.as_of, run.scheme.valid_from),
        as_of=run.as_of,
        cutoff_run=run.cutoff_run if run.cutoff_run is not None else 2**31 - 1,
        until=run.until,
        registers_on=run.registers_on,
        with_savings=run.savings_id is not None,
    )


def month_number(day: date) -> Month:
    return day.year * 12 + day.month - 1


def first_day(month: Month) -> date:
    return date(month // 12, month % 12 + 1, 1)


def first_month(day: date) -> Month:
    """The month from which a decision counts: the one that it holds most of."""
    return month_number(day) + (day.day > 15)


def last_full_month(day: date) -> date:
    """The last day of the last month that `day` has seen to its end."""
    start = first_of_month(day)
    after = add_months(start, 1)
    return day if day == after - timedelta(days=1) else start - timedelta(days=1)


PLACED = """
WITH place AS (
    SELECT p.product_code, s.code AS segment,
        CASE WHEN p.direction = '' THEN ''
            ELSE p.direction || CASE WHEN p.is_stay THEN '-verblijf' ELSE '-ambulant' END
        END AS category,
        p.is_stay
    FROM segments_productplacement p
    JOIN segments_segment s ON s.id = p.segment_id
    WHERE p.scheme_id = %(scheme_id)s AND p.valid_from <= %(scheme_on)s
        AND (p.valid_to IS NULL OR p.valid_to > %(scheme_on)s)
)
"""
SEEN = """
FROM care_spendmovement m
LEFT JOIN place ON place.product_code = m.product
WHERE m.region_id = %(region_id)s AND m.known_month <= %(known_month)s
    AND m.run <= %(cutoff_run)s
"""

PROVIDERS = f"""
{PLACED}
SELECT m.provider, m.care_month, m.known_month, sum(m.amount_cents)::bigint
{SEEN}
    AND coalesce(place.segment, '{UNPLACED}') = %(segment)s
GROUP BY 1, 2, 3
"""

TRIANGLE = f"""
{PLACED}
SELECT m.municipality, coalesce(place.segment, '{UNPLACED}'), m.care_month, m.known_month,
    sum(m.amount_cents)::bigint
{SEEN}
GROUP BY 1, 2, 3, 4
HAVING sum(m.amount_cents) <> 0
ORDER BY 1, 2, 3, 4
"""

SEGMENTS = f"""
{PLACED}
SELECT coalesce(place.segment, '{UNPLACED}'), m.care_month, m.known_month,
    sum(m.amount_cents)::bigint
{SEEN}
GROUP BY 1, 2, 3
HAVING sum(m.amount_cents) <> 0
ORDER BY 1, 2, 3
"""

CELLS = f"""
{PLACED}
SELECT m.municipality, coalesce(place.segment, '{UNPLACED}'), coalesce(place.category, ''),
    m.provider, m.care_month, sum(m.amount_cents)::bigint
{SEEN}
    AND m.care_month >= %(care_from)s AND m.care_month < %(care_to)s
GROUP BY 1, 2, 3, 4, 5
HAVING sum(m.amount_cents) <> 0
ORDER BY 1, 2, 3, 4, 5
"""


YEARLY = f"""
{PLACED}
SELECT m.municipality, coalesce(place.segment, '{UNPLACED}'), m.product,
    extract(year FROM m.care_month)::int, sum(m.amount_cents)::bigint
{SEEN}
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4
"""  # noqa: S608 -- made of constants


def yearly_rows(view: View) -> list[tuple[str, str, str, int, int]]:
    """(municipality, segment, product, year of care, cents) as known."""
    return rows_of(YEARLY, view.params)


SENT = f"""
{PLACED}
SELECT coalesce(place.segment, '{UNPLACED}'), m.provider, m.known_month,
    sum(m.amount_cents)::bigint
{SEEN}
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3
"""


def sent_rows(view: View) -> list[tuple[str, str, date, int]]:
    """(segment, provider, known month, cents): what every provider's messages brought."""
    return rows_of(SENT, view.params)


def triangle_rows(view: View) -> list[tuple[str, str, date, date, int]]:
    """(municipality, segment, care month, known month, cents), refusals and credits included."""
    return rows_of(TRIANGLE, view.params)


def provider_rows(view: View, segment: str) -> list[Moved]:
    """What became known of every provider in one segment, month by month."""
    return [
        Moved(agb, month_number(care), month_number(known), cents)
        for agb, care, known, cents in rows_of(PROVIDERS, {**view.params, "segment": segment})
    ]


def segment_rows(view: View) -> list[tuple[str, date, date, int]]:
    """(segment, care month, known month, cents) of the whole region."""
    return rows_of(SEGMENTS, view.params)


def cell_rows(
    view: View, *, care_from: date, care_to: date
) -> list[tuple[str, str, str, str, date, int]]:
    """(municipality, segment, category, provider, care month, cents) as known, half-open."""
    return rows_of(CELLS, {**view.params, "care_from": care_from, "care_to": care_to})


def rows_of(sql: str, params: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


@dataclass(frozen=True)
class Payment:
    """An instalment for a half-open period, in cents."""

    municipality: str
    segment: str
    category: str
    provider: str
    start: date
    end: date
    cents: int

    def months(self) -> Iterator[tuple[date, int]]:
        """The payment over the months of its period, equal parts; odd cents in the first ones."""
        months = [first_of_month(self.start)]
        while add_months(months[-1], 1) < self.end:
            months.append(add_months(months[-1], 1))
        sign = -1 if self.cents < 0 else 1
        part, odd = divmod(abs(self.cents), len(months))
        for place, month in enumerate(months):
            yield month, sign * (part + (place < odd))


def payments(view: View) -> list[Payment]:
    """Instalments as they stood at the cut-off, with the segment as the scheme knows it."""
    rows = (
        Instalment.objects.filter(region_id=view.region_id, run__lte=view.cutoff_run)
        .exclude(replaced_in__lte=view.cutoff_run)
        .order_by("municipality", "segment", "category", "provider", "period_from")
        .values_list(
            "municipality", "segment", "category", "provider", "period_from", "period_to", "amount"
        )
    )
    known = _segment_codes(view)
    return [
        Payment(m, s if s in known else UNPLACED, c, p, start, end, int(amount * 100))
        for m, s, c, p, start, end, amount in rows
    ]


def _segment_codes(view: View) -> set[str]:
    sql = "SELECT code FROM segments_segment WHERE scheme_id = %(scheme_id)s"
    return {code for (code,) in rows_of(sql, view.params)}
