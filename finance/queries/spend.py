"""What is being spent, by any cut of the roll-up: one statement, whatever the number of lines.

Amounts are declarations with their corrections and refusals, and instalments spread over the months
of their period. Every cut adds up to the same total. `spend_now` reads what counts now from care's
totals; `spend_by` what was known in a cut-off, from its movements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import TextChoices

from care.models import SpendTotal
from care.queries.known import last_run
from core import clock
from core.errors import DomainError
from regions.models import Region
from regions.queries.access import access_of
from segments.queries.framework import scheme_to_show

from .movements import PLACED, UNPLACED, View, payments


class Cut(TextChoices):
    MUNICIPALITY = "gemeente", "Gemeente"
    SEGMENT = "segment", "Segment"
    CATEGORY = "categorie", "Categorie"
    PRODUCT = "product", "Product"
    PROVIDER = "aanbieder", "Aanbieder"
    MONTH = "maand", "Maand"
    REFERRER = "verwijzer", "Verwijzer"
    AGE = "leeftijd", "Leeftijd bij de start"


# Per cut what is shown and the column of the roll-up that it needs. Movements of money know no
# trajectory; totals do.
COLUMNS: dict[str, tuple[str, str]] = {
    Cut.MUNICIPALITY: ("m.municipality", "municipality"),
    Cut.SEGMENT: (f"coalesce(place.segment, '{UNPLACED}')", "product"),
    Cut.CATEGORY: ("coalesce(place.category, '')", "product"),
    Cut.PRODUCT: ("m.product", "product"),
    Cut.PROVIDER: ("m.provider", "provider"),
    Cut.MONTH: ("to_char(m.care_month, 'YYYY-MM')", "care_month"),
}
ORIGINS = {
    Cut.REFERRER: ("m.referrer", "referrer"),
    Cut.AGE: ("m.age_group", "age_group"),
}
KNOWN_CUTS = tuple(COLUMNS)
BY_PLACE = {Cut.SEGMENT, Cut.CATEGORY}
BY_PRODUCT = {Cut.PRODUCT, *BY_PLACE}

TOTALS = "care_spendtotal WHERE region_id = %(region_id)s AND kind = %(kind)s"
MOVEMENTS = """care_spendmovement WHERE region_id = %(region_id)s
    AND known_month <= %(known_month)s AND run <= %(cutoff_run)s"""

Cells = dict[tuple[str, ...], int]


class Slice(NamedTuple):
    """One part of a cut: declared and paid in instalments, in cents. A cut by three may have tens
    of thousands of these."""

    keys: tuple[str, ...]
    declared: int
    instalments: int

    @property
    def cents(self) -> int:
        return self.declared + self.instalments

    @property
    def euros(self) -> Decimal:
        return Decimal(self.cents).scaleb(-2)


def cuts_of(*asked: str | None) -> list[str]:
    """Cuts as asked for, each once; what is not asked is left out."""
    return list(dict.fromkeys(cut for cut in asked if cut))


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
    declared = _declared(MOVEMENTS, view.params, cuts, care_from, care_to, only)
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
    """The smallest of the three ways of adding up that has every column of these cuts."""
    if Cut.PROVIDER not in cuts:
        return SpendTotal.PRODUCT
    if not BY_PRODUCT & set(cuts):
        return SpendTotal.ORIGIN
    check_together(cuts)
    return SpendTotal.CELL


def check_together(cuts: Sequence[str]) -> None:
    """Raises DomainError where no total has all of these columns: provider, product and origin."""
    asked = set(cuts)
    if Cut.PROVIDER in asked and BY_PRODUCT & asked and ORIGINS.keys() & asked:
        raise DomainError(
            "Aanbieder, product (of segment of categorie) en herkomst (verwijzer of leeftijd) "
            "kunnen niet alle drie tegelijk. Laat een van de drie weg.",
            code="uitsplitsing-onmogelijk",
        )


def _together(declared: Cells, paid: Cells) -> list[Slice]:
    if not paid:
        return [Slice(keys, declared[keys], 0) for keys in sorted(declared)]
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
    columns = [(COLUMNS | ORIGINS)[cut] for cut in cuts]
    raw = ", ".join(sorted({column for _, column in columns}))
    places = ", ".join(str(number) for number in range(1, len(columns) + 1))
    placed = BY_PLACE & set(cuts)
    # Rows are added up first by what they hold, and get their place and names when few are left;
    # only where several products have one place are they added up once more.
    cents = "sum(m.cents)::bigint" if placed else "m.cents::bigint"
    sql = f"""
{PLACED}
SELECT {", ".join([*(name for name, _ in columns), cents])}
FROM (
    SELECT {f"{raw}, " if raw else ""}sum(amount_cents) AS cents FROM {source}
        AND care_month >= %(care_from)s AND care_month < %(care_to)s
        AND (%(only)s::text[] IS NULL OR municipality = ANY(%(only)s::text[]))
    {f"GROUP BY {raw}" if raw else ""}
) m
{"LEFT JOIN place ON place.product_code = m.product" if placed else ""}
{f"GROUP BY {places}" if placed else ""}
"""  # noqa: S608 -- made of constants
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
