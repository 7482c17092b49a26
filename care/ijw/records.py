"""The rows that reading iJw messages gives: the exact columns of each staging table.

Every table begins with `file_no, message_no, record_no` (core.intake.records.PLACE). A message is
one file, so `message_no` is 1 and `(file_no)` joins records to their row in `message`; `record_no`
counts the records of a message from 1.

Conventions: an absent value is NULL, never an empty string. Amounts are euros (iJw's cents are
converted here, once) and signed: a credit is negative. Last days are inclusive, as delivered.
`client` is a 16-byte pseudonym (core.intake.pseudonyms). `age` is in full years on the start of
the record, NULL when the year of birth is unknown.
"""

from core.intake.records import RecordType, columns

# One row per message of which the header could be read, refused ones included.
#   state            'read', 'not-used' (a kind that changes nothing) or 'refused' (its records are
#                    not handed over; the rejections say why)
#   kind             '301' ... '325'; code: the Vektis code '436' ... '491'
#   dated            Dagtekening
#   content_digest   keyed digest of the content, blind to white space, prefixes and encoding
#   record_count     records in the message, also of a refused one (JW325: answers)
#   declared_total   JW323 TotaalIngediendBedrag, signed; line_total: the sum of its lines
#   return_codes     JW325: the codes of the header
#   answered_*       JW325: identification and date of the JW323 that it answers
#   granted_total    JW325 TotaalToegekendBedrag, signed
MESSAGE = RecordType(
    "message",
    columns(
        kind="text",
        code="text",
        state="text",
        sender="text",
        receiver="text",
        municipality="text",
        provider="text",
        identification="text",
        dated="date",
        content_digest="bytea",
        file_name="text",
        record_count="integer",
        declaration_number="text",
        declared_total="numeric(14,2)",
        line_total="numeric(14,2)",
        answered_identification="text",
        answered_on="date",
        granted_total="numeric(14,2)",
        return_codes="text[]",
    ),
    counted=False,
)

# JW301 ToegewezenProduct. starts_on..ends_on is the validity (ends_on NULL: open); mandatory: the
# message carries a JuridischeStatus.
ALLOCATION = RecordType(
    "allocation",
    columns(
        client="bytea",
        municipality="text",
        provider="text",
        allocation_number="bigint",
        provider_reference="text",
        category="text",
        product="text",
        allocated_on="date",
        allocated_at="time",
        starts_on="date",
        ends_on="date",
        change_reason="text",
        volume="integer",
        unit="text",
        frequency="text",
        budget="numeric(12,2)",
        mandatory="boolean",
        age="smallint",
    ),
)

# JW305 StartProduct. delivery_status: StatusAanlevering (1 first, 2 changed, 3 withdrawn, 9 same).
START = RecordType(
    "start",
    columns(
        client="bytea",
        municipality="text",
        provider="text",
        allocation_number="bigint",
        category="text",
        product="text",
        allocation_starts_on="date",
        started_on="date",
        delivery_status="text",
        age="smallint",
    ),
)

# JW307 StopProduct. stopped_on is the last day of care; end_reason: JZ588.
STOP = RecordType(
    "stop",
    columns(
        client="bytea",
        municipality="text",
        provider="text",
        allocation_number="bigint",
        category="text",
        product="text",
        allocation_starts_on="date",
        started_on="date",
        stopped_on="date",
        end_reason="text",
        delivery_status="text",
        age="smallint",
    ),
)

# JW315 AangevraagdProduct. referrer: COD327. starts_on..ends_on is the validity asked for.
REQUEST = RecordType(
    "request",
    columns(
        client="bytea",
        municipality="text",
        provider="text",
        provider_reference="text",
        referrer="text",
        category="text",
        product="text",
        starts_on="date",
        ends_on="date",
        volume="integer",
        unit="text",
        frequency="text",
        budget="numeric(12,2)",
        age="smallint",
    ),
)

# JW323 Prestatie. starts_on..ends_on is the product period; amount is signed.
LINE = RecordType(
    "line",
    columns(
        client="bytea",
        municipality="text",
        provider="text",
        allocation_number="bigint",
        reference="text",
        previous_reference="text",
        category="text",
        product="text",
        starts_on="date",
        ends_on="date",
        volume="integer",
        unit="text",
        tariff="numeric(12,2)",
        amount="numeric(12,2)",
        debit_credit="text",
    ),
)

# JW325 Prestatie: the columns of the line that it answers, and the return codes of that line.
ANSWER = RecordType(
    "answer",
    (*LINE.columns, *columns(return_codes="text[]")),
    counted=False,
)

RECORD_TYPES = (MESSAGE, ALLOCATION, START, STOP, REQUEST, LINE, ANSWER)
