"""What is being spent, by any cut of the roll-up: one statement, whatever the number of lines.

Amounts are what counts as known in a cut-off: declarations with their corrections and refusals,
and instalments spread over the months of their period. Every cut adds up to the same total.
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

from regions.queries.access import access_of

from .movements import PLACED, SEEN, UNPLACED, View, payments


class Cut(TextChoices):
    MUNICIPALITY = "gemeente", "Gemeente"
    SEGMENT = "segment", "Segment"
    CATEGORY = "categorie", "Categorie"
    PRODUCT = "product", "Product"
    PROVIDER = "aanbieder", "Aanbieder"
    MONTH = "maand", "Maand"


COLUMNS: dict[str, str] = {
    Cut.MUNICIPALITY: "m.municipality",
    Cut.SEGMENT: f"coalesce(place.segment, '{UNPLACED}')",
    Cut.CATEGORY: "coalesce(place.category, '')",
    Cut.PRODUCT: "m.product",
    Cut.PROVIDER: "m.provider",
    Cut.MONTH: "to_char(m.care_month, 'YYYY-MM')",
}


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
    """Every part of a cut over care of a half-open period, in the order of its keys; only some
    municipalities where they are named."""
    only = None if municipalities is None else sorted(municipalities)
    declared = _declared(view, cuts, care_from, care_to, only)
    paid = _paid(view, cuts, care_from, care_to, only)
    return [
        Slice(keys, declared.get(keys, 0), paid.get(keys, 0))
        for keys in sorted(declared.keys() | paid.keys())
    ]


def _declared(
    view: View, cuts: Sequence[str], care_from: date, care_to: date, only: list[str] | None
) -> dict[tuple[str, ...], int]:
    names = [COLUMNS[cut] for cut in cuts]
    places = ", ".join(str(number) for number in range(1, len(names) + 1))
    sql = f"""
{PLACED}
SELECT {", ".join([*names, "sum(m.amount_cents)::bigint"])}
{SEEN}
    AND m.care_month >= %(care_from)s AND m.care_month < %(care_to)s
    AND (%(only)s::text[] IS NULL OR m.municipality = ANY(%(only)s::text[]))
{f"GROUP BY {places}" if names else ""}
"""
    params: dict[str, Any] = {
        **view.params, "care_from": care_from, "care_to": care_to, "only": only,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return {tuple(keys): cents for *keys, cents in cursor.fetchall() if cents is not None}


def _paid(
    view: View, cuts: Sequence[str], care_from: date, care_to: date, only: list[str] | None
) -> dict[tuple[str, ...], int]:
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
                }
                found[tuple(values[Cut(cut)] for cut in cuts)] += cents
    return dict(found)


def spend_scope(user: Any, region_id: int) -> list[str] | None:
    """None for staff of the regional organisation, who see all; else the own municipalities."""
    access = access_of(user)
    return None if access.is_staff_of(region_id) else sorted(access.municipalities_in(region_id))
