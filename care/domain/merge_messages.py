"""Bring staged iJw messages into the records, in a fixed number of statements.

A message is taken or left as a whole: an exact copy adds nothing, the same identity with other
content is a conflict (the first stands), a municipality outside the region is refused. What is
known about an allocation or a line afterwards is derived from the records, so messages may come
in any order.
"""

from collections.abc import Mapping
from typing import Any, cast

from psycopg.sql import SQL, Literal

from core.intake.registry import Merge, Outcome

from .accounting import account
from .after_merge import settle
from .lines import LINE_KEY
from .region_scope import municipalities_for

# Kinds of which the records are counted; answers and kinds that change nothing are not.
_COUNTED = ("301", "305", "307", "315", "323")
_RECORDS = ("allocation", "start", "stop", "request", "line")


def merge_messages(cursor: Any, merge: Merge) -> Outcome:
    """The merge of the iJw form (see core.intake.registry.IntakeForm)."""
    run = merge.run
    number = cast("int", run.number)  # given before the merge
    params = {"region_id": run.tenant_id, "run": number, "run_id": run.pk}
    merge.progress(0, 4, "Berichten herkennen")
    allowed = municipalities_for(run.requested_by, region_id=run.tenant_id)
    _recognise(cursor, merge.tables, {**params, "allowed": sorted(allowed)})
    _reject_messages(cursor, params)
    merge.progress(1, 4, "Berichten verwerken")
    _insert_messages(cursor, params)
    for insert in (_ALLOCATIONS, _STARTS, _STOPS, _REQUESTS, _LINES, _ANSWERS):
        cursor.execute(insert.format(line_key=_key_of("staged"), **_staged(merge.tables)), params)
    merge.progress(2, 4, "Trajecten en kosten bijwerken")
    touched = settle(cursor, region_id=run.tenant_id, run=number, form="ijw")
    merge.progress(3, 4, "Uitkomst tellen")
    outcome = account(cursor, region_id=run.tenant_id, run=number, touched=touched)
    _count_left_out(cursor, merge.tables, outcome)
    return outcome


def _staged(tables: Mapping[str, str]) -> dict[str, SQL]:
    return {name: SQL(table) for name, table in tables.items()}


def _key_of(row: str) -> Any:
    return LINE_KEY.format(row=SQL(row))


def _recognise(cursor: Any, tables: Mapping[str, str], params: Mapping[str, Any]) -> None:
    """Decide per message what becomes of it, in the temporary table `arrived`."""
    cursor.execute("DROP TABLE IF EXISTS pg_temp.arrived")
    staged = SQL(" UNION ALL ").join(
        SQL("SELECT file_no FROM {}").format(SQL(tables[name])) for name in _RECORDS
    )
    cursor.execute(
        _RECOGNISE.format(
            message=SQL(tables["message"]), staged=staged, counted=Literal(list(_COUNTED))
        ),
        params,
    )
    cursor.execute("ANALYZE pg_temp.arrived")


def _reject_messages(cursor: Any, params: Mapping[str, Any]) -> None:
    cursor.execute(_REJECT, params)


def _insert_messages(cursor: Any, params: Mapping[str, Any]) -> None:
    cursor.execute(
        """
        INSERT INTO care_message (region_id, run, seq, dagtekening, file_name, state, code,
            sender, receiver, identification, digest, offered, rejected)
        SELECT %(region_id)s, %(run)s, seq, dated, left(file_name, 255), state, code,
            left(sender, 8), left(receiver, 8), left(identification, 40), content_digest,
            offered, CASE WHEN state IN ('conflict', 'outside', 'refused')
                THEN offered ELSE offered - handed_over END
        FROM pg_temp.arrived
        """,
        params,
    )


def _count_left_out(cursor: Any, tables: Mapping[str, str], outcome: Outcome) -> None:
    """Records of copies are unchanged; those of refused messages are rejected."""
    cursor.execute(
        "SELECT coalesce(sum(handed_over) FILTER (WHERE state = 'copy'), 0),"
        " coalesce(sum(handed_over) FILTER (WHERE state IN ('conflict', 'outside')), 0)"
        " FROM pg_temp.arrived"
    )
    copied, refused = cursor.fetchone()
    outcome.unchanged += int(copied)
    outcome.rejected += int(refused)


_RECOGNISE = SQL("""
CREATE TEMPORARY TABLE arrived ON COMMIT DROP AS
WITH handed_over AS (
    SELECT file_no, count(*) AS records FROM ({staged}) record GROUP BY file_no
), ranked AS (
    SELECT message.*,
        row_number() OVER (ORDER BY file_name COLLATE "C", message.file_no) << 32 AS seq,
        CASE
            WHEN state = 'refused' THEN 'refused'
            WHEN municipality IS NULL OR NOT municipality = ANY (%(allowed)s) THEN 'outside'
            WHEN state = 'not-used' THEN 'not_used'
        END AS verdict
    FROM {message} message
), compared AS (
    SELECT ranked.*,
        coalesce(earlier.digest, first_value(content_digest) OVER twins) AS first_digest,
        earlier.id IS NULL AND row_number() OVER twins = 1 AS is_first
    FROM ranked
    LEFT JOIN care_message earlier ON earlier.region_id = %(region_id)s
        AND earlier.state = 'accepted' AND earlier.code = ranked.code
        AND earlier.sender = ranked.sender AND earlier.identification = ranked.identification
    WINDOW twins AS (
        PARTITION BY ranked.code, ranked.sender, ranked.identification, verdict
        ORDER BY ranked.seq
    )
)
SELECT file_no, seq, dated, kind, code, sender, receiver, municipality, identification,
    answered_identification, return_codes, content_digest, file_name,
    coalesce(verdict, CASE
        WHEN is_first THEN 'accepted'
        WHEN content_digest = first_digest THEN 'copy'
        ELSE 'conflict'
    END) AS state,
    CASE WHEN kind = ANY ({counted}) THEN coalesce(record_count, 0) ELSE 0 END AS offered,
    coalesce(records, 0)::int AS handed_over
FROM compared LEFT JOIN handed_over USING (file_no)
""")

_REJECT = """
INSERT INTO intake_rejection
    (run_id, file_no, message_ref, record_no, field, rule, message, advice)
SELECT %(run_id)s, file_no,
    'JW' || kind || ' van ' || sender || ', kenmerk ' || identification, NULL,
    CASE state WHEN 'conflict' THEN 'Identificatie' ELSE 'Afzender of Ontvanger' END,
    CASE state WHEN 'conflict' THEN 'bericht-in-conflict' ELSE 'gemeente-buiten-regio' END,
    CASE state
        WHEN 'conflict' THEN
            'Er is al een ander bericht van deze afzender met hetzelfde kenmerk. '
            || 'Het eerste blijft staan.'
        ELSE 'Gemeente ' || coalesce(municipality, '(leeg)')
            || ' hoort niet bij deze regio, of u mag er niet voor aanleveren.'
    END,
    CASE state
        WHEN 'conflict' THEN 'Vraag de afzender het bericht met een nieuw kenmerk te sturen.'
        ELSE 'Lever het bericht aan bij de goede regio, of pas de gemeenten van de regio aan.'
    END
FROM pg_temp.arrived WHERE state IN ('conflict', 'outside')
"""

_ALLOCATIONS = SQL("""
INSERT INTO care_allocationrecord (region_id, run, seq, dagtekening, municipality, provider,
    allocation_number, client, category, product, allocated_on, valid_from, valid_through,
    change_reason, forced, reference, referrer, age, volume, unit, frequency, budget_cents)
SELECT %(region_id)s, %(run)s, arrived.seq + record_no, dated, staged.municipality, provider,
    allocation_number, client, coalesce(category, ''), coalesce(product, ''), allocated_on,
    starts_on, ends_on, coalesce(change_reason, ''), coalesce(mandatory, false),
    coalesce(provider_reference, ''), '', age, volume, coalesce(unit, ''),
    coalesce(frequency, ''), round(budget * 100)
FROM {allocation} staged JOIN pg_temp.arrived USING (file_no) WHERE state = 'accepted'
""")

_STARTS = SQL("""
INSERT INTO care_carerecord (region_id, run, seq, dagtekening, municipality, provider,
    allocation_number, client, kind, status, category, product, begin_on, end_on, reason, age)
SELECT %(region_id)s, %(run)s, arrived.seq + record_no, dated, staged.municipality, provider,
    allocation_number, client, 'start', delivery_status, coalesce(category, ''),
    coalesce(product, ''), started_on, NULL, '', age
FROM {start} staged JOIN pg_temp.arrived USING (file_no) WHERE state = 'accepted'
""")

_STOPS = SQL("""
INSERT INTO care_carerecord (region_id, run, seq, dagtekening, municipality, provider,
    allocation_number, client, kind, status, category, product, begin_on, end_on, reason, age)
SELECT %(region_id)s, %(run)s, arrived.seq + record_no, dated, staged.municipality, provider,
    allocation_number, client, 'stop', delivery_status, coalesce(category, ''),
    coalesce(product, ''), started_on, stopped_on, coalesce(end_reason, ''), age
FROM {stop} staged JOIN pg_temp.arrived USING (file_no) WHERE state = 'accepted'
""")

_REQUESTS = SQL("""
INSERT INTO care_referralrequest (region_id, run, seq, dagtekening, municipality, provider,
    client, reference, referrer, category, product, valid_from)
SELECT %(region_id)s, %(run)s, arrived.seq + record_no, dated, staged.municipality, provider,
    client, coalesce(provider_reference, ''), coalesce(referrer, ''), coalesce(category, ''),
    coalesce(product, ''), starts_on
FROM {request} staged JOIN pg_temp.arrived USING (file_no) WHERE state = 'accepted'
""")

_LINES = SQL("""
INSERT INTO care_declarationline (region_id, run, seq, dagtekening, municipality, provider,
    allocation_number, client, key, reference, previous_reference, category, product,
    begin_on, end_on, volume, unit, tariff_cents, amount_cents, revised, counts, refused)
SELECT %(region_id)s, %(run)s, arrived.seq + record_no, dated, staged.municipality, provider,
    allocation_number, client, {line_key}, reference, coalesce(previous_reference, ''),
    coalesce(category, ''), coalesce(product, ''), starts_on, ends_on,
    CASE debit_credit WHEN 'C' THEN -volume ELSE volume END, unit, round(tariff * 100),
    round(amount * 100), false, true, false
FROM {line} staged JOIN pg_temp.arrived USING (file_no) WHERE state = 'accepted'
""")

# An answer without lines speaks of the whole declaration, by the codes of its header.
_ANSWERS = SQL("""
INSERT INTO care_lineanswer (region_id, run, seq, dagtekening, key, provider, municipality,
    declaration_message, refused)
SELECT %(region_id)s, %(run)s, arrived.seq + record_no, dated, {line_key},
    staged.provider, staged.municipality, answered_identification,
    NOT coalesce(staged.return_codes, '{{}}') <@ ARRAY['0200', '8001']
FROM {answer} staged JOIN pg_temp.arrived USING (file_no)
WHERE state = 'accepted' AND answered_identification IS NOT NULL
UNION ALL
SELECT %(region_id)s, %(run)s, arrived.seq, dated, NULL,
    receiver, municipality, answered_identification,
    NOT coalesce(return_codes, '{{}}') <@ ARRAY['0200', '8001']
FROM pg_temp.arrived
WHERE state = 'accepted' AND kind = '325' AND answered_identification IS NOT NULL
    AND NOT EXISTS (SELECT FROM {answer} staged WHERE staged.file_no = arrived.file_no)
""")
