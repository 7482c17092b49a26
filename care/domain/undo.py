"""Take a run back as a whole: its records, and what was derived from them."""

from typing import Any

from psycopg.sql import SQL

from core.errors import DomainError

from .after_merge import RECORD_TABLES
from .derive import collect_affected, derive_affected
from .lines import collect_revised, mark_revised
from .movements import book_later, collect_later
from .totals import add_again, collect_changed, remember_origins, take_away


def undo_records(cursor: Any, run: Any) -> int:
    """Remove the records of a run; how many there were.

    Effects: its messages leave their identity free; trajectories, what counts and the ledger of
    money are as if the run had never been. Refuses when a later run delivered the same messages
    again: those were not stored twice, so they would be lost.
    """
    region_id, number = run.tenant_id, run.number
    check_no_copies(cursor, region_id=region_id, run=number)
    scope = {"region_id": region_id, "run": number}
    collect_affected(cursor, **scope)
    collect_revised(cursor, **scope)
    collect_later(cursor, **scope)
    book_later(cursor, **scope, sign=-1)
    remember_origins(cursor, region_id=region_id)
    collect_changed(cursor, **scope, all_affected=True)
    take_away(cursor, **scope, with_run=True)
    removed = _delete(cursor, **scope)
    derive_affected(cursor, region_id=region_id)
    mark_revised(cursor, region_id=region_id)
    add_again(cursor, **scope, with_run=False)
    book_later(cursor, **scope, sign=1)
    return removed


def check_no_copies(cursor: Any, *, region_id: int, run: int) -> None:
    cursor.execute(
        """
        SELECT min(copy.run) FROM care_message first
        JOIN care_message copy ON copy.region_id = first.region_id AND copy.code = first.code
            AND copy.sender = first.sender AND copy.identification = first.identification
            AND copy.state = 'copy' AND copy.run > first.run
        WHERE first.region_id = %s AND first.run = %s AND first.state = 'accepted'
        """,
        [region_id, run],
    )
    (later,) = cursor.fetchone()
    if later is not None:
        raise DomainError(
            f"Aanlevering {later} bevat berichten die ook in deze aanlevering staan. "
            f"Maak eerst aanlevering {later} ongedaan.",
            code="latere-aanlevering-bouwt-hierop",
        )


def _delete(cursor: Any, *, region_id: int, run: int) -> int:
    removed = 0
    for table in (*RECORD_TABLES, "care_spendmovement", "care_receivedrun"):
        cursor.execute(
            SQL("DELETE FROM {} WHERE region_id = %s AND run = %s").format(SQL(table)),
            [region_id, run],
        )
        if table in RECORD_TABLES and table != "care_message":
            removed += cursor.rowcount
    return removed
