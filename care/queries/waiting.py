"""Which records still wait for something else to come in; nothing has to be done when it does."""

from dataclasses import dataclass

from django.db import connection
from psycopg.sql import SQL

from ..domain.accounting import NO_ALLOCATION, NO_DEBIT

_WAITING = SQL("""
SELECT
    (SELECT count(*) FROM care_carerecord record WHERE {of_run} AND kind = 'start' AND {orphan}),
    (SELECT count(*) FROM care_carerecord record WHERE {of_run} AND kind = 'stop' AND {orphan}),
    (SELECT count(*) FROM care_declarationline record WHERE {of_run} AND {orphan}),
    (SELECT count(*) FROM care_declarationline record WHERE {of_run}
        AND amount_cents < 0 AND previous_reference <> '' AND {no_debit}),
    (SELECT count(*) FROM care_lineanswer record WHERE {of_run} AND NOT EXISTS (
        SELECT FROM care_message declaration
        WHERE declaration.region_id = record.region_id AND declaration.state = 'accepted'
            AND declaration.code = '490' AND declaration.sender = record.provider
            AND declaration.identification = record.declaration_message
    ))
""").format(
    of_run=SQL(
        "record.region_id = %(region_id)s AND (%(run)s::int IS NULL OR record.run = %(run)s)"
    ),
    orphan=NO_ALLOCATION,
    no_debit=NO_DEBIT,
)


@dataclass(frozen=True)
class Waiting:
    """Numbers of records: without an allocation, without their debit, without their declaration."""

    starts: int
    stops: int
    lines: int
    credits: int
    answers: int


def still_waiting(region_id: int, *, run: int | None = None) -> Waiting:
    """What of a run (or of all runs together) waits at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, {"region_id": region_id, "run": run})
        return Waiting(*cursor.fetchone())
