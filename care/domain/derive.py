"""Trajectories from records: one SQL text, for the present state and for any day and cut-off.

Starts and stops of one allocation are each a list of which the aggregate `care_stated` (migration
0002) keeps the last reading: status 1 and 9 state, 2 replaces, 3 withdraws. `care_trajectory` keeps
the present state for all that was received; after a merge or an undo only the allocations that it
touched are derived again. For another day or cut-off only the allocations about which something
came later are derived; the others are read from `care_trajectory`.

Pauses depend on the day from which one looks, and stay open here: `paused_on` says that nothing
that is known followed.
"""

from datetime import date
from typing import Any

from psycopg.sql import SQL, Composed

from core.intake.api import PlainCursor

from .keys import AFTER_CUTOFF, EVER, IN_RUN, Cutoff

PAUSE_DAYS = 182

COLUMNS = SQL(
    "region_id, municipality, provider, allocation_number, client, category, product,"
    " allocated_on, valid_from, valid_through, forced, referrer, age,"
    " start_on, stop_on, stop_reason, paused_on, end_on"
)
KEY = SQL("client, allocation_number, municipality, provider")

# A stated start is the number of its day, a stated stop that number and its two-digit reason. What
# is known of an allocation comes together by grouping, not by joining: the planner cannot guess how
# many rows a join on four columns gives.
_DERIVE = SQL("""
WITH allocation AS (
    SELECT DISTINCT ON ({key})
        {key}, category, product, valid_from, valid_through, change_reason, forced, reference,
        referrer, age,
        first_value(allocated_on) OVER (
            PARTITION BY {key} ORDER BY dagtekening, run, seq
        ) AS allocated_on
    FROM care_allocationrecord {only_affected}
    WHERE region_id = %(region_id)s
        AND dagtekening <= %(known_on)s::date AND run <= %(cutoff_run)s
    ORDER BY {key}, dagtekening DESC, run DESC, seq DESC
), stated AS (
    SELECT {key}, kind, min(age) AS age,
        care_stated(status, CASE kind
            WHEN 'start' THEN (begin_on - date '1900-01-01')::bigint
            ELSE (end_on - date '1900-01-01') * 100::bigint + coalesce(nullif(reason, ''), '0')::int
        END ORDER BY dagtekening, run, seq) AS list
    FROM care_carerecord {only_affected}
    WHERE region_id = %(region_id)s
        AND dagtekening <= %(known_on)s::date AND run <= %(cutoff_run)s
    GROUP BY {key}, kind
), together AS (
    SELECT {key},
        max(category) AS category, max(product) AS product, max(allocated_on) AS allocated_on,
        max(valid_from) AS valid_from, max(valid_through) AS valid_through,
        bool_or(forced) AS forced, max(reference) AS reference, max(referrer) AS referrer,
        coalesce(max(age_at_start), max(age)) AS age,
        coalesce(max(starts), '{{}}') AS starts, coalesce(max(stops), '{{}}') AS stops
    FROM (
        SELECT {key}, category, product, allocated_on, valid_from, valid_through, change_reason,
            forced, reference, referrer, age, NULL::smallint AS age_at_start,
            NULL::bigint[] AS starts, NULL::bigint[] AS stops
        FROM allocation
        UNION ALL
        SELECT {key}, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
            CASE kind WHEN 'start' THEN age END,
            CASE kind WHEN 'start' THEN list END, CASE kind WHEN 'stop' THEN list END
        FROM stated
    ) part
    GROUP BY {key} HAVING max(change_reason) <> '13'
), seen AS (
    SELECT together.*,
        date '1900-01-01' + (SELECT min(item) FROM unnest(starts) item)::int AS start_on,
        date '1900-01-01' + (SELECT max(item) FROM unnest(starts) item)::int AS resumed_on,
        stops[cardinality(stops)] AS last_stop,
        (
            SELECT item FROM unnest(stops) WITH ORDINALITY AS stop (item, place)
            WHERE item %% 100 <> 20 ORDER BY place DESC LIMIT 1
        ) AS final_stop,
        CASE WHEN referrer = '' AND reference <> '' THEN (
            SELECT request.referrer FROM care_referralrequest request
            WHERE request.region_id = %(region_id)s AND request.provider = together.provider
                AND request.reference = together.reference AND request.client = together.client
                AND request.dagtekening <= %(known_on)s::date AND request.run <= %(cutoff_run)s
            ORDER BY request.dagtekening DESC, request.run DESC, request.seq DESC LIMIT 1
        ) END AS requested_by
    FROM together
), ended AS (
    SELECT seen.*,
        date '1900-01-01' + (final_stop / 100)::int AS stop_on,
        CASE WHEN final_stop IS NULL THEN date '1900-01-01' + (last_stop / 100)::int END
            AS last_pause
    FROM seen
), paused AS (
    SELECT ended.*, CASE WHEN last_pause IS NOT NULL AND NOT (
        coalesce(resumed_on > last_pause, false)
        OR EXISTS (
            SELECT FROM care_declarationline line
            WHERE line.region_id = %(region_id)s AND line.client = ended.client
                AND line.allocation_number = ended.allocation_number
                AND line.municipality = ended.municipality AND line.provider = ended.provider
                AND line.amount_cents >= 0
                AND line.begin_on > last_pause AND line.begin_on <= last_pause + {pause_days}
                AND line.dagtekening <= %(known_on)s::date AND line.run <= %(cutoff_run)s
        )
    ) THEN last_pause END AS paused_on
    FROM ended
)
SELECT %(region_id)s::bigint, municipality, provider, allocation_number, client, category, product,
    allocated_on, valid_from, valid_through, forced, coalesce(requested_by, referrer), age,
    start_on, stop_on, coalesce(to_char(final_stop %% 100, 'FM00'), ''), paused_on,
    coalesce(stop_on, CASE
        WHEN valid_through IS NOT NULL THEN greatest(valid_through, paused_on)
    END)
FROM paused
""")


def collect_affected(cursor: Any, *, region_id: int, run: int) -> None:
    """Put the allocations that the records of a run touch into the temporary table `affected`."""
    _collect(cursor, IN_RUN, {"region_id": region_id, "run": run})


def derive_affected(cursor: Any, *, region_id: int) -> date | None:
    """Bring `care_trajectory` up to date for the allocations in `affected`; the first day on which
    one of them began or was valid, before or after."""
    days = []
    cursor.execute(
        SQL("""
            WITH gone AS (DELETE FROM care_trajectory USING pg_temp.affected
            WHERE care_trajectory.region_id = %(region_id)s
                AND care_trajectory.client = affected.client
                AND care_trajectory.allocation_number = affected.allocation_number
                AND care_trajectory.municipality = affected.municipality
                AND care_trajectory.provider = affected.provider
            RETURNING start_on, valid_from)
            SELECT min(least(start_on, valid_from)) FROM gone
        """),
        {"region_id": region_id},
    )
    days += cursor.fetchone()
    cursor.execute(
        SQL(
            "WITH made AS (INSERT INTO care_trajectory ({columns}) {derived}"
            " RETURNING start_on, valid_from)"
            " SELECT min(least(start_on, valid_from)) FROM made"
        ).format(columns=COLUMNS, derived=derive_sql(only_affected=True)),
        EVER.params(region_id),
    )
    days += cursor.fetchone()
    return min((day for day in days if day), default=None)


def trajectories_as_of(cursor: Any, *, region_id: int, cutoff: Cutoff) -> None:
    """Make `pg_temp.trajectory`: the columns of `care_trajectory` as known on a day, to a cut-off.

    The table goes with the transaction.
    """
    params = cutoff.params(region_id)
    cursor = PlainCursor(cursor)
    _collect(cursor, AFTER_CUTOFF, params)
    cursor.execute("DROP TABLE IF EXISTS pg_temp.trajectory")
    cursor.execute(
        SQL("""
            CREATE TEMPORARY TABLE trajectory ON COMMIT DROP AS
            SELECT {columns} FROM care_trajectory
            WHERE region_id = %(region_id)s
                AND NOT EXISTS (SELECT FROM pg_temp.affected WHERE {same})
        """).format(columns=COLUMNS, same=_same("affected", "care_trajectory")),
        params,
    )
    cursor.execute(
        SQL("INSERT INTO pg_temp.trajectory ({columns}) {derived}").format(
            columns=COLUMNS, derived=derive_sql(only_affected=True)
        ),
        params,
    )
    cursor.execute("CREATE INDEX ON pg_temp.trajectory (client)")
    cursor.execute("ANALYZE pg_temp.trajectory")


def derive_sql(*, only_affected: bool) -> Composed:
    """The query of trajectories; takes region_id, known_on and cutoff_run.

    `only_affected` limits it to the allocations in the temporary table `affected`.
    """
    join = SQL("JOIN pg_temp.affected USING ({key})").format(key=KEY) if only_affected else SQL("")
    return _DERIVE.format(key=KEY, only_affected=join, pause_days=PAUSE_DAYS)


def _collect(cursor: Any, which: SQL, params: dict[str, Any]) -> None:
    """Allocations with a record in `which`; lines matter only where a pause may go on by them."""
    cursor.execute("DROP TABLE IF EXISTS pg_temp.affected")
    cursor.execute(
        SQL("""
            CREATE TEMPORARY TABLE affected ON COMMIT DROP AS
            SELECT {key} FROM care_allocationrecord record
            WHERE record.region_id = %(region_id)s AND {which}
            UNION
            SELECT {key} FROM care_carerecord record
            WHERE record.region_id = %(region_id)s AND {which}
            UNION
            SELECT record.client, a.allocation_number, a.municipality, record.provider
            FROM care_referralrequest record
            JOIN care_allocationrecord a USING (region_id, provider, reference, client)
            WHERE record.region_id = %(region_id)s AND record.reference <> '' AND {which}
            UNION
            SELECT {key}
            FROM care_declarationline record
            JOIN care_carerecord pause USING (region_id, {key})
            WHERE record.region_id = %(region_id)s AND pause.reason = '20' AND {which}
        """).format(key=KEY, which=which),
        params,
    )
    cursor.execute("CREATE INDEX ON pg_temp.affected (client, allocation_number)")
    cursor.execute("ANALYZE pg_temp.affected")


def _same(one: str, other: str) -> Composed:
    """Two tables speak of the same allocation."""
    columns = ("client", "allocation_number", "municipality", "provider")
    return SQL(" AND ").join(SQL(f"{one}.{column} = {other}.{column}") for column in columns)
