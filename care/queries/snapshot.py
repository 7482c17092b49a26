"""Care as known on a day, to a cut-off run: what every figure reads.

A snapshot gives relations to put after FROM. For the latest day and run they are the kept tables;
for an earlier one the trajectories are derived into a temporary table (so open a snapshot inside a
transaction) and the others are restricted.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max
from psycopg.sql import SQL, Composable

from ..domain.derive import trajectories_as_of
from ..domain.keys import LAST_RUN, Cutoff
from ..domain.lines import refusals
from ..models import ReceivedRun
from .known import last_known_on

_LINE = SQL(
    "region_id, run, seq, municipality, provider, client, allocation_number, key, reference,"
    " previous_reference, category, product, begin_on, end_on, volume, unit, tariff_cents,"
    " amount_cents, dagtekening"
)

_LATEST_LINES = SQL("""(
    SELECT {line}, counts, refused, CASE WHEN revised THEN (
        SELECT min(other.dagtekening) FROM care_declarationline other WHERE other.key = line.key
    ) ELSE dagtekening END AS sent_on
    FROM care_declarationline line WHERE region_id = {region_id}
)""")

_EARLIER_LINES = SQL("""(
    SELECT {line}, true AS counts, false AS refused, dagtekening AS sent_on
    FROM care_declarationline WHERE NOT revised AND {known}
    UNION ALL
    SELECT {line}, place = 1, place = 1 AND is_refused, sent_on
    FROM (
        SELECT sent.*,
            row_number() OVER (
                PARTITION BY key ORDER BY is_refused, dagtekening DESC, run DESC, seq DESC
            ) AS place,
            min(dagtekening) OVER (PARTITION BY key) AS sent_on
        FROM (
            SELECT {line}, id IN (
                SELECT id FROM ({refusals}) answered
                WHERE dagtekening <= {known_on} AND run <= {cutoff_run}
            ) AS is_refused
            FROM care_declarationline WHERE revised AND {known}
        ) sent
    ) ranked
)""")


@dataclass(frozen=True)
class Snapshot:
    """Relations as SQL text, with nothing left to fill in.

    `trajectories` has the columns of care_trajectory; pauses are left open (see Trajectory).
    `lines` has a row for every time a line was sent: `counts` on the one that stands for its key,
    `refused` where that is because all were refused, `sent_on` the day on which the key was first
    sent. `records` are the starts and stops as they were stated, also changes and withdrawals.
    `offered` has a row per message of which the records are counted: dagtekening, offered,
    rejected, also for messages that were refused, in conflict or a copy.
    """

    region_id: int
    known_on: date
    cutoff_run: int
    is_latest: bool
    trajectories: str
    lines: str
    records: str
    offered: str


def snapshot(
    cursor: Any, *, region_id: int, known_on: date | None = None, cutoff_run: int | None = None
) -> Snapshot:
    """Look at a region's care; no day is the last Dagtekening seen, no cut-off the last run.

    For an earlier day or cut-off it makes `pg_temp.trajectory`, gone with the transaction.
    """
    last_run = _last_run(region_id)
    run = last_run if cutoff_run is None else cutoff_run
    day = known_on or last_known_on(region_id, run) or date.min
    is_latest = run >= last_run and day >= (last_known_on(region_id) or date.min)
    if not is_latest:
        trajectories_as_of(cursor, region_id=region_id, cutoff=Cutoff(day, run))
    parts = {
        "region_id": SQL(str(int(region_id))),
        "known_on": SQL(f"date '{day.isoformat()}'"),
        "cutoff_run": SQL(str(min(int(run), LAST_RUN))),
    }
    known = SQL(
        "region_id = {region_id} AND dagtekening <= {known_on} AND run <= {cutoff_run}"
    ).format(**parts)
    return Snapshot(
        region_id=region_id,
        known_on=day,
        cutoff_run=run,
        is_latest=is_latest,
        trajectories=_trajectories(region_id, is_latest=is_latest),
        lines=_lines(known, parts, is_latest=is_latest),
        records=_text(SQL("(SELECT * FROM care_carerecord WHERE {})").format(known)),
        offered=_text(
            SQL(
                "(SELECT dagtekening, run, offered, rejected FROM care_message"
                " WHERE offered > 0 AND {})"
            ).format(known)
        ),
    )


def _last_run(region_id: int) -> int:
    latest = ReceivedRun.objects.filter(region_id=region_id).aggregate(run=Max("run"))["run"]
    return int(latest or 0)


def _trajectories(region_id: int, *, is_latest: bool) -> str:
    if is_latest:
        return f"(SELECT * FROM care_trajectory WHERE region_id = {int(region_id)})"  # noqa: S608 -- an int
    return "pg_temp.trajectory"


def _lines(known: Composable, parts: dict[str, SQL], *, is_latest: bool) -> str:
    if is_latest:
        return _text(_LATEST_LINES.format(line=_LINE, **parts))
    answered = _text(refusals(SQL("line.revised"))).replace(
        "%(region_id)s", parts["region_id"].as_string()
    )
    return _text(_EARLIER_LINES.format(line=_LINE, known=known, refusals=SQL(answered), **parts))


def _text(query: Composable) -> str:
    return query.as_string(None)
