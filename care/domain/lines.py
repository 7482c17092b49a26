"""What counts of the declaration lines: sent again, refused, replaced.

A line that was sent once and never refused counts from its Dagtekening on. Only keys that were
sent again or refused (`revised`) need thought: of the times sent that are known and not refused
the latest counts; if all were refused the latest stands as refused.
"""

from typing import Any

from psycopg.sql import SQL, Composed

# The identity of a line; the same expression over the columns of a line and of its answer.
LINE_KEY = SQL("""md5(concat_ws('|', %(region_id)s::text, {row}.provider, {row}.municipality,
    encode({row}.client, 'hex'), coalesce({row}.allocation_number::text, '-'),
    {row}.starts_on, {row}.ends_on, {row}.reference))::uuid""")

# A refusal of the line as it was sent in one message: of that line, or of the whole declaration.
# The place of a message and of its lines is said twice, so that either side can lead the search.
_REFUSALS = SQL("""
    SELECT line.id, answer.dagtekening, answer.run
    FROM care_lineanswer answer
    JOIN care_message message ON message.region_id = answer.region_id
        AND message.state = 'accepted' AND message.code = '490'
        AND message.sender = answer.provider
        AND message.identification = answer.declaration_message
    JOIN care_declarationline line ON line.region_id = message.region_id
        AND line.run = message.run
        AND line.seq BETWEEN message.seq AND message.seq + 4294967295
        AND message.seq = (line.seq >> 32) << 32
        AND line.municipality = answer.municipality
        AND (answer.key IS NULL OR line.key = answer.key)
    WHERE answer.refused AND answer.region_id = %(region_id)s AND {which}
""")


_ANY = SQL("true")


def refusals(which: SQL | Composed = _ANY) -> Composed:
    """Query of (id of a line, dagtekening, run) per refusal of it.

    `which` is a condition on `answer`, `message` and `line`.
    """
    return _REFUSALS.format(which=which)


def keys_in(table: str) -> Composed:
    """The condition that a line's key is in a temporary table."""
    return SQL("line.key IN (SELECT key FROM pg_temp.{})").format(SQL(table))


def collect_revised(cursor: Any, *, region_id: int, run: int) -> None:
    """Put the keys that a run sent again or refused into the temporary table `revised_key`."""
    cursor.execute("DROP TABLE IF EXISTS pg_temp.revised_key")
    cursor.execute(
        SQL("""
            CREATE TEMPORARY TABLE revised_key ON COMMIT DROP AS
            WITH sent AS (
                SELECT key, count(*) AS times FROM care_declarationline
                WHERE region_id = %(region_id)s AND run = %(run)s GROUP BY key
            )
            SELECT key FROM sent WHERE times > 1
            UNION
            SELECT sent.key FROM sent
            JOIN care_declarationline other ON other.key = sent.key AND other.run <> %(run)s
            UNION
            SELECT line.key FROM ({by_answer} UNION ALL {of_message}) refusal
            JOIN care_declarationline line USING (id)
        """).format(
            by_answer=refusals(SQL("answer.run = %(run)s")),
            of_message=refusals(SQL("message.run = %(run)s")),
        ),
        {"region_id": region_id, "run": run},
    )
    cursor.execute("ANALYZE pg_temp.revised_key")


def gather_sent(cursor: Any, *, region_id: int, keys: str) -> None:
    """Of the keys in a temporary table: every time sent in `sent_line`, every refusal of one in
    `refused_line`."""
    cursor.execute("DROP TABLE IF EXISTS pg_temp.sent_line, pg_temp.refused_line")
    cursor.execute(
        SQL("""
            CREATE TEMPORARY TABLE sent_line ON COMMIT DROP AS
            SELECT line.* FROM care_declarationline line
            WHERE line.region_id = %(region_id)s AND {in_keys}
        """).format(in_keys=keys_in(keys)),
        {"region_id": region_id},
    )
    cursor.execute(
        SQL("CREATE TEMPORARY TABLE refused_line ON COMMIT DROP AS {}").format(
            refusals(keys_in(keys))
        ),
        {"region_id": region_id},
    )
    cursor.execute("ANALYZE pg_temp.sent_line")
    cursor.execute("ANALYZE pg_temp.refused_line")


def mark_revised(cursor: Any, *, region_id: int) -> None:
    """Set `revised`, `counts` and `refused` of every line whose key is in `revised_key`."""
    gather_sent(cursor, region_id=region_id, keys="revised_key")
    cursor.execute(
        """
        WITH ranked AS (
            SELECT id, is_refused, count(*) OVER (PARTITION BY key) AS times,
                row_number() OVER (
                    PARTITION BY key ORDER BY is_refused, dagtekening DESC, run DESC, seq DESC
                ) = 1 AS stands
            FROM (
                SELECT sent_line.*, id IN (SELECT id FROM pg_temp.refused_line) AS is_refused
                FROM pg_temp.sent_line
            ) sent
        )
        UPDATE care_declarationline line
        SET revised = times > 1 OR is_refused,
            counts = stands,
            refused = stands AND is_refused
        FROM ranked WHERE ranked.id = line.id
            AND (line.revised, line.counts, line.refused) IS DISTINCT FROM
                (times > 1 OR is_refused, stands, stands AND is_refused)
        """
    )
