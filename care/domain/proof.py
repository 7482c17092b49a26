"""The nightly proof: what is kept up to date run by run equals what the records say anew."""

from typing import Any

from django.db import connection, transaction
from psycopg.sql import SQL

from .derive import COLUMNS, derive_sql
from .keys import EVER
from .lines import refusals
from .movements import ledger_differences
from .totals import total_differences


def check_rollups(*, region_id: int) -> dict[str, int]:
    """Differences per derived table; all zero when the region is in order."""
    with transaction.atomic(), connection.cursor() as cursor:
        return {
            "trajectories": _trajectories(cursor, region_id),
            "lines": _lines(cursor, region_id),
            "ledger": ledger_differences(cursor, region_id=region_id),
            "totals": total_differences(cursor, region_id=region_id),
        }


def _trajectories(cursor: Any, region_id: int) -> int:
    cursor.execute(
        SQL("""
            WITH anew ({columns}) AS MATERIALIZED ({derived}), kept AS MATERIALIZED (
                SELECT {columns} FROM care_trajectory WHERE region_id = %(region_id)s
            )
            SELECT count(*) FROM (
                (SELECT * FROM anew EXCEPT ALL SELECT * FROM kept)
                UNION ALL
                (SELECT * FROM kept EXCEPT ALL SELECT * FROM anew)
            ) difference
        """).format(columns=COLUMNS, derived=derive_sql(only_affected=False)),
        EVER.params(region_id),
    )
    return int(cursor.fetchone()[0])


def _lines(cursor: Any, region_id: int) -> int:
    cursor.execute(
        SQL("""
            WITH refused_line AS MATERIALIZED (SELECT DISTINCT id FROM ({refusals}) answered),
            sent AS (
                SELECT line.*, refused_line.id IS NOT NULL AS is_refused,
                    count(*) OVER (PARTITION BY key) AS times,
                    row_number() OVER (
                        PARTITION BY key
                        ORDER BY refused_line.id IS NOT NULL, dagtekening DESC, run DESC, seq DESC
                    ) = 1 AS stands
                FROM care_declarationline line LEFT JOIN refused_line USING (id)
                WHERE region_id = %(region_id)s
            )
            SELECT count(*) FROM sent
            WHERE revised <> (times > 1 OR is_refused)
                OR counts <> stands OR refused <> (stands AND is_refused)
        """).format(refusals=refusals()),
        {"region_id": region_id},
    )
    return int(cursor.fetchone()[0])
