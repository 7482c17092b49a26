"""What kinds of care a region's cost is made of, and how long care lasts: what measures work on."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from core.periods import add_months, first_of_month
from regions.models import Region
from segments.models import CareCategory, Product, Segment

from ..domain.measures import USUAL_MONTHS, Slot
from ..domain.scenario_result import Care
from .movements import PLACED, SEEN, UNPLACED, View, payments, rows_of

DAYS_A_YEAR, DAYS_A_MONTH = 365, 365 / 12
LEAST_TENTHS, MOST_TENTHS = 10, 600

# A region that orders by segment alone still knows care with and without stay.
CATEGORY = """coalesce(nullif(place.category, ''),
    CASE WHEN place.is_stay THEN 'verblijf' WHEN place.is_stay IS NOT NULL THEN 'ambulant' END, '')
"""

SLOTS = f"""
{PLACED}
SELECT m.municipality, coalesce(place.segment, '{UNPLACED}'), {CATEGORY}, m.product,
    sum(m.amount_cents)::bigint
{SEEN}
    AND m.care_month >= %(care_from)s AND m.care_month < %(care_to)s
GROUP BY 1, 2, 3, 4
HAVING sum(m.amount_cents) > 0
ORDER BY 1, 2, 3, 4
"""

CARE = f"""
{PLACED}
SELECT t.municipality, coalesce(place.segment, '{UNPLACED}'),
    sum(least(coalesce(t.end_on, %(last)s), %(last)s) - greatest(t.start_on, %(first)s)
        + 1)::bigint,
    count(*) FILTER (WHERE t.start_on >= %(first)s)
FROM care_trajectory t
LEFT JOIN place ON place.product_code = t.product
WHERE t.region_id = %(region_id)s AND t.start_on <= %(last)s
    AND coalesce(t.end_on, %(last)s) >= greatest(t.start_on, %(first)s)
GROUP BY 1, 2
ORDER BY 1, 2
"""  # noqa: S608 -- made of constants


def names_of_care(region: Region) -> dict[str, str]:
    """Segments, the newest scheme's name first, and products by their code, as one says them."""
    names: dict[str, str] = {}
    segments = Segment.objects.filter(scheme__region=region).order_by("-scheme__valid_from")
    products = Product.objects.filter(region=region)
    for rows in (segments, products):
        for code, name in rows.values_list("code", "name"):
            names.setdefault(code, f"{code} {name}")
    return names


def slots_of(view: View) -> tuple[Slot, ...]:
    """Cost of the last twelve months per municipality, segment, category and product, as the
    projection knew it; instalments have no product."""
    start, end = _year_before(view), add_months(first_of_month(view.as_of), 1)
    found: dict[tuple[str, str, str, str], int] = defaultdict(int)
    for m, s, c, p, cents in rows_of(SLOTS, {**view.params, "care_from": start, "care_to": end}):
        found[m, s, c, p] += cents
    for paid in payments(view):
        for month, cents in paid.months():
            if start <= month < end:
                found[paid.municipality, paid.segment, paid.category, ""] += cents
    return tuple(Slot(*key, cents) for key, cents in sorted(found.items()) if cents > 0)


def care_of(view: View) -> tuple[tuple[Care, ...], tuple[tuple[str, int], ...]]:
    """Clients in care per cell in an ordinary month of the last year and trajectories begun; and
    the months that care lasts per segment (care-months over beginnings), in tenths."""
    days: list[tuple[str, str, int, int]] = rows_of(CARE, _year(view))
    care = tuple(
        Care(m, s, round(100 * number / DAYS_A_YEAR), begun) for m, s, number, begun in days
    )
    together: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for _, segment, number, begun in days:
        together[segment][0] += number
        together[segment][1] += begun
    lasts = tuple(
        (segment, _tenths(number, begun)) for segment, (number, begun) in sorted(together.items())
    )
    return care, lasts


def _tenths(days: int, begun: int) -> int:
    if not begun:
        return round(USUAL_MONTHS * 10)
    return min(max(round(10 * days / DAYS_A_MONTH / begun), LEAST_TENTHS), MOST_TENTHS)


def _year_before(view: View) -> date:
    return add_months(first_of_month(view.as_of), -11)


def _year(view: View) -> dict[str, Any]:
    last = add_months(first_of_month(view.as_of), 1) - timedelta(days=1)
    return {**view.params, "first": _year_before(view), "last": last}


def category_choices(region: Region, nothing: str) -> list[tuple[str, str]]:
    """Forms of care, and the categories of the region's schemes by their own names."""
    rows = CareCategory.objects.filter(scheme__region=region).order_by("scheme_id", "pk")
    named = {row.code: row.name for row in rows}
    forms = {"verblijf": "alle verblijf", "ambulant": "alle ambulante hulp"}
    return [("", nothing), *forms.items(), *named.items()]


def product_choices(region: Region, nothing: str) -> list[tuple[str, str]]:
    rows = Product.objects.filter(region=region).order_by("code")
    names = {code: f"{code} {name}" for code, name in rows.values_list("code", "name")}
    return [("", nothing), *names.items()]
