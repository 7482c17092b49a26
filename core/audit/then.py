"""What a register said on a day in the past, as far as the trail tells.

A row that the trail knew by then stands as it stood at the end of that day. A row that was only
recorded later counts when it had begun by then, as it was first recorded: what starts on a day is
known on that day. Days in `ends` that such a row gives for later are left out: that it would end
may have been learnt afterwards.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.db import connection, models
from django.utils import timezone
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

M = TypeVar("M", bound=models.Model)

_THEN = SQL("""
WITH told AS (
    SELECT DISTINCT ON (pgh_obj_id) * FROM {events}
    WHERE {within} AND pgh_created_at < {after} ORDER BY pgh_obj_id, pgh_id DESC
)
SELECT {columns} FROM told WHERE pgh_label <> 'delete'
UNION ALL
SELECT {first} FROM (
    SELECT DISTINCT ON (pgh_obj_id) * FROM {events}
    WHERE {within} AND pgh_obj_id IN (SELECT id FROM {table})
        AND pgh_obj_id NOT IN (SELECT pgh_obj_id FROM told)
    ORDER BY pgh_obj_id, pgh_id
) earliest WHERE {begun}
""")


def known_then(
    model: type[models.Model],
    day: date,
    *,
    within: Composable,
    begun: Composable,
    ends: Mapping[str, Composable],
) -> Composed:
    """A SELECT of the columns of an audited model, as known at the end of `day`.

    Conditions on those columns: `within` says of which rows, `begun` whether one that was recorded
    later had begun, and `ends`, per column, whether a later day in it is left out of such a row.
    """
    columns = [str(field.column) for field in model._meta.concrete_fields]
    after = datetime.combine(day + timedelta(days=1), time(), timezone.get_default_timezone())
    return _THEN.format(
        events=Identifier(model.pgh_event_model._meta.db_table),  # type: ignore[attr-defined]
        table=Identifier(model._meta.db_table),
        within=within,
        begun=begun,
        after=Literal(after),
        columns=SQL(", ").join([Identifier(name) for name in columns]),
        first=SQL(", ").join([_first(name, day, ends) for name in columns]),
    )


def _first(name: str, day: date, ends: Mapping[str, Composable]) -> Identifier | Composed:
    column = Identifier(name)
    if name not in ends:
        return column
    return SQL("CASE WHEN {c} <= {day} OR NOT {left_out} THEN {c} END AS {c}").format(
        c=column, day=Literal(day), left_out=ends[name]
    )


def rows_then(model: type[M], day: date, **asked: Any) -> list[M]:
    """The rows of `known_then`, as objects to read and never to save."""
    with connection.cursor() as cursor:
        sql = known_then(model, day, **asked).as_string(cursor.connection)
    return list(model._default_manager.raw(sql.replace("%", "%%")))
