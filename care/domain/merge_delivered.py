"""What is delivered beside the messages: measurements, places of stay, instalments, indicators.

A row that states something anew replaces the row with the same key; the old row stays, marked with
the run that replaced it, so that a figure as of an earlier cut-off does not move.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from psycopg.sql import SQL, Composed

from core.intake.checks import Check, fault_of, reject_faulty
from core.intake.registry import Merge, Outcome

from .region_scope import municipalities_for, providers_for

OUTSIDE = Check(
    "gemeente-buiten-regio",
    "gemeente",
    SQL("staged.municipality IS NOT NULL AND NOT staged.municipality = ANY (%(allowed)s)"),
    "De gemeente hoort niet bij deze regio, of u mag er niet voor aanleveren.",
    "Controleer de gemeentecode, of pas de gemeenten van de regio aan.",
)
OTHER_PROVIDER = Check(
    "andere-aanbieder",
    "aanbieder",
    SQL("%(providers)s::text[] IS NOT NULL AND NOT staged.provider = ANY (%(providers)s)"),
    "U levert aan voor uw eigen organisatie; deze rij noemt een andere aanbieder.",
    "Controleer de AGB-code.",
)
DOUBLE = Check(
    "dubbel-in-bestand",
    "",
    SQL("false"),
    "Dezelfde rij staat eerder in de aanlevering met een andere inhoud. De eerste telt.",
    "Laat één van beide staan.",
)


@dataclass(frozen=True)
class Delivered:
    """How staged rows become rows of a table.

    `key` and `values` are columns of the table; `expressions` says what fills them where that is
    not the staged column of the same name. `waits` is a condition on a row that arrives.
    `attention` asks `arriving` for (rule, code, number of rows), see domain/attention.
    """

    table: str
    staged: str
    key: tuple[str, ...]
    values: tuple[str, ...]
    expressions: Mapping[str, str] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    waits: SQL | Composed | None = None
    attention: SQL | None = None

    def merge(self, cursor: Any, merge: Merge) -> Outcome:
        """The merge of the form (see core.intake.registry.IntakeForm)."""
        params = _params(merge)
        checks = (OUTSIDE, OTHER_PROVIDER, *self.checks)
        self._arrive(cursor, merge.tables[self.staged], checks, params)
        rejected = reject_faulty(
            cursor, table="pg_temp.arriving", checks=(*checks, DOUBLE), params=params
        )
        counts = self._endings(cursor, params)
        attention = self._attention(cursor, params)
        self._replace(cursor, params)
        self._insert(cursor, params)
        merge.progress(1, 1, "Verwerkt")
        outcome = Outcome(rejected=rejected, **counts)
        if attention:
            outcome.notes["attention"] = attention
        return outcome

    def undo(self, cursor: Any, run: Any) -> int:
        """Remove the rows of a run; what they replaced stands again."""
        params = {"region_id": run.tenant_id, "run": run.number}
        cursor.execute("DROP TABLE IF EXISTS pg_temp.leaving")
        cursor.execute(
            SQL("CREATE TEMPORARY TABLE leaving ON COMMIT DROP AS SELECT * FROM {} {}").format(
                SQL(self.table), _OF_RUN
            ),
            params,
        )
        cursor.execute(SQL("DELETE FROM {} {}").format(SQL(self.table), _OF_RUN), params)
        removed = int(cursor.rowcount)
        cursor.execute(
            SQL("""
                UPDATE {table} earlier SET replaced_in = leaving.replaced_in
                FROM pg_temp.leaving
                WHERE earlier.region_id = %(region_id)s AND earlier.replaced_in = %(run)s
                    AND {same_key}
            """).format(table=SQL(self.table), same_key=_same(self.key, "earlier", "leaving")),
            params,
        )
        return removed

    def _arrive(
        self, cursor: Any, staged: str, checks: tuple[Check, ...], params: Mapping[str, Any]
    ) -> None:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.arriving")
        filled = SQL(", ").join(
            SQL("{} AS {}").format(
                SQL(self.expressions.get(column, f"staged.{column}")), SQL(column)
            )
            for column in (*self.key, *self.values)
        )
        cursor.execute(
            _ARRIVE.format(
                staged=SQL(staged),
                filled=filled,
                fault=fault_of(checks),
                key=_list(self.key),
                values=_list(self.values),
            ),
            params,
        )

    def _endings(self, cursor: Any, params: Mapping[str, Any]) -> dict[str, Any]:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.ended")
        cursor.execute(
            _ENDINGS.format(
                table=SQL(self.table),
                same_key=_same(self.key, "standing", "record"),
                mine=_list(self.values, "record"),
                theirs=_list(self.values, "standing"),
                waits=self.waits or SQL("false"),
            ),
            params,
        )
        cursor.execute(
            "SELECT ending, count(*) FROM pg_temp.ended WHERE ending <> 'rejected' GROUP BY ending"
        )
        return dict(cursor.fetchall())

    def _attention(self, cursor: Any, params: Mapping[str, Any]) -> list[dict[str, Any]]:
        if self.attention is None:
            return []
        cursor.execute(self.attention, params)
        return [
            {"rule": rule, "code": code, "records": int(records)}
            for rule, code, records in cursor.fetchall()
        ]

    def _replace(self, cursor: Any, params: Mapping[str, Any]) -> None:
        cursor.execute(
            SQL("""
                UPDATE {} standing SET replaced_in = %(run)s FROM pg_temp.ended
                WHERE standing.id = ended.standing_id AND ended.ending = 'changed'
            """).format(SQL(self.table)),
            params,
        )

    def _insert(self, cursor: Any, params: Mapping[str, Any]) -> None:
        columns = _list((*self.key, *self.values))
        cursor.execute(
            SQL("""
                INSERT INTO {table} (region_id, run, {columns})
                SELECT %(region_id)s, %(run)s, {columns}
                FROM pg_temp.arriving JOIN pg_temp.ended USING (file_no, record_no)
                WHERE ending IN ('accepted', 'changed', 'waiting')
            """).format(table=SQL(self.table), columns=columns),
            params,
        )


_OF_RUN = SQL("WHERE region_id = %(region_id)s AND run = %(run)s")

# The first of several rows with one key stands; an equal one adds nothing.
_ARRIVE = SQL("""
CREATE TEMPORARY TABLE arriving ON COMMIT DROP AS
SELECT file_no, record_no, {key}, {values}, occurrence > 1 AND NOT differs AS repeats,
    CASE WHEN occurrence > 1 AND differs THEN 'dubbel-in-bestand' ELSE fault END AS fault
FROM (
    SELECT *,
        row_number() OVER first_of_key AS occurrence,
        ROW({values}) IS DISTINCT FROM first_value(ROW({values})) OVER first_of_key AS differs
    FROM (
        SELECT file_no, record_no, {filled}, {fault} AS fault FROM {staged} staged
    ) filled
    WINDOW first_of_key AS (PARTITION BY {key}, fault ORDER BY file_no, record_no)
) compared
""")

_ENDINGS = SQL("""
CREATE TEMPORARY TABLE ended ON COMMIT DROP AS
SELECT record.file_no, record.record_no, standing.id AS standing_id, CASE
        WHEN record.fault IS NOT NULL THEN 'rejected'
        WHEN record.repeats THEN 'unchanged'
        WHEN standing.id IS NULL AND {waits} THEN 'waiting'
        WHEN standing.id IS NULL THEN 'accepted'
        WHEN ROW({mine}) IS NOT DISTINCT FROM ROW({theirs}) THEN 'unchanged'
        ELSE 'changed'
    END AS ending
FROM pg_temp.arriving record
LEFT JOIN {table} standing ON standing.region_id = %(region_id)s
    AND standing.replaced_in IS NULL AND {same_key}
""")


def _params(merge: Merge) -> dict[str, Any]:
    run = merge.run
    providers = providers_for(run.requested_by, region_id=run.tenant_id)
    return {
        "region_id": run.tenant_id,
        "run": run.number,
        "run_id": run.pk,
        "allowed": sorted(municipalities_for(run.requested_by, region_id=run.tenant_id)),
        "providers": None if providers is None else sorted(providers),
    }


def _list(columns: tuple[str, ...], table: str = "") -> Composed:
    prefix = f"{table}." if table else ""
    return SQL(", ").join(SQL(prefix + column) for column in columns)


def _same(key: tuple[str, ...], one: str, other: str) -> Composed:
    return SQL(" AND ").join(SQL(f"{one}.{column} = {other}.{column}") for column in key)
