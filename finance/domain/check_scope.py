"""Which lines a check looks at, and what was agreed about each: temporary tables.

What a run can change is bounded by the run: its own lines, lines of the same youths in the same
months, and the lines of allocations about which it spoke. The history does not matter.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from psycopg.sql import SQL, Composable, Composed

from care.domain.lines import refusals

TABLES: dict[str, Composable] = {
    "contracts": SQL("procurement_contract"),
    "products": SQL("procurement_contractproduct"),
    "tariffs": SQL("procurement_tariff"),
}
"""Where contracts, their products and tariffs stand; others may stand in for them."""

TEMPORARY = ("touched_line", "scope_line", "checked_line", "agreed", "spot", "terms_of", "found")

# Lines of a run, lines that it replaces or refuses, and lines of allocations it spoke about.
_OF_RUN = SQL("""
CREATE TEMPORARY TABLE touched_line ON COMMIT DROP AS
WITH mine AS (
    SELECT id, key FROM care_declarationline WHERE region_id = %(region_id)s AND run = %(run)s
)
SELECT id FROM mine
UNION
SELECT other.id FROM mine JOIN care_declarationline other USING (key)
UNION
SELECT id FROM ({refused}) refused
UNION
SELECT line.id
FROM (
    SELECT client, allocation_number, municipality, provider FROM care_allocationrecord
    WHERE region_id = %(region_id)s AND run = %(run)s
    UNION
    SELECT client, allocation_number, municipality, provider FROM care_carerecord
    WHERE region_id = %(region_id)s AND run = %(run)s
) spoken
JOIN care_declarationline line USING (client, allocation_number, municipality, provider)
WHERE line.region_id = %(region_id)s
""").format(refused=refusals(SQL("answer.run = %(run)s")))

_OF_MONTHS = SQL("""
CREATE TEMPORARY TABLE touched_line ON COMMIT DROP AS
SELECT id FROM care_declarationline
WHERE region_id = %(region_id)s AND begin_on >= %(care_from)s AND begin_on < %(care_to)s
""")

# What else stands in the same month of the same youth: a double, or what uses up an allocation.
_SCOPE = SQL("""
CREATE TEMPORARY TABLE scope_line ON COMMIT DROP AS
SELECT id FROM touched_line
UNION
SELECT line.id
FROM (
    SELECT DISTINCT client, date_trunc('month', begin_on)::date AS care_month
    FROM touched_line JOIN care_declarationline USING (id)
) place
JOIN care_declarationline line ON line.region_id = %(region_id)s
    AND line.client = place.client
    AND date_trunc('month', line.begin_on)::date = place.care_month
""")

_CHECKED = SQL("""
CREATE TEMPORARY TABLE checked_line ON COMMIT DROP AS
SELECT line.id, line.run, line.seq, line.dagtekening, line.municipality, line.provider,
    line.client, line.allocation_number, line.category, line.product, line.unit, line.begin_on,
    line.end_on, line.volume, line.amount_cents,
    date_trunc('month', line.begin_on)::date AS care_month,
    trajectory.start_on, trajectory.stop_on
FROM scope_line JOIN care_declarationline line USING (id)
LEFT JOIN care_trajectory trajectory ON trajectory.region_id = line.region_id
    AND trajectory.client = line.client
    AND trajectory.allocation_number = line.allocation_number
    AND trajectory.municipality = line.municipality AND trajectory.provider = line.provider
WHERE line.counts AND NOT line.refused
""")

# Contracts that were made, whatever became of them: their dates say when they held.
_AGREED = SQL("""
CREATE TEMPORARY TABLE agreed ON COMMIT DROP AS
SELECT contract.id, provider.agb_code AS provider, contract.start_date,
    coalesce(contract.end_date, 'infinity'::date) AS end_date,
    ARRAY(
        SELECT gm_code::text FROM procurement_contract_municipalities chosen
        JOIN regions_municipality place ON place.id = chosen.municipality_id
        WHERE chosen.contract_id = contract.id
    ) AS places,
    EXISTS (
        SELECT FROM {products} one WHERE one.contract_id = contract.id
    ) AS names_products
FROM {contracts} contract
JOIN providers_provider provider ON provider.id = contract.provider_id
WHERE contract.region_id = %(region_id)s
    AND contract.status NOT IN ('draft', 'offered', 'declined')
""")

# Days on which anything agreed begins or ends: between two of them all days are alike, so that one
# question per provider, place, product and stretch of days answers for all lines in it.
_STRETCHES = SQL("""
SELECT coalesce(array_agg(day ORDER BY day), '{{}}') FROM (
    SELECT start_date AS day FROM agreed
    UNION SELECT end_date FROM agreed
    UNION SELECT one.valid_from FROM {products} one
        JOIN agreed ON agreed.id = one.contract_id
    UNION SELECT one.valid_to FROM {products} one
        JOIN agreed ON agreed.id = one.contract_id
    UNION SELECT valid_from FROM {tariffs} WHERE region_id = %(region_id)s
    UNION SELECT valid_to FROM {tariffs} WHERE region_id = %(region_id)s
) days WHERE day IS NOT NULL AND day < 'infinity'
""")

_SPOTS = SQL("""
CREATE TEMPORARY TABLE {spot} ON COMMIT DROP AS
SELECT provider, municipality, product, unit,
    width_bucket(begin_on, %(stretches)s::date[]) AS stretch, min(begin_on) AS day
FROM {lines} GROUP BY 1, 2, 3, 4, 5
""")

# The contract that covers the product goes before one that only holds; then the oldest.
_TERMS = SQL("""
CREATE TEMPORARY TABLE {terms} ON COMMIT DROP AS
SELECT spot.*, held.id AS contract_id, held.names_products, held.covers, tariff.amount AS tariff
FROM {spot} spot
LEFT JOIN LATERAL (
    SELECT agreed.id, agreed.names_products, EXISTS (
        SELECT FROM {products} one
        JOIN segments_product product ON product.id = one.product_id
        WHERE one.contract_id = agreed.id AND product.code = spot.product
            AND one.valid_from <= spot.day AND (one.valid_to IS NULL OR one.valid_to > spot.day)
    ) AS covers
    FROM agreed
    WHERE agreed.provider = spot.provider
        AND agreed.start_date <= spot.day AND agreed.end_date > spot.day
        AND (agreed.places = '{{}}' OR spot.municipality = ANY (agreed.places))
    ORDER BY covers DESC, agreed.id LIMIT 1
) held ON true
LEFT JOIN LATERAL (
    SELECT one.amount FROM {tariffs} one
    WHERE one.region_id = %(region_id)s
        AND one.product_code = spot.product AND one.unit = spot.unit
        AND one.valid_from <= spot.day AND (one.valid_to IS NULL OR one.valid_to > spot.day)
        AND (one.contract_id = held.id OR one.contract_id IS NULL AND (
            one.lot_id IS NULL OR EXISTS (
                SELECT FROM procurement_contract_lots lot
                WHERE lot.contract_id = held.id AND lot.lot_id = one.lot_id
            )
        ))
    ORDER BY one.contract_id IS NULL, one.lot_id IS NULL, one.valid_from DESC LIMIT 1
) tariff ON true
""")


def collect_scope(
    cursor: Any, *, region_id: int, run: int | None, months: tuple[date, date] | None
) -> dict[str, Any]:
    """Make `scope_line` (ids), `checked_line` (what counts) and `terms_of` (what was agreed) for a
    run or for care of a half-open period. Returns the parameters that later statements need."""
    params: dict[str, Any] = {"region_id": region_id, "run": run}
    if months is not None:
        params |= {"care_from": months[0], "care_to": months[1]}
    for table in TEMPORARY:
        cursor.execute(SQL("DROP TABLE IF EXISTS pg_temp.{}").format(SQL(table)))
    cursor.execute(_OF_RUN if months is None else _OF_MONTHS, params)
    for table, statement in (("touched_line", _SCOPE), ("scope_line", _CHECKED)):
        cursor.execute(SQL("ANALYZE pg_temp.{}").format(SQL(table)))
        with _by_index(cursor, only=run is not None and months is None):
            cursor.execute(statement, params)
    cursor.execute("ANALYZE pg_temp.checked_line")
    params["stretches"] = collect_agreed(cursor, params)
    find_terms(cursor, params, lines="checked_line", spot="spot", terms="terms_of")
    return params


@contextmanager
def _by_index(cursor: Any, *, only: bool) -> Iterator[None]:
    """The lines of a run are looked up one by one: a join over all lines costs the history."""
    for setting in ("enable_hashjoin", "enable_mergejoin") if only else ():
        cursor.execute(SQL("SET LOCAL {} = off").format(SQL(setting)))
    yield  # an error ends the transaction, and the settings with it
    for setting in ("enable_hashjoin", "enable_mergejoin") if only else ():
        cursor.execute(SQL("SET LOCAL {} = on").format(SQL(setting)))


def collect_agreed(
    cursor: Any, params: dict[str, Any], tables: dict[str, Composable] = TABLES
) -> list[date]:
    """Make `agreed`, the contracts of the region. Returns the days on which anything begins or
    ends: between two of them all days are alike."""
    cursor.execute(_AGREED.format(**tables), params)
    cursor.execute(_STRETCHES.format(**tables), params)
    days: list[date] = cursor.fetchone()[0]
    return days


def find_terms(
    cursor: Any,
    params: dict[str, Any],
    *,
    lines: str,
    spot: str,
    terms: str,
    tables: dict[str, Composable] = TABLES,
) -> None:
    """Contract, cover and tariff for each place, product and stretch of days in a table."""
    names = {"lines": SQL(lines), "spot": SQL(spot), "terms": SQL(terms)}
    for statement in (_SPOTS, _TERMS):
        cursor.execute(statement.format(**names, **tables), params)
    cursor.execute(SQL("ANALYZE pg_temp.{}").format(SQL(terms)))


def same_spot(line: str, terms: str) -> Composed:
    """The condition that joins a line to what was agreed about it."""
    columns = ("provider", "municipality", "product", "unit")
    same = SQL(" AND ").join(SQL(f"{terms}.{name} = {line}.{name}") for name in columns)
    stretch = SQL(f"{terms}.stretch = width_bucket({line}.begin_on, %(stretches)s::date[])")
    return SQL("{} AND {}").format(same, stretch)
