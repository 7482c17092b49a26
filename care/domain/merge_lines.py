"""Bring declaration lines from a table (CSV, XLSX) into the records.

A table has no messages: each row carries its own Dagtekening, and a row that says exactly what is
known already adds nothing. Only keys that are known, or stand in the delivery twice, need a closer
look; all others go straight in.
"""

from typing import Any, cast

from psycopg.sql import SQL

from core.intake.checks import Check, fault_of, reject_faulty
from core.intake.registry import Merge, Outcome

from .accounting import account
from .after_merge import settle
from .lines import LINE_KEY
from .region_scope import municipalities_for

OUTSIDE = Check(
    "gemeente-buiten-regio",
    "gemeente",
    SQL("NOT staged.municipality = ANY (%(allowed)s)"),
    "De gemeente hoort niet bij deze regio, of u mag er niet voor aanleveren.",
    "Controleer de gemeentecode, of pas de gemeenten van de regio aan.",
)


def merge_lines(cursor: Any, merge: Merge) -> Outcome:
    """The merge of the form (see core.intake.registry.IntakeForm)."""
    run = merge.run
    number = cast("int", run.number)  # given before the merge
    allowed = sorted(municipalities_for(run.requested_by, region_id=run.tenant_id))
    params = {
        "region_id": run.tenant_id, "run": number, "run_id": run.pk, "allowed": allowed,
    }  # fmt: skip
    merge.progress(0, 4, "Regels herkennen")
    offered = _arrive(cursor, merge.tables["line"], params)
    rejected = reject_faulty(cursor, table="pg_temp.arriving", checks=(OUTSIDE,), params=params)
    merge.progress(1, 4, "Regels verwerken")
    stored = _store(cursor, params)
    merge.progress(2, 4, "Kosten bijwerken")
    touched = settle(
        cursor, region_id=run.tenant_id, run=number, form="declaraties", know_revised=True
    )
    merge.progress(3, 4, "Uitkomst tellen")
    outcome = account(cursor, region_id=run.tenant_id, run=number, touched=touched)
    outcome.rejected += rejected
    outcome.unchanged += offered - rejected - stored
    return outcome


def _arrive(cursor: Any, staged: str, params: dict[str, Any]) -> int:
    """Give every row its key and its place, in the temporary table `arriving`."""
    cursor.execute("DROP TABLE IF EXISTS pg_temp.arriving, pg_temp.touched, pg_temp.revised_key")
    cursor.execute(
        _ARRIVE.format(
            staged=SQL(staged),
            key=LINE_KEY.format(row=SQL("staged")),
            fault=fault_of((OUTSIDE,)),
        ),
        params,
    )
    offered = int(cursor.rowcount)
    cursor.execute("ANALYZE pg_temp.arriving")
    return offered


def _store(cursor: Any, params: dict[str, Any]) -> int:
    """Insert the lines that say something new; how many. Leaves their keys in `revised_key`."""
    cursor.execute(_TOUCHED, params)
    cursor.execute("ANALYZE pg_temp.touched")
    cursor.execute(
        _INSERT.format(
            source=SQL("pg_temp.arriving"),
            unless=SQL("NOT EXISTS (SELECT FROM pg_temp.touched WHERE touched.key = arriving.key)"),
        ),
        params,
    )
    stored = int(cursor.rowcount)
    cursor.execute(_INSERT.format(source=_FIRST_OF_EQUALS, unless=_SAYS_SOMETHING_NEW), params)
    stored += int(cursor.rowcount)
    cursor.execute(_REVISED, params)
    cursor.execute("ANALYZE pg_temp.revised_key")
    return stored


_ARRIVE = SQL("""
CREATE TEMPORARY TABLE arriving ON COMMIT DROP AS
SELECT file_no, record_no, (file_no::bigint << 32) + record_no AS seq, dagtekening,
    municipality, provider, allocation_number, client, {key} AS key, reference,
    coalesce(previous_reference, '') AS previous_reference, coalesce(category, '') AS category,
    coalesce(product, '') AS product, starts_on, ends_on,
    CASE debit_credit WHEN 'C' THEN -volume ELSE volume END AS volume, unit,
    (tariff * 100)::bigint AS tariff_cents,
    (CASE debit_credit WHEN 'C' THEN -amount ELSE amount END * 100)::bigint AS amount_cents,
    {fault} AS fault
FROM {staged} staged
""")

_TOUCHED = SQL("""
CREATE TEMPORARY TABLE touched ON COMMIT DROP AS
SELECT key FROM pg_temp.arriving GROUP BY key HAVING count(*) > 1
UNION
SELECT known.key FROM care_declarationline known JOIN pg_temp.arriving USING (key)
WHERE known.region_id = %(region_id)s
""")

_INSERT = SQL("""
INSERT INTO care_declarationline (region_id, run, seq, dagtekening, municipality, provider,
    allocation_number, client, key, reference, previous_reference, category, product,
    begin_on, end_on, volume, unit, tariff_cents, amount_cents, revised, counts, refused)
SELECT %(region_id)s, %(run)s, seq, dagtekening, municipality, provider, allocation_number,
    client, key, reference, previous_reference, category, product, starts_on, ends_on, volume,
    unit, tariff_cents, amount_cents, false, true, false
FROM {source} arriving
WHERE fault IS NULL AND {unless}
""")

_CONTENT = (
    "dagtekening, previous_reference, category, product, volume, unit, tariff_cents, amount_cents"
)

_FIRST_OF_EQUALS = SQL("""(
    SELECT DISTINCT ON (key, {content}) arriving.*
    FROM pg_temp.arriving JOIN pg_temp.touched USING (key)
    WHERE fault IS NULL ORDER BY key, {content}, seq
)""").format(content=SQL(_CONTENT))

_SAYS_SOMETHING_NEW = SQL("""NOT EXISTS (
    SELECT FROM care_declarationline known
    WHERE known.key = arriving.key AND known.run < %(run)s
        AND ({known}) IS NOT DISTINCT FROM ({arriving})
        AND NOT EXISTS (
            SELECT FROM care_declarationline later
            WHERE later.key = known.key AND later.dagtekening = known.dagtekening
                AND later.run < %(run)s AND (later.run, later.seq) > (known.run, known.seq)
        )
)""").format(
    known=SQL(", ").join(SQL(f"known.{name}") for name in _CONTENT.split(", ")),
    arriving=SQL(", ").join(SQL(f"arriving.{name}") for name in _CONTENT.split(", ")),
)

_REVISED = SQL("""
CREATE TEMPORARY TABLE revised_key ON COMMIT DROP AS
SELECT DISTINCT key FROM care_declarationline JOIN pg_temp.touched USING (key)
WHERE region_id = %(region_id)s AND run = %(run)s
""")
