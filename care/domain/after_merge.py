"""What follows from new records: trajectories, which lines count, ledger and totals of money."""

from datetime import date
from typing import Any

from psycopg.sql import SQL

from .derive import collect_affected, derive_affected
from .lines import collect_revised, mark_revised
from .movements import book_run
from .totals import add_again, collect_changed, remember_origins, take_away

RECORD_TABLES = (
    "care_message",
    "care_allocationrecord",
    "care_carerecord",
    "care_referralrequest",
    "care_declarationline",
    "care_lineanswer",
)


def settle(
    cursor: Any, *, region_id: int, run: int, form: str, know_revised: bool = False
) -> date | None:
    """Bring everything that is derived up to date with the records of a run; the first day of the
    care that they touch, as it was known before or is known now.

    `know_revised` says that `revised_key` already holds the keys that the run sent again.
    """
    note_run(cursor, region_id=region_id, run=run, form=form)
    refresh_statistics(cursor, region_id=region_id)
    collect_affected(cursor, region_id=region_id, run=run)
    remember_origins(cursor, region_id=region_id)
    first = derive_affected(cursor, region_id=region_id)
    if not know_revised:
        collect_revised(cursor, region_id=region_id, run=run)
    collect_changed(cursor, region_id=region_id, run=run)
    take_away(cursor, region_id=region_id, run=run)
    mark_revised(cursor, region_id=region_id)
    add_again(cursor, region_id=region_id, run=run)
    book_run(cursor, region_id=region_id, run=run)
    refresh_statistics(cursor, region_id=region_id)
    return first


def note_run(cursor: Any, *, region_id: int, run: int, form: str) -> None:
    """Note on which days the records of a run are dated; a run without records leaves no note."""
    dated = SQL(" UNION ALL ").join(
        SQL(
            "SELECT min(dagtekening) AS earliest, max(dagtekening) AS latest FROM {}"
            " WHERE region_id = %(region_id)s AND run = %(run)s {}"
        ).format(SQL(table), SQL("AND state = 'accepted'" if table == "care_message" else ""))
        for table in RECORD_TABLES
    )
    cursor.execute(
        SQL("""
            INSERT INTO care_receivedrun
                (region_id, run, form, first_dagtekening, last_dagtekening)
            SELECT %(region_id)s, %(run)s, %(form)s, min(earliest), max(latest)
            FROM ({dated}) dated HAVING min(earliest) IS NOT NULL
        """).format(dated=dated),
        {"region_id": region_id, "run": run, "form": form},
    )


def refresh_statistics(cursor: Any, *, region_id: int) -> None:
    """Let the planner know of tables that grew by half since they were last looked at, or in which
    it has not seen this region yet: it would take every index on the region for equally good."""
    cursor.execute(
        """
        SELECT relname FROM pg_class
        LEFT JOIN pg_stats ON tablename = relname AND schemaname = current_schema()
            AND attname = 'region_id'
        WHERE relname = ANY (%s) AND relnamespace = current_schema()::regnamespace
            AND pg_relation_size(pg_class.oid) > 20 * 8192
            AND (
                pg_relation_size(pg_class.oid) / 8192 > 1.5 * relpages
                OR %s <> ALL (coalesce(most_common_vals::text::bigint[], '{}'))
            )
        """,
        [[*RECORD_TABLES, "care_trajectory", "care_spendmovement", "care_spendtotal"], region_id],
    )
    for (table,) in cursor.fetchall():
        cursor.execute(SQL("ANALYZE {}").format(SQL(table)))
