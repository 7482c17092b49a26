"""All values of a half-year into the temporary table `figure`, in a fixed number of statements."""

from collections.abc import Callable
from typing import Any

from . import derived, facts
from .finance_figures import add_finance_figures
from .scope import Scope
from .sources import Tables, tables_for
from .statements import FIGURE, counting_statements

Progress = Callable[[int, int, str], None]


# The temporary tables have few statistics: joins by hash, in memory, suit all of them.
SETTINGS = """
SET LOCAL work_mem = '256MB';
SET LOCAL enable_mergejoin = off;
SET LOCAL jit = off
"""


def fill_figures(cursor: Any, scope: Scope) -> None:
    """Fill `pg_temp.figure`; the caller holds the transaction, with which the table goes."""
    cursor.execute(SETTINGS)
    tables = tables_for(cursor, scope.seen)
    drop_temporary(cursor)
    cursor.execute(FIGURE)
    for statement in _steps():
        run(cursor, tables, scope, statement)
    _merge_deliveries(cursor, tables, scope)
    for statement in derived.RELATED:
        run(cursor, tables, scope, statement)
    add_finance_figures(cursor, scope)
    run(cursor, tables, scope, derived.ZEROS)


def _steps() -> list[str]:
    return [*facts.TABLES, *counting_statements(), *derived.COUNTED]


def run(cursor: Any, tables: Tables, scope: Scope, statement: str) -> None:
    cursor.execute(tables.fill(statement), scope.params)


def _merge_deliveries(cursor: Any, tables: Tables, scope: Scope) -> None:
    run(cursor, tables, scope, derived.DELIVERED)
    if cursor.rowcount:
        run(cursor, tables, scope, derived.MERGE_DELIVERED)


def drop_temporary(cursor: Any) -> None:
    """Two sets may be computed in one transaction."""
    for table in ("figure", "place", "near_care", "tariff_day", "fact_money"):
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
