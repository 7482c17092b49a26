"""Contract and tariff of care on days to come, asked as the checks of lines ask it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from psycopg.sql import SQL

from core.intake.api import plain_cursor

from ..domain.check_scope import collect_agreed, find_terms, same_spot
from .registers import Registers

Spot = tuple[str, str, str, str]
"""Provider, municipality, product and unit."""

_ASKED = SQL("""
CREATE TEMPORARY TABLE known_line ON COMMIT DROP AS
SELECT spot.*, day AS begin_on
FROM unnest(%(providers)s::text[], %(places)s::text[], %(products)s::text[], %(units)s::text[])
        AS spot (provider, municipality, product, unit),
    unnest(%(asked)s::date[]) AS day
""")
_FOUND = SQL("""
SELECT known_line.provider, known_line.municipality, known_line.product, known_line.unit,
    known_line.begin_on, known_terms.contract_id,
    known_terms.contract_id IS NOT NULL AND (known_terms.covers OR NOT known_terms.names_products),
    known_terms.tariff
FROM known_line JOIN known_terms ON {same}
""").format(same=same_spot("known_line", "known_terms"))


@dataclass(frozen=True)
class Terms:
    """On one day: the contract that holds, whether it covers the product, and the tariff."""

    contract: int | None
    held: bool
    tariff: Decimal | None


@dataclass(frozen=True)
class Known:
    """`days` on which something agreed begins or ends, in order; `terms` of every spot on each of
    them and on the day before."""

    days: tuple[date, ...]
    terms: dict[tuple[Spot, date], Terms]

    def before(self, spot: Spot, day: date) -> Terms:
        return self.terms[spot, day - timedelta(days=1)]

    def on(self, spot: Spot, day: date) -> Terms:
        return self.terms[spot, day]


def known_terms(registers: Registers, *, spots: Iterable[Spot], after: date, until: date) -> Known:
    """Everything agreed that changes between `after` and `until` (both exclusive)."""
    asked = sorted(set(spots))
    with transaction.atomic(), plain_cursor() as cursor:
        for table in ("agreed", "known_line", "known_spot", "known_terms"):
            cursor.execute(SQL("DROP TABLE IF EXISTS pg_temp.{}").format(SQL(table)))
        params: dict[str, Any] = {"region_id": registers.region_id}
        tables = registers.make_tables(cursor)
        stretches = collect_agreed(cursor, params, tables)
        days = tuple(day for day in stretches if after < day < until)
        if not days or not asked:
            return Known((), {})
        both = sorted({one for day in days for one in (day - timedelta(days=1), day)})
        names = ("providers", "places", "products", "units")
        for name, values in zip(names, zip(*asked, strict=True), strict=True):
            params[name] = list(values)
        params |= {"asked": both, "stretches": stretches}
        cursor.execute(_ASKED, params)
        cursor.execute("ANALYZE pg_temp.known_line")
        find_terms(
            cursor,
            params,
            lines="known_line",
            spot="known_spot",
            terms="known_terms",
            tables=tables,
        )
        cursor.execute(_FOUND, params)
        return Known(
            days,
            {
                ((provider, place, product, unit), day): Terms(contract, held, tariff)
                for provider, place, product, unit, day, contract, held, tariff in cursor.fetchall()
            },
        )
