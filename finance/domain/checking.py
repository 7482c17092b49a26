"""Put declaration lines to the checks, and keep what was found per provider and month.

A line is never changed: a finding stands beside it. What a run can change is looked at again and
nothing else; the checks of a period look at all of its care, after contracts or tariffs changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db import transaction
from psycopg.sql import SQL

from care.models import ReceivedRun
from core import clock
from core.intake.api import plain_cursor
from core.jobs.api import Job, RunningJob, enqueue
from core.periods import add_months
from regions.models import Region

from ..models import CheckedRun, CheckTerms, Deviation
from ..rules import check_can_handle_deviations
from . import check_lines as lines
from .check_scope import TEMPORARY, collect_scope, find_terms
from .following import follow

JOB_KIND = "finance.checks"
MORE_TEMPORARY = ("capped", "capped_line", "capped_spot", "capped_terms", "moved_deviation")


@dataclass(frozen=True)
class Checked:
    """How many lines were looked at, and how many deviations moved by it."""

    lines: int = 0
    deviations: int = 0

    def __add__(self, other: Checked) -> Checked:
        return Checked(self.lines + other.lines, self.deviations + other.deviations)


def start_checks(*, region: Region, by: Any, year: int | None = None) -> Job:
    """Ask for the checks of what still waits, or of all care of a year. Effects: one job."""
    check_can_handle_deviations(by, region)
    what = f"zorg van {year}" if year else "nieuwe aanleveringen"
    return enqueue(
        kind=JOB_KIND,
        title=f"Declaraties toetsen: {what}",
        params={"year": year},
        tenant_id=region.pk,
        by=by,
    )


def make_checks(job: RunningJob) -> dict[str, Any]:
    """Do a job of kind `finance.checks`."""
    region_id, year = cast("int", job.tenant_id), job.params.get("year")

    def work() -> dict[str, Any]:
        done = check_year(region_id, year) if year else check_waiting(region_id)
        return {"lines": done.lines, "deviations": done.deviations}

    return job.finish_with(work)


def check_waiting(region_id: int) -> Checked:
    """Check every run that came in since, and the months of runs that were taken back."""
    done = Checked()
    for gone in _undone(region_id):
        done += _check_undone(gone)
    for run in waiting_runs(region_id):
        done += check_run(region_id, run)
    return done


def waiting_runs(region_id: int) -> list[int]:
    """The runs that brought something and were not checked yet."""
    checked = CheckedRun.objects.filter(region_id=region_id).values("run")
    rows = ReceivedRun.objects.filter(region_id=region_id).exclude(run__in=checked)
    return list(rows.order_by("run").values_list("run", flat=True))


def _undone(region_id: int) -> list[CheckedRun]:
    kept = ReceivedRun.objects.filter(region_id=region_id).values("run")
    return list(CheckedRun.objects.filter(region_id=region_id).exclude(run__in=kept))


@transaction.atomic
def _check_undone(gone: CheckedRun) -> Checked:
    """The lines of a run that was taken back are no more; what they replaced counts again."""
    with plain_cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM finance_linefinding finding USING finance_deviation deviation
            WHERE deviation.id = finding.deviation_id AND finding.region_id = %s
                AND NOT EXISTS (SELECT FROM care_declarationline line WHERE line.id = finding.line)
            RETURNING deviation.id
            """,
            [gone.region_id],
        )
        moved = sorted({pk for (pk,) in cursor.fetchall()})
        add_up(cursor, moved)
    follow(Deviation.objects.filter(pk__in=moved))
    gone.delete()
    if gone.first_month is None or gone.last_month is None:
        return Checked()
    return check_months(gone.region_id, gone.first_month, add_months(gone.last_month, 1))


@transaction.atomic
def check_run(region_id: int, run: int) -> Checked:
    """Check what an intake run can have changed. Effects: findings and deviations, and the note
    that this run was checked."""
    with plain_cursor() as cursor:
        done = _check(cursor, region_id=region_id, run=run)
        cursor.execute("SELECT min(care_month), max(care_month) FROM pg_temp.checked_line")
        first, last = cursor.fetchone()
    CheckedRun.objects.update_or_create(
        region_id=region_id,
        run=run,
        defaults={
            "lines": done.lines, "first_month": first, "last_month": last,
            "checked_at": clock.now(),
        },
    )  # fmt: skip
    return done


def check_year(region_id: int, year: int) -> Checked:
    return check_months(region_id, date(year, 1, 1), date(year + 1, 1, 1))


@transaction.atomic
def check_months(region_id: int, care_from: date, care_to: date) -> Checked:
    """Check all care of a half-open period anew, as contracts and tariffs stand now."""
    with plain_cursor() as cursor:
        return _check(cursor, region_id=region_id, months=(care_from, care_to))


def _check(
    cursor: Any,
    *,
    region_id: int,
    run: int | None = None,
    months: tuple[date, date] | None = None,
) -> Checked:
    for table in (*TEMPORARY, *MORE_TEMPORARY):
        cursor.execute(SQL("DROP TABLE IF EXISTS pg_temp.{}").format(SQL(table)))
    params = collect_scope(cursor, region_id=region_id, run=run, months=months)
    params |= _terms(region_id)
    cursor.execute("SELECT count(*), min(begin_on), max(begin_on) FROM pg_temp.checked_line")
    number, first, last = cursor.fetchone()
    params["first_year"] = date(first.year, 1, 1) if first else None
    params["after_year"] = date(last.year + 1, 1, 1) if last else None
    _find(cursor, params)
    moved = _keep(cursor, params)
    follow(Deviation.objects.filter(pk__in=moved))
    return Checked(number, len(moved))


def _terms(region_id: int) -> dict[str, Any]:
    terms = CheckTerms.objects.filter(region=region_id).first() or CheckTerms()
    return {
        "long_months": terms.long_months,
        "late_months": terms.late_months,
        "tolerance_cents": int(terms.tolerance * 100),
        "today": clock.today(),
    }


def _find(cursor: Any, params: dict[str, Any]) -> None:
    """Put (line, kind, at stake, expected) of every check into the temporary table `found`."""
    for statement in (lines.CAPPED, lines.CAPPED_LINES):
        cursor.execute(statement, params)
    find_terms(cursor, params, lines="capped_line", spot="capped_spot", terms="capped_terms")
    every = SQL(" UNION ALL ").join(
        SQL("SELECT * FROM ({}) one").format(check) for check in (*lines.ALL, lines.CEILING)
    )
    cursor.execute(
        SQL(
            "CREATE TEMPORARY TABLE found (line, kind, at_stake, expected) ON COMMIT DROP AS {}"
        ).format(every),
        params,
    )
    cursor.execute("CREATE INDEX ON pg_temp.found (line, kind)")
    cursor.execute("ANALYZE pg_temp.found")


def _keep(cursor: Any, params: dict[str, Any]) -> list[int]:
    """Bring the kept findings to what was found; the deviations whose findings changed."""
    cursor.execute("CREATE TEMPORARY TABLE moved_deviation (id bigint) ON COMMIT DROP")
    for statement in (_GONE, _DIFFERENT, _DEVIATIONS, _NEW):
        cursor.execute(statement, params)
    cursor.execute("SELECT DISTINCT id FROM pg_temp.moved_deviation ORDER BY id")
    moved = [pk for (pk,) in cursor.fetchall()]
    add_up(cursor, moved)
    return moved


# Of lines in the scope every finding, of their allocations those about volume, and of providers and
# years in the scope those about a ceiling: what was not found again is no more.
_GONE = """
WITH gone AS (
    DELETE FROM finance_linefinding finding
    WHERE finding.region_id = %(region_id)s
        AND finding.line IN (
            SELECT id FROM pg_temp.scope_line
            UNION
            SELECT line.id FROM (
                SELECT DISTINCT client, allocation_number, municipality, provider
                FROM pg_temp.checked_line
            ) place
            JOIN care_declarationline line
                USING (client, allocation_number, municipality, provider)
            JOIN finance_linefinding known ON known.line = line.id AND known.kind = 'volume'
            WHERE line.region_id = %(region_id)s
            UNION
            SELECT known.line FROM finance_linefinding known
            JOIN finance_deviation deviation ON deviation.id = known.deviation_id
            WHERE deviation.region_id = %(region_id)s AND deviation.kind = 'ceiling'
                AND (deviation.provider, date_part('year', deviation.care_month)) IN (
                    SELECT DISTINCT provider, date_part('year', begin_on)
                    FROM pg_temp.checked_line
                )
        )
        AND NOT EXISTS (
            SELECT FROM pg_temp.found
            WHERE found.line = finding.line AND found.kind = finding.kind
        )
        AND (
            finding.line IN (SELECT id FROM pg_temp.scope_line)
            OR finding.kind IN ('volume', 'ceiling')
        )
    RETURNING finding.deviation_id
)
INSERT INTO pg_temp.moved_deviation SELECT DISTINCT deviation_id FROM gone
"""

_DIFFERENT = """
WITH changed AS (
    UPDATE finance_linefinding finding
    SET at_stake_cents = found.at_stake, expected_cents = found.expected
    FROM pg_temp.found
    WHERE finding.line = found.line AND finding.kind = found.kind
        AND (finding.at_stake_cents, finding.expected_cents) IS DISTINCT FROM
            (found.at_stake, found.expected)
    RETURNING finding.deviation_id
)
INSERT INTO pg_temp.moved_deviation SELECT DISTINCT deviation_id FROM changed
"""

_DEVIATIONS = """
INSERT INTO finance_deviation
    (region_id, provider, kind, care_month, lines, amount, state, found_on, moved_on)
SELECT DISTINCT %(region_id)s::bigint, line.provider, found.kind,
    date_trunc('month', line.begin_on)::date, 0, 0, 'found', %(today)s::date, %(today)s::date
FROM pg_temp.found JOIN care_declarationline line ON line.id = found.line
ON CONFLICT (region_id, provider, kind, care_month) DO NOTHING
"""

_NEW = """
WITH added AS (
    INSERT INTO finance_linefinding
        (region_id, deviation_id, line, kind, at_stake_cents, expected_cents, excepted)
    SELECT %(region_id)s, deviation.id, found.line, found.kind, found.at_stake, found.expected, ''
    FROM pg_temp.found JOIN care_declarationline line ON line.id = found.line
    JOIN finance_deviation deviation ON deviation.region_id = %(region_id)s
        AND deviation.provider = line.provider AND deviation.kind = found.kind
        AND deviation.care_month = date_trunc('month', line.begin_on)::date
    ON CONFLICT (line, kind) DO NOTHING
    RETURNING deviation_id
)
INSERT INTO pg_temp.moved_deviation SELECT DISTINCT deviation_id FROM added
"""


def add_up(cursor: Any, deviations: list[int]) -> None:
    """Lines and amount of deviations, from their findings that are not excepted."""
    cursor.execute(
        """
        UPDATE finance_deviation deviation
        SET lines = summed.lines, amount = summed.cents / 100.0
        FROM (
            SELECT one.id, count(finding.id) AS lines,
                coalesce(sum(finding.at_stake_cents), 0) AS cents
            FROM unnest(%s::bigint[]) one (id)
            LEFT JOIN finance_linefinding finding
                ON finding.deviation_id = one.id AND finding.excepted = ''
            GROUP BY one.id
        ) summed
        WHERE summed.id = deviation.id
            AND (deviation.lines, deviation.amount) IS DISTINCT FROM
                (summed.lines::int, summed.cents / 100.0)
        """,
        [deviations],
    )
