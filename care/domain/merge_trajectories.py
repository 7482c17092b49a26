"""Bring trajectories from a table (CSV, XLSX) into the records.

For regions without messages: one row says of one allocation all that is known on its Dagtekening.
It becomes the records that messages would have given: an allocation that replaces the earlier one,
a start and a stop that replace the last stated, or withdraw it where the row has none.
"""

from typing import Any, cast

from psycopg.sql import SQL, Literal

from core.intake.checks import Check, fault_of, reject_faulty
from core.intake.registry import Merge, Outcome

from .after_merge import settle
from .attention import NO_DAY, attention, touched_from
from .merge_lines import OUTSIDE
from .region_scope import municipalities_for

CHECKS = (
    OUTSIDE,
    Check(
        "stop-zonder-start",
        "einddatum",
        SQL("staged.stopped_on IS NOT NULL AND staged.started_on IS NULL"),
        "De zorg heeft een einddatum maar geen begindatum.",
        "Vul de begindatum van de zorg in.",
    ),
    Check(
        "reden-ontbreekt",
        "reden_beeindiging",
        SQL("staged.stopped_on IS NOT NULL AND staged.end_reason IS NULL"),
        "De zorg is beëindigd, maar de reden ontbreekt.",
        "Vul de reden van beëindiging in (code JZ588).",
    ),
    Check(
        "einddatum-ontbreekt",
        "einddatum",
        SQL("staged.stopped_on IS NULL AND staged.end_reason IS NOT NULL"),
        "Er is een reden van beëindiging, maar geen einddatum.",
        "Vul de laatste dag van de zorg in.",
    ),
)


def merge_trajectories(cursor: Any, merge: Merge) -> Outcome:
    """The merge of the form (see core.intake.registry.IntakeForm)."""
    run = merge.run
    number = cast("int", run.number)  # given before the merge
    allowed = sorted(municipalities_for(run.requested_by, region_id=run.tenant_id))
    params = {
        "region_id": run.tenant_id, "run": number, "run_id": run.pk, "allowed": allowed,
    }  # fmt: skip
    merge.progress(0, 3, "Trajecten herkennen")
    cursor.execute("DROP TABLE IF EXISTS pg_temp.arriving")
    cursor.execute(
        _ARRIVE.format(
            staged=SQL(merge.tables["trajectory"]),
            fault=fault_of(CHECKS),
            key=_KEY,
            content=_CONTENT,
            same=_SAME,
        ),
        params,
    )
    rejected = reject_faulty(cursor, table="pg_temp.arriving", checks=CHECKS, params=params)
    merge.progress(1, 3, "Trajecten verwerken")
    outcome = _count(cursor, rejected)
    for insert in _INSERTS:
        cursor.execute(insert, params)
    scope: dict[str, Any] = {"region_id": run.tenant_id, "run": number}
    touched = settle(cursor, **scope, form="trajecten")
    outcome.notes["attention"] = attention(cursor, **scope)
    outcome.notes["touches_from"] = touched_from(cursor, **scope, care=touched)
    return outcome


def _count(cursor: Any, rejected: int) -> Outcome:
    cursor.execute(
        "SELECT count(*) FILTER (WHERE NOT repeats AND NOT is_known),"
        " count(*) FILTER (WHERE NOT repeats AND is_known), count(*) FILTER (WHERE repeats)"
        " FROM pg_temp.arriving WHERE fault IS NULL"
    )
    accepted, changed, unchanged = cursor.fetchone()
    return Outcome(accepted=accepted, changed=changed, unchanged=unchanged, rejected=rejected)


_KEY = SQL("client, allocation_number, municipality, provider")
_CONTENT = SQL(
    "dagtekening, category, product, allocated_on, valid_from, valid_through, forced, referrer,"
    " reference, age"
)
_SAME = SQL("""record.region_id = %(region_id)s AND record.client = row.client
    AND record.allocation_number = row.allocation_number
    AND record.municipality = row.municipality AND record.provider = row.provider""")

# A row repeats when an equal row stands before it in the delivery, or when the records already say
# for its Dagtekening what it says.
_ARRIVE = SQL("""
CREATE TEMPORARY TABLE arriving ON COMMIT DROP AS
WITH filled AS (
    SELECT file_no, record_no, (file_no::bigint << 32) + record_no AS seq,
        municipality, provider, allocation_number, client,
        coalesce(dagtekening, greatest(allocated_on, started_on, stopped_on)) AS dagtekening,
        coalesce(category, '') AS category, coalesce(product, '') AS product, allocated_on,
        valid_from, valid_through, coalesce(forced, false) AS forced,
        coalesce(referrer, '') AS referrer, coalesce(reference, '') AS reference,
        age::smallint AS age, started_on, stopped_on, coalesce(end_reason, '') AS end_reason,
        {fault} AS fault
    FROM {staged} staged
), numbered AS (
    SELECT *,
        row_number() OVER (PARTITION BY {key}, fault ORDER BY file_no, record_no) AS occurrence,
        row_number() OVER (
            PARTITION BY {key}, fault, {content}, started_on, stopped_on, end_reason
            ORDER BY file_no, record_no
        ) AS equals
    FROM filled
), known AS (
    SELECT row.*, EXISTS (
        SELECT FROM care_allocationrecord record WHERE {same}
    ) AS is_stored, coalesce((
        SELECT (record.category, record.product, record.allocated_on,
                record.valid_from, record.valid_through, record.forced, record.referrer,
                record.reference, record.age) IS NOT DISTINCT FROM
                (row.category, row.product, row.allocated_on,
                row.valid_from, row.valid_through, row.forced, row.referrer,
                row.reference, row.age)
        FROM care_allocationrecord record
        WHERE {same} AND record.dagtekening = row.dagtekening
        ORDER BY run DESC, record.seq DESC LIMIT 1
    ), false) AS same_allocation, ARRAY(
        SELECT (begin_on, end_on, reason)::text FROM care_carerecord record WHERE {same}
            AND record.dagtekening = row.dagtekening AND record.status = '2'
        ORDER BY kind, run, seq
    ) AS stated
    FROM numbered row
)
SELECT known.*, is_stored OR occurrence > 1 AS is_known, equals > 1 OR (
    same_allocation AND stated = array_remove(ARRAY[
        CASE WHEN started_on IS NOT NULL THEN (started_on, NULL::date, ''::text)::text END,
        CASE WHEN stopped_on IS NOT NULL THEN (started_on, stopped_on, end_reason)::text END
    ], NULL)
) AS repeats
FROM known
""")

_ALLOCATIONS = SQL("""
INSERT INTO care_allocationrecord (region_id, run, seq, dagtekening, municipality, provider,
    allocation_number, client, category, product, allocated_on, valid_from, valid_through,
    change_reason, forced, reference, referrer, age, unit, frequency)
SELECT %(region_id)s, %(run)s, seq, dagtekening, municipality, provider, allocation_number,
    client, category, product, allocated_on, valid_from, valid_through, '', forced, reference,
    referrer, age, '', ''
FROM pg_temp.arriving WHERE fault IS NULL AND NOT repeats
""")

_STATED = SQL("""
INSERT INTO care_carerecord (region_id, run, seq, dagtekening, municipality, provider,
    allocation_number, client, kind, status, category, product, begin_on, end_on, reason, age)
SELECT %(region_id)s, %(run)s, seq, dagtekening, municipality, provider, allocation_number,
    client, {kind}, '2', category, product, started_on, {end_on}, {reason}, age
FROM pg_temp.arriving WHERE fault IS NULL AND NOT repeats AND {stated} IS NOT NULL
""")

# Also where nothing is known yet: a row of an earlier Dagtekening may still come in. What is not
# said has no day of its own, so that it belongs to no half-year.
_WITHDRAWN = SQL("""
INSERT INTO care_carerecord (region_id, run, seq, dagtekening, municipality, provider,
    allocation_number, client, kind, status, category, product, begin_on, end_on, reason, age)
SELECT %(region_id)s, %(run)s, seq, dagtekening, municipality, provider, allocation_number,
    client, {kind}, '3', category, product, {no_day}, {end_on}, '', NULL
FROM pg_temp.arriving WHERE fault IS NULL AND NOT repeats AND {stated} IS NULL
""")

_INSERTS = (
    _ALLOCATIONS,
    _STATED.format(
        kind=Literal("start"), end_on=SQL("NULL"), reason=Literal(""), stated=SQL("started_on")
    ),
    _STATED.format(
        kind=Literal("stop"),
        end_on=SQL("stopped_on"),
        reason=SQL("end_reason"),
        stated=SQL("stopped_on"),
    ),
    _WITHDRAWN.format(
        kind=Literal("start"),
        no_day=NO_DAY,
        end_on=SQL("NULL::date"),
        stated=SQL("started_on"),
    ),
    _WITHDRAWN.format(kind=Literal("stop"), no_day=NO_DAY, end_on=NO_DAY, stated=SQL("stopped_on")),
)
