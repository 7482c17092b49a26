"""What is being spent, by any cut of the roll-up: one statement, whatever the number of lines.

Amounts are declarations with their corrections and refusals, and instalments spread over the months
of their period. Every cut adds up to the same total. `spend_now` reads what counts now from care's
totals; `spend_by` what was known in a cut-off, from its movements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import TextChoices

from care.models import SpendTotal
from core import clock
from regions.models import Region
from regions.queries.access import access_of
from segments.queries.framework import scheme_to_show

from .movements import PLACED, SEEN, UNPLACED, View, last_run, payments


class Cut(TextChoices):
    MUNICIPALITY = "gemeente", "Gemeente"
    SEGMENT = "segment", "Segment"
    CATEGORY = "categorie", "Categorie"
    PRODUCT = "product", "Product"
    PROVIDER = "aanbieder", "Aanbieder"
    MONTH = "maand", "Maand"
    REFERRER = "verwijzer", "Verwijzer"
    AGE = "leeftijd", "Leeftijd bij de start"


COLUMNS: dict[str, str] = {
    Cut.MUNICIPALITY: "m.municipality",
    Cut.SEGMENT: f"coalesce(place.segment, '{UNPLACED}')",
    Cut.CATEGORY: "coalesce(place.category, '')",
    Cut.PRODUCT: "m.product",
    Cut.PROVIDER: "m.provider",
    Cut.MONTH: "to_char(m.care_month, 'YYYY-MM')",
}
# Movements of money know no trajectory; totals do.
ORIGINS: dict[str, str] = {Cut.REFERRER: "m.referrer", Cut.AGE: "m.age_group"}
KNOWN_CUTS = tuple(COLUMNS)

TOTALS = """
FROM care_spendtotal m
LEFT JOIN place ON place.product_code = m.product
WHERE m.region_id = %(region_id)s AND m.kind = %(kind)s
"""


Cells = dict[tuple[str, ...], int]


@dataclass(frozen=True)
class Slice:
    """One part of a cut: declared and paid in instalments, in cents."""

    keys: tuple[str, ...]
    declared: int
    instalments: int

    @property
    def euros(self) -> Decimal:
        return Decimal(self.declared + self.instalments).scaleb(-2)


def spend_by(
    view: View,
    cuts: Sequence[str],
    *,
    care_from: date,
    care_to: date,
    municipalities: Iterable[str] | None = None,
) -> list[Slice]:
    """Every part of a cut over care of a half-open period, as known in the cut-off of `view`, in
    the order of its keys; only some municipalities where they are named. Not by referrer or age."""
    only = None if municipalities is None else sorted(municipalities)
    declared = _declared(SEEN, view.params, cuts, care_from, care_to, only)
    return _together(declared, _paid(view, cuts, care_from, care_to, only))


def spend_now(
    view: View,
    cuts: Sequence[str],
    *,
    care_from: date,
    care_to: date,
    municipalities: Iterable[str] | None = None,
) -> list[Slice]:
    """As `spend_by`, of all that was received so far, also by referrer and age; `view` says which
    placements and which instalments."""
    only = None if municipalities is None else sorted(municipalities)
    params = {**view.params, "kind": _kind(cuts)}
    declared = _declared(TOTALS, params, cuts, care_from, care_to, only)
    return _together(declared, _paid(view, cuts, care_from, care_to, only))


def _kind(cuts: Sequence[str]) -> str:
    """Which of the three ways of adding up has every column of these cuts."""
    if not ORIGINS.keys() & set(cuts):
        return SpendTotal.CELL
    if Cut.PROVIDER not in cuts:
        return SpendTotal.PRODUCT
    if {Cut.PRODUCT, Cut.SEGMENT, Cut.CATEGORY} & set(cuts):
        raise ValueError("no total has provider, product and origin together")
    return SpendTotal.ORIGIN


def _together(declared: Cells, paid: Cells) -> list[Slice]:
    return [
        Slice(keys, declared.get(keys, 0), paid.get(keys, 0))
        for keys in sorted(declared.keys() | paid.keys())
    ]


def _declared(
    source: str,
    params: dict[str, Any],
    cuts: Sequence[str],
    care_from: date,
    care_to: date,
    only: list[str] | None,
) -> Cells:
    names = [(COLUMNS | ORIGINS)[cut] for cut in cuts]
    places = ", ".join(str(number) for number in range(1, len(names) + 1))
    sql = f"""
{PLACED}
SELECT {", ".join([*names, "sum(m.amount_cents)::bigint"])}
{source}
    AND m.care_month >= %(care_from)s AND m.care_month < %(care_to)s
    AND (%(only)s::text[] IS NULL OR m.municipality = ANY(%(only)s::text[]))
{f"GROUP BY {places}" if names else ""}
"""
    asked = {**params, "care_from": care_from, "care_to": care_to, "only": only}
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return {tuple(keys): cents for *keys, cents in cursor.fetchall() if cents is not None}


def _paid(
    view: View, cuts: Sequence[str], care_from: date, care_to: date, only: list[str] | None
) -> Cells:
    found: dict[tuple[str, ...], int] = defaultdict(int)
    for paid in payments(view):
        if only is not None and paid.municipality not in only:
            continue
        for month, cents in paid.months():
            if care_from <= month < care_to:
                values = {
                    Cut.MUNICIPALITY: paid.municipality,
                    Cut.SEGMENT: paid.segment,
                    Cut.CATEGORY: paid.category,
                    Cut.PRODUCT: "",
                    Cut.PROVIDER: paid.provider,
                    Cut.MONTH: f"{month:%Y-%m}",
                    Cut.REFERRER: "",
                    Cut.AGE: "",
                }
                found[tuple(values[Cut(cut)] for cut in cuts)] += cents
    return dict(found)


def spend_scope(user: Any, region_id: int) -> list[str] | None:
    """None for staff of the regional organisation, who see all; else the own municipalities."""
    access = access_of(user)
    return None if access.is_staff_of(region_id) else sorted(access.municipalities_in(region_id))


def view_of_now(region: Region) -> View | None:
    """From today, with everything that was received, by the scheme that the region shows; None
    where it has none."""
    scheme = scheme_to_show(region)
    if scheme is None:
        return None
    today = clock.today()
    return View(region.pk, scheme.pk, max(today, scheme.valid_from), today, last_run(region.pk))
