"""The roll-up of money: a ledger of what became known in which month, per run.

What is known of a key at the end of month m, as of cut-off r, is one line (or none). The ledger
holds the differences of that over m and r. A line that is sent once and never refused gives one
row; only revised keys need the general statement.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg.sql import SQL, Composed

from .lines import gather_sent, keys_in, refusals

_CELL = SQL("care_month, known_month, municipality, provider, category, product, unit")
_SUMS = SQL("lines, volume, amount_cents, submitted_cents")

# Lines that never changed: each is a movement of its own run and month.
_PLAIN = SQL("""
    SELECT run, date_trunc('month', begin_on)::date AS care_month,
        date_trunc('month', dagtekening)::date AS known_month,
        municipality, provider, category, product, unit,
        1 AS lines, volume, amount_cents, amount_cents AS submitted_cents
    FROM care_declarationline
    WHERE region_id = %(region_id)s AND {which}
""")

# Per key, cut-off and month the line that stands; a movement where another line takes its place.
# What a cut-off shows is taken back at the next one, so that sums over runs give each cut-off.
_REVISED = SQL("""
    (WITH refusal AS (
        SELECT DISTINCT id, date_trunc('month', dagtekening)::date AS month, run
        FROM pg_temp.refused_line
    ), sent AS (
        SELECT id, key, dagtekening, run, seq, date_trunc('month', dagtekening)::date AS month
        FROM pg_temp.sent_line
    ), event AS (
        SELECT key, run, month FROM sent
        UNION
        SELECT sent.key, refusal.run, refusal.month FROM refusal JOIN sent USING (id)
    ), cutoff AS (
        SELECT key, run, lead(run) OVER (PARTITION BY key ORDER BY run) AS next_run
        FROM (SELECT DISTINCT key, run FROM event) runs
    ), moment AS (
        SELECT DISTINCT cutoff.key, cutoff.run, cutoff.next_run, event.month
        FROM cutoff JOIN event ON event.key = cutoff.key AND event.run <= cutoff.run
    ), standing AS (
        SELECT DISTINCT ON (moment.key, moment.run, moment.month)
            moment.key, moment.run, moment.next_run, moment.month, sent.id,
            refusal.id IS NOT NULL AS is_refused
        FROM moment
        JOIN sent ON sent.key = moment.key
            AND sent.run <= moment.run AND sent.month <= moment.month
        LEFT JOIN refusal ON refusal.id = sent.id
            AND refusal.run <= moment.run AND refusal.month <= moment.month
        ORDER BY moment.key, moment.run, moment.month,
            is_refused, sent.dagtekening DESC, sent.run DESC, sent.seq DESC
    ), followed AS (
        SELECT *, lead(month) OVER (PARTITION BY key, run ORDER BY month) AS next_month
        FROM standing
    ), booked AS (
        SELECT id, is_refused, run, month, 1 AS sign FROM followed
        UNION ALL
        SELECT id, is_refused, run, next_month, -1 FROM followed WHERE next_month IS NOT NULL
        UNION ALL
        SELECT id, is_refused, next_run, month, -1 FROM followed WHERE next_run IS NOT NULL
        UNION ALL
        SELECT id, is_refused, next_run, next_month, 1 FROM followed
        WHERE next_run IS NOT NULL AND next_month IS NOT NULL
    )
    SELECT booked.run, date_trunc('month', begin_on)::date AS care_month,
        booked.month AS known_month, municipality, provider, category, product, unit,
        CASE WHEN booked.is_refused THEN 0 ELSE sign END AS lines,
        CASE WHEN booked.is_refused THEN 0 ELSE sign * volume END AS volume,
        CASE WHEN booked.is_refused THEN 0 ELSE sign * amount_cents END AS amount_cents,
        sign * amount_cents AS submitted_cents
    FROM booked JOIN pg_temp.sent_line USING (id))
""")

_ADDED_UP = SQL("""
    SELECT run, {cell}, sum(lines) AS lines, sum(volume) AS volume,
        sum(amount_cents) AS amount_cents, sum(submitted_cents) AS submitted_cents
    FROM ({movements}) movement
    GROUP BY run, {cell}
    HAVING sum(lines) <> 0 OR sum(volume) <> 0
        OR sum(amount_cents) <> 0 OR sum(submitted_cents) <> 0
""")

_BOOK = SQL("""
    INSERT INTO care_spendmovement (region_id, run, {cell}, {sums})
    SELECT %(region_id)s, added.* FROM ({added_up}) added
""")


def book_run(cursor: Any, *, region_id: int, run: int) -> None:
    """Write the movements of a run that was just merged, after `mark_revised`.

    `revised_key` holds the keys that it revised, `sent_line` and `refused_line` all about them.
    """
    plain = _PLAIN.format(
        which=SQL(
            "run = %(run)s AND NOT EXISTS"
            " (SELECT FROM pg_temp.revised_key k WHERE k.key = care_declarationline.key)"
        )
    )
    revised = SQL("SELECT * FROM {revised} revised WHERE run = %(run)s").format(revised=_REVISED)
    _book(cursor, SQL("{} UNION ALL {}").format(plain, revised), region_id=region_id, run=run)


def collect_later(cursor: Any, *, region_id: int, run: int) -> None:
    """Of the keys in `revised_key`, put those about which a later run speaks into `later_key`."""
    cursor.execute("DROP TABLE IF EXISTS pg_temp.later_key")
    cursor.execute(
        SQL("""
            CREATE TEMPORARY TABLE later_key ON COMMIT DROP AS
            SELECT DISTINCT line.key
            FROM pg_temp.revised_key JOIN care_declarationline line USING (key)
            WHERE line.region_id = %(region_id)s AND (
                line.run > %(run)s
                OR line.id IN (SELECT id FROM ({refusals}) answered)
            )
        """).format(
            refusals=refusals(SQL("answer.run > %(run)s AND {}").format(keys_in("revised_key")))
        ),
        {"region_id": region_id, "run": run},
    )


def book_later(cursor: Any, *, region_id: int, run: int, sign: int) -> None:
    """Add (or with sign -1 take away) what the runs after `run` moved of the keys in `later_key`.

    Taking away before the records of a run go and adding afterwards leaves the ledger as if that
    run had never been.
    """
    movements = SQL("""
        SELECT run, {cell}, {sign} * lines AS lines, {sign} * volume AS volume,
            {sign} * amount_cents AS amount_cents, {sign} * submitted_cents AS submitted_cents
        FROM {revised} revised WHERE run > %(run)s
    """).format(cell=_CELL, sign=sign, revised=_REVISED)
    gather_sent(cursor, region_id=region_id, keys="later_key")
    _book(cursor, movements, region_id=region_id, run=run)


def ledger_differences(cursor: Any, *, region_id: int) -> int:
    """In how many cells the ledger differs from what the lines say now, computed anew."""
    cursor.execute("DROP TABLE IF EXISTS pg_temp.all_revised")
    cursor.execute(
        "CREATE TEMPORARY TABLE all_revised ON COMMIT DROP AS SELECT DISTINCT key"
        " FROM care_declarationline WHERE region_id = %(region_id)s AND revised",
        {"region_id": region_id},
    )
    gather_sent(cursor, region_id=region_id, keys="all_revised")
    computed = SQL("{} UNION ALL {}").format(_PLAIN.format(which=SQL("NOT revised")), _REVISED)
    kept = SQL("""
        SELECT run, {cell}, -lines, -volume, -amount_cents, -submitted_cents
        FROM care_spendmovement WHERE region_id = %(region_id)s
    """).format(cell=_CELL)
    difference = _added_up(SQL("{} UNION ALL {}").format(computed, kept))
    with _joined_by_hash(cursor):
        cursor.execute(
            SQL("SELECT count(*) FROM ({}) difference").format(difference),
            {"region_id": region_id},
        )
        return int(cursor.fetchone()[0])


def _book(cursor: Any, movements: Composed, *, region_id: int, run: int) -> None:
    with _joined_by_hash(cursor):
        cursor.execute(
            _BOOK.format(cell=_CELL, sums=_SUMS, added_up=_added_up(movements)),
            {"region_id": region_id, "run": run},
        )


@contextmanager
def _joined_by_hash(cursor: Any) -> Iterator[None]:
    """Between intermediate results the planner sees no sizes; a nested loop there never ends."""
    cursor.execute("SET LOCAL enable_nestloop = off")
    yield  # an error ends the transaction, and the setting with it
    cursor.execute("SET LOCAL enable_nestloop = on")


def _added_up(movements: Composed) -> Composed:
    return _ADDED_UP.format(cell=_CELL, movements=movements)
