"""How every record of a run ended, and which of them ask for attention.

`waiting` says that something is still missing: a start, stop or line without an allocation, a
credit without its debit. Such records are kept and count as soon as the rest comes in
(care.queries.waiting lists what still waits). `changed` says that a record put something else in
the place of what was known, `unchanged` that it repeats it.
"""

from datetime import date
from typing import Any

from psycopg.sql import SQL, Composed

from core.intake.registry import Outcome

from .attention import attention, touched_from

NO_ALLOCATION = SQL("""NOT EXISTS (
    SELECT FROM care_trajectory t WHERE t.region_id = record.region_id
        AND t.client = record.client AND t.allocation_number = record.allocation_number
        AND t.municipality = record.municipality AND t.provider = record.provider
)""")

NO_DEBIT = SQL("""NOT EXISTS (
    SELECT FROM care_declarationline debit WHERE debit.region_id = record.region_id
        AND debit.client = record.client
        AND debit.allocation_number IS NOT DISTINCT FROM record.allocation_number
        AND debit.municipality = record.municipality AND debit.provider = record.provider
        AND debit.reference = record.previous_reference
)""")

_KEY = "region_id, client, allocation_number, municipality, provider"

_ALLOCATIONS = SQL("""
SELECT CASE WHEN before IS NULL THEN 'accepted' WHEN before = content THEN 'unchanged'
    ELSE 'changed' END AS ending
FROM (
    SELECT run, content, lag(content) OVER (PARTITION BY {key} ORDER BY run, seq) AS before
    FROM (
        SELECT record.*, ROW(category, product, allocated_on, valid_from, valid_through,
            change_reason, forced, reference, referrer, volume, unit, frequency, budget_cents
        ) AS content
        FROM care_allocationrecord record JOIN pg_temp.affected USING
            (client, allocation_number, municipality, provider)
        WHERE region_id = %(region_id)s AND run <= %(run)s
    ) record
) compared WHERE run = %(run)s
""").format(key=SQL(_KEY))

_CARE = SQL("""
SELECT CASE WHEN waits THEN 'waiting' WHEN status IN ('2', '3') THEN 'changed'
    WHEN times_before > 0 THEN 'unchanged' ELSE 'accepted' END AS ending
FROM (
    SELECT record.run, status, {no_allocation} AS waits,
        count(*) FILTER (WHERE status <> '3') OVER (
            PARTITION BY {key}, kind, begin_on, end_on, reason ORDER BY run, seq
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS times_before
    FROM care_carerecord record JOIN pg_temp.affected USING
        (client, allocation_number, municipality, provider)
    WHERE region_id = %(region_id)s AND run <= %(run)s
) compared WHERE run = %(run)s
""").format(key=SQL(_KEY), no_allocation=NO_ALLOCATION)

_REQUESTS = SQL("""
SELECT CASE WHEN before IS NULL THEN 'accepted' WHEN before = content THEN 'unchanged'
    ELSE 'changed' END AS ending
FROM (
    SELECT mine.run, ROW(mine.referrer, mine.category, mine.product, mine.valid_from) AS content, (
        SELECT ROW(other.referrer, other.category, other.product, other.valid_from)
        FROM care_referralrequest other
        WHERE other.region_id = mine.region_id AND other.provider = mine.provider
            AND other.reference = mine.reference AND other.client = mine.client
            AND mine.reference <> '' AND (other.run, other.seq) < (mine.run, mine.seq)
        ORDER BY other.run DESC, other.seq DESC LIMIT 1
    ) AS before
    FROM care_referralrequest mine WHERE mine.region_id = %(region_id)s AND mine.run = %(run)s
) compared
""")

# Two conditions in two branches, so that each is a join.
_WAITING_LINES = SQL("""
CREATE TEMPORARY TABLE waiting_line ON COMMIT DROP AS
SELECT id FROM care_declarationline record
WHERE region_id = %(region_id)s AND run = %(run)s AND {no_allocation}
UNION
SELECT id FROM care_declarationline record
WHERE region_id = %(region_id)s AND run = %(run)s
    AND amount_cents < 0 AND previous_reference <> '' AND {no_debit}
""").format(no_allocation=NO_ALLOCATION, no_debit=NO_DEBIT)

# Of the lines that do not wait only keys that were sent again need a comparison.
_LINES = SQL("""
SELECT 'waiting' AS ending, count(*) FROM pg_temp.waiting_line
UNION ALL
SELECT CASE WHEN before = content THEN 'unchanged' ELSE 'changed' END, count(*)
FROM (
    SELECT id, run, content, lag(content) OVER sent AS before, row_number() OVER sent AS times
    FROM (
        SELECT id, key, run, seq, ROW(previous_reference, category, product, volume, unit,
            tariff_cents, amount_cents) AS content
        FROM care_declarationline record JOIN pg_temp.revised_key USING (key)
        WHERE region_id = %(region_id)s AND run <= %(run)s
    ) line
    WINDOW sent AS (PARTITION BY key ORDER BY run, seq)
) compared
WHERE run = %(run)s AND times > 1 AND id NOT IN (SELECT id FROM pg_temp.waiting_line)
GROUP BY 1
""")


def account(cursor: Any, *, region_id: int, run: int, touched: date | None) -> Outcome:
    """Count the endings of a run's records, after `settle` (which gives `touched`); its notes say
    what asks attention."""
    outcome = Outcome()
    per_kind: dict[str, dict[str, int]] = {}
    scope = {"region_id": region_id, "run": run}
    kinds = {kind: _count(cursor, query, scope) for kind, query in _KINDS}
    for kind, counts in (*kinds.items(), ("line", _count_lines(cursor, scope))):
        per_kind[kind] = counts
        for ending, number in counts.items():
            setattr(outcome, ending, getattr(outcome, ending) + number)
    outcome.notes["per_kind"] = {kind: counts for kind, counts in per_kind.items() if counts}
    outcome.notes["attention"] = attention(cursor, region_id=region_id, run=run)
    outcome.notes["touches_from"] = touched_from(cursor, **scope, care=touched)
    return outcome


_KINDS = (("allocation", _ALLOCATIONS), ("start_or_stop", _CARE), ("request", _REQUESTS))


def _count(cursor: Any, query: Composed | SQL, scope: dict[str, int]) -> dict[str, int]:
    cursor.execute(
        SQL("SELECT ending, count(*) FROM ({}) ended GROUP BY ending").format(query), scope
    )
    return dict(cursor.fetchall())


def _count_lines(cursor: Any, scope: dict[str, int]) -> dict[str, int]:
    cursor.execute(
        "SELECT count(*) FROM care_declarationline"
        " WHERE region_id = %(region_id)s AND run = %(run)s",
        scope,
    )
    (total,) = cursor.fetchone()
    cursor.execute("DROP TABLE IF EXISTS pg_temp.waiting_line")
    cursor.execute(_WAITING_LINES, scope)
    cursor.execute(_LINES, scope)
    counts = {ending: number for ending, number in cursor.fetchall() if number}
    accepted = total - sum(counts.values())
    return {"accepted": accepted, **counts} if accepted else counts
