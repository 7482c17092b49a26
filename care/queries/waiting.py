"""Which records still wait for something else to come in; nothing has to be done when it does."""

from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db import connection
from django.db.models import Max
from psycopg.sql import SQL

from core.intake.models import IntakeRun

from ..domain.accounting import NO_ALLOCATION, NO_DEBIT

_KINDS = {
    "starts": SQL("FROM care_carerecord record WHERE {of_run} AND kind = 'start' AND {orphan}"),
    "stops": SQL("FROM care_carerecord record WHERE {of_run} AND kind = 'stop' AND {orphan}"),
    "lines": SQL("FROM care_declarationline record WHERE {of_run} AND {orphan}"),
    "credits": SQL(
        "FROM care_declarationline record WHERE {of_run}"
        " AND amount_cents < 0 AND previous_reference <> '' AND {no_debit}"
    ),
    "answers": SQL("""FROM care_lineanswer record WHERE {of_run} AND NOT EXISTS (
        SELECT FROM care_message declaration
        WHERE declaration.region_id = record.region_id AND declaration.state = 'accepted'
            AND declaration.code = '490' AND declaration.sender = record.provider
            AND declaration.identification = record.declaration_message
    )"""),
}
_PARTS = {
    "of_run": SQL(
        "record.region_id = %(region_id)s AND (%(run)s::int IS NULL OR record.run = %(run)s)"
    ),
    "orphan": NO_ALLOCATION,
    "no_debit": NO_DEBIT,
}
_WAITING = SQL("SELECT {}").format(
    SQL(", ").join(
        SQL("(SELECT count(*) {})").format(kind.format(**_PARTS)) for kind in _KINDS.values()
    )
)
_SINCE = SQL(" UNION ALL ").join(
    SQL("SELECT {name} AS kind, count(*), min(record.dagtekening) {rows}").format(
        name=name, rows=kind.format(**_PARTS)
    )
    for name, kind in _KINDS.items()
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
        cursor.execute(_WAITING.as_string(None), {"region_id": region_id, "run": run})
        return Waiting(*cursor.fetchone())


@dataclass(frozen=True)
class Kept:
    """Records of a kind that wait (see the names in `Waiting`), and the day of the oldest message
    among them."""

    kind: str
    records: int
    since: date


def kept_waiting(region_id: int) -> list[Kept]:
    """What waits now, per kind. Worked out once per intake run that was merged or undone."""
    runs = IntakeRun.objects.filter(tenant_id=region_id)
    last = runs.aggregate(number=Max("number"), undone=Max("undone_at"))
    key = f"care.waiting.{region_id}.{last['number']}.{last['undone'] or ''}".replace(" ", "")
    found: list[Kept] | None = cache.get(key)
    if found is None:
        found = _kept_waiting(region_id)
        cache.set(key, found, timeout=24 * 3600)
    return found


def _kept_waiting(region_id: int) -> list[Kept]:
    with connection.cursor() as cursor:
        cursor.execute(_SINCE.as_string(None), {"region_id": region_id, "run": None})
        return [Kept(*row) for row in cursor.fetchall() if row[1]]
