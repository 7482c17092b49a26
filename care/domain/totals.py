"""Totals of what counts now, by every cut that pages ask for; kept by differences.

Three roll-ups in one table: per provider and product; per product and origin (who referred, age at
the start); per provider and origin. A merge subtracts what the lines it touches counted before and
adds what they count after, so its cost goes with the run and not with the history. Lines it
touches: its own, those it revises, and those of trajectories whose origin it changes.
"""

from typing import Any

from psycopg.sql import SQL, Composed

from ..enums import AGE_GROUPS
from .derive import KEY

_AGES = " ".join(
    f"WHEN {{age}} >= {first} AND {{age}} < {after or 999} THEN '{group}'"
    for group, (first, after) in AGE_GROUPS.items()
)


def _origin(table: str) -> Composed:
    """Referrer and age group of a row of trajectories, both '' where there is none."""
    ages = SQL(_AGES.replace("{age}", f"{table}.age"))
    return SQL("coalesce({}.referrer, '') AS referrer, CASE {} ELSE '' END AS age_group").format(
        SQL(table), ages
    )


_CELL = SQL(
    "kind, care_month, municipality, provider, category, product, unit, referrer, age_group"
)
_SUMS = SQL("lines, volume, amount_cents")

# Lines with their origin, added up three ways; `sign` takes away (-1) or adds.
_ADDED_UP = SQL("""
SELECT CASE WHEN grouping(product) = 1 THEN 'origin' WHEN grouping(provider) = 1 THEN 'product'
        ELSE 'cell' END AS kind,
    care_month, municipality, coalesce(provider, '') AS provider,
    coalesce(category, '') AS category, coalesce(product, '') AS product,
    coalesce(unit, '') AS unit, coalesce(referrer, '') AS referrer,
    coalesce(age_group, '') AS age_group,
    ({sign} * count(*))::bigint AS lines, ({sign} * sum(volume))::bigint AS volume,
    ({sign} * sum(amount_cents))::bigint AS amount_cents
FROM (
    SELECT date_trunc('month', line.begin_on)::date AS care_month, line.municipality,
        line.provider, line.category, line.product, line.unit, line.volume, line.amount_cents,
        {origin}
    FROM {lines}
    WHERE line.region_id = %(region_id)s AND line.counts AND NOT line.refused AND {which}
) line
GROUP BY GROUPING SETS (
    (care_month, municipality, provider, category, product, unit),
    (care_month, municipality, category, product, referrer, age_group),
    (care_month, municipality, provider, referrer, age_group)
)
""")

_UNDER_TRAJECTORY = SQL("""care_declarationline line
    LEFT JOIN care_trajectory trajectory ON trajectory.region_id = line.region_id
        AND trajectory.client = line.client
        AND trajectory.allocation_number = line.allocation_number
        AND trajectory.municipality = line.municipality AND trajectory.provider = line.provider
""")

# The trajectory as it was before this merge, where the merge speaks about its allocation.
_AS_BEFORE = SQL("""{now}
    LEFT JOIN pg_temp.origin_before before ON before.client = line.client
        AND before.allocation_number = line.allocation_number
        AND before.municipality = line.municipality AND before.provider = line.provider
    CROSS JOIN LATERAL (
        SELECT CASE WHEN before.known IS NULL THEN trajectory.referrer ELSE before.referrer END
                AS referrer,
            CASE WHEN before.known IS NULL THEN trajectory.age ELSE before.age END AS age
    ) then_
""").format(now=_UNDER_TRAJECTORY)


def remember_origins(cursor: Any, *, region_id: int) -> None:
    """Keep the origin of every allocation in `affected`, before its trajectory is derived anew."""
    cursor.execute("DROP TABLE IF EXISTS pg_temp.origin_before")
    cursor.execute(
        SQL("""
            CREATE TEMPORARY TABLE origin_before ON COMMIT DROP AS
            SELECT {key}, true AS known, referrer, age
            FROM pg_temp.affected LEFT JOIN (
                SELECT {key}, referrer, age FROM care_trajectory WHERE region_id = %(region_id)s
            ) trajectory USING ({key})
        """).format(key=KEY),
        {"region_id": region_id},
    )
    cursor.execute("ANALYZE pg_temp.origin_before")


def collect_changed(cursor: Any, *, region_id: int, run: int, all_affected: bool = False) -> None:
    """Put the earlier lines that may count otherwise after this run into `total_line`: those it
    revises (`revised_key`) and those of allocations whose origin it changed (or all)."""
    differs = SQL("true") if all_affected else _origin_differs()
    cursor.execute("DROP TABLE IF EXISTS pg_temp.total_line")
    cursor.execute(
        SQL("""
            CREATE TEMPORARY TABLE total_line ON COMMIT DROP AS
            SELECT line.id FROM pg_temp.revised_key JOIN care_declarationline line USING (key)
            WHERE line.region_id = %(region_id)s AND line.run <> %(run)s
            UNION
            SELECT line.id
            FROM pg_temp.origin_before before
            LEFT JOIN care_trajectory trajectory ON trajectory.region_id = %(region_id)s
                AND trajectory.client = before.client
                AND trajectory.allocation_number = before.allocation_number
                AND trajectory.municipality = before.municipality
                AND trajectory.provider = before.provider
            JOIN care_declarationline line ON line.region_id = %(region_id)s
                AND line.client = before.client
                AND line.allocation_number = before.allocation_number
                AND line.municipality = before.municipality AND line.provider = before.provider
            WHERE line.run <> %(run)s AND {differs}
        """).format(differs=differs),
        {"region_id": region_id, "run": run},
    )
    cursor.execute("ANALYZE pg_temp.total_line")


def _origin_differs() -> Composed:
    return SQL("(coalesce(before.referrer, ''), before.age) IS DISTINCT FROM"
               " (coalesce(trajectory.referrer, ''), trajectory.age)").format()  # fmt: skip


def take_away(cursor: Any, *, region_id: int, run: int, with_run: bool = False) -> None:
    """Note in `total_change` what the lines in `total_line` counted for until now."""
    cursor.execute("DROP TABLE IF EXISTS pg_temp.total_change")
    cursor.execute(
        SQL("CREATE TEMPORARY TABLE total_change ON COMMIT DROP AS {}").format(
            _ADDED_UP.format(
                sign=SQL("-1"),
                origin=_origin("then_"),
                lines=_AS_BEFORE,
                which=_which(with_run),
            )
        ),
        {"region_id": region_id, "run": run},
    )


def add_again(cursor: Any, *, region_id: int, run: int, with_run: bool = True) -> None:
    """Add what the same lines, and those of the run, count for now; and keep the difference."""
    params = {"region_id": region_id, "run": run}
    cursor.execute(
        SQL("INSERT INTO pg_temp.total_change {}").format(
            _ADDED_UP.format(
                sign=SQL("1"),
                origin=_origin("trajectory"),
                lines=_UNDER_TRAJECTORY,
                which=_which(with_run),
            )
        ),
        params,
    )
    cursor.execute(_KEEP.format(cell=_CELL), params)
    cursor.execute(_TIDY, params)


_TOUCHED = SQL("line.id IN (SELECT id FROM pg_temp.total_line)")
# One list of lines, so that they are looked up by it: with OR all lines would be read.
_TOUCHED_OR_OF_RUN = SQL("""line.id IN (
    SELECT id FROM pg_temp.total_line UNION ALL
    SELECT id FROM care_declarationline WHERE region_id = %(region_id)s AND run = %(run)s
)""")


def _which(with_run: bool) -> SQL:
    return _TOUCHED_OR_OF_RUN if with_run else _TOUCHED


_KEEP = SQL("""
INSERT INTO care_spendtotal AS kept (region_id, {cell}, lines, volume, amount_cents)
SELECT %(region_id)s, {cell}, sum(lines), sum(volume), sum(amount_cents)
FROM pg_temp.total_change GROUP BY {cell}
HAVING sum(lines) <> 0 OR sum(volume) <> 0 OR sum(amount_cents) <> 0
ON CONFLICT (region_id, {cell}) DO UPDATE SET lines = kept.lines + excluded.lines,
    volume = kept.volume + excluded.volume, amount_cents = kept.amount_cents + excluded.amount_cents
""")

_TIDY = """
DELETE FROM care_spendtotal kept USING pg_temp.total_change change
WHERE kept.region_id = %(region_id)s AND kept.lines = 0 AND kept.volume = 0
    AND kept.amount_cents = 0 AND change.lines < 0 AND kept.kind = change.kind
    AND kept.care_month = change.care_month AND kept.municipality = change.municipality
    AND kept.provider = change.provider AND kept.category = change.category
    AND kept.product = change.product AND kept.unit = change.unit
    AND kept.referrer = change.referrer AND kept.age_group = change.age_group
"""


def rebuild_totals(cursor: Any, *, region_id: int) -> None:
    """Add everything up anew, from the lines. For repair: merges keep the totals by themselves."""
    cursor.execute("DELETE FROM care_spendtotal WHERE region_id = %s", [region_id])
    cursor.execute(
        SQL("INSERT INTO care_spendtotal (region_id, {cell}, {sums})"
            " SELECT %(region_id)s, added.* FROM ({anew}) added").format(
            cell=_CELL, sums=_SUMS, anew=_anew()
        ),
        {"region_id": region_id},
    )  # fmt: skip


def _anew() -> Composed:
    return _ADDED_UP.format(
        sign=SQL("1"),
        origin=_origin("trajectory"),
        lines=_UNDER_TRAJECTORY,
        which=SQL("true"),
    )


def total_differences(cursor: Any, *, region_id: int) -> int:
    """In how many cells the totals differ from what the lines say now, added up anew."""
    cursor.execute(
        SQL("""
            SELECT count(*) FROM (
                SELECT {cell} FROM (
                    SELECT {cell}, {sums} FROM ({anew}) anew
                    UNION ALL
                    SELECT {cell}, -lines, -volume, -amount_cents FROM care_spendtotal
                    WHERE region_id = %(region_id)s
                ) both_ GROUP BY {cell}
                HAVING sum(lines) <> 0 OR sum(volume) <> 0 OR sum(amount_cents) <> 0
            ) difference
        """).format(cell=_CELL, sums=_SUMS, anew=_anew()),
        {"region_id": region_id},
    )
    return int(cursor.fetchone()[0])
