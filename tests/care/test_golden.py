"""The hand-worked region comes out as its README says."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.db import connection

from care.domain.proof import check_rollups
from care.models import CareRecord, Message, Trajectory
from care.queries.snapshot import Snapshot, snapshot
from core.intake.models import IntakeRun, Rejection
from core.periods import HalfYear
from tests.golden_region import Golden

pytestmark = pytest.mark.django_db
NO_OUTFLOW = ("20", "36", "37")


def run_of(golden: Golden, cutoff: int) -> IntakeRun:
    return IntakeRun.objects.get(tenant_id=golden.region.pk, number=golden.runs[cutoff])


def counts(run: IntakeRun) -> tuple[int, ...]:
    return (run.accepted, run.changed, run.unchanged, run.waiting, run.rejected)


def seen(golden: Golden, *, known_on: date, cutoff: int) -> Snapshot:
    with connection.cursor() as cursor:
        return snapshot(
            cursor,
            region_id=golden.region.pk,
            known_on=known_on,
            cutoff_run=golden.runs[cutoff],
        )


def ask(query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()


def test_first_delivery_is_accounted_for(golden: Golden) -> None:
    run = run_of(golden, 1)
    # The start and stop of 9999 and the start of the removed T23 wait, and the lines d14 and d24.
    assert counts(run) == (252, 10, 1, 5, 0)
    assert run.offered == 268


def test_second_delivery_is_accounted_for(golden: Golden) -> None:
    run = run_of(golden, 2)
    # Case 88 is new; two copies hold 4 records; two conflicts and a wrong total are refused.
    assert counts(run) == (2, 0, 4, 0, 3)
    rules = Rejection.objects.filter(run=run).values_list("rule", flat=True)
    assert Counter(rules) == {"bericht-in-conflict": 2, "totaal-klopt-niet": 1}


def test_refused_records_are_counted_by_the_date_of_their_message(golden: Golden) -> None:
    late = Message.objects.filter(
        region_id=golden.region.pk, dagtekening__range=(date(2025, 7, 1), date(2025, 12, 31))
    )
    assert sum(late.values_list("offered", flat=True)) == 25
    assert sum(late.values_list("rejected", flat=True)) == 2


@pytest.mark.parametrize(
    ("half_year", "inflow", "outflow"),
    [
        ("2024-H1", 10, [70, 100, 115, 131, 159, 161]),
        ("2024-H2", 19, [121, 199]),
        (
            "2025-H1",
            51,
            [
                28, 69, 97, 101, 121, 122, 134, 134, 134, 134, 134, 137, 152, 162, 166, 182,
                243, 243, 243, 274, 274,
            ],
        ),
        ("2025-H2", 2, [153, 163, 205, 254, 261, 261, 261]),
        ("2026-H1", 1, [699]),
    ],
)  # fmt: skip
def test_starts_and_durations_of_ends(
    golden: Golden, half_year: str, inflow: int, outflow: list[int]
) -> None:
    period = HalfYear.parse(half_year)
    known = Trajectory.objects.filter(region_id=golden.region.pk, start_on__isnull=False)
    assert known.filter(start_on__gte=period.start, start_on__lt=period.end).count() == inflow
    ended = known.filter(stop_on__gte=period.start, stop_on__lt=period.end)
    durations = [
        (row.stop_on - row.start_on).days + 1
        for row in ended.exclude(stop_reason__in=NO_OUTFLOW)
        if row.stop_on and row.start_on
    ]
    assert sorted(durations) == outflow


def test_case(golden: Golden) -> None:
    known = Trajectory.objects.filter(region_id=golden.region.pk)
    case = {row.allocation_number - 1000: row for row in known if row.provider[-1] in "12345"}
    assert 23 not in case
    assert case[13].start_on == date(2025, 3, 10)
    assert case[14].start_on == date(2025, 4, 7)
    assert case[10].start_on is None
    assert (case[11].stop_on, case[11].stop_reason) == (date(2025, 5, 15), "32")
    assert case[12].stop_on is None
    assert (case[15].start_on, case[15].paused_on) == (date(2025, 1, 15), None)
    assert (case[16].stop_on, case[16].paused_on) == (None, date(2025, 4, 30))
    assert (case[85].stop_on, case[85].paused_on) == (None, None)
    assert case[21].end_on == date(2025, 12, 31)
    assert case[22].product == "45A53"
    assert case[24].allocated_on == date(2024, 12, 2)


def test_referrers_of_the_first_half_of_2025(golden: Golden) -> None:
    period = HalfYear.parse("2025-H1")
    started = Trajectory.objects.filter(
        region_id=golden.region.pk, start_on__gte=period.start, start_on__lt=period.end
    )
    assert Counter(started.values_list("referrer", flat=True)) == {
        "02": 3, "01": 1, "03": 1, "04": 1, "05": 1, "06": 1, "08": 1, "": 42,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("known_on", "cutoff", "inflow", "spend", "submitted"),
    [
        (date(2025, 3, 15), 2, 23, None, None),
        (date(2025, 3, 15), 1, 22, None, None),
        (date(2025, 5, 16), 2, 42, 3_975_200, 4_125_200),
        (date(2025, 7, 15), 2, 51, 4_147_400, None),
        (date(2026, 9, 30), 2, 51, 4_165_400, 4_327_400),
        (date(2026, 9, 30), 1, 50, 4_165_400, 4_327_400),
    ],
)
def test_as_known_on_a_day(
    golden: Golden,
    known_on: date,
    cutoff: int,
    inflow: int,
    spend: int | None,
    submitted: int | None,
) -> None:
    now = seen(golden, known_on=known_on, cutoff=cutoff)
    (started,) = ask(
        f"SELECT count(*) FROM {now.trajectories} t"
        " WHERE start_on >= '2025-01-01' AND start_on < '2025-07-01'"
    )
    assert started == inflow
    found = ask(
        "SELECT sum(amount_cents) FILTER (WHERE NOT refused), sum(amount_cents)"
        f" FROM {now.lines} line WHERE counts"
        " AND begin_on >= '2025-01-01' AND begin_on < '2025-07-01'"
    )
    assert spend is None or found[0] == spend
    assert submitted is None or found[1] == submitted


def test_lag_is_that_of_the_first_time_a_line_was_sent(golden: Golden) -> None:
    now = seen(golden, known_on=date(2026, 9, 30), cutoff=2)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT sent_on - end_on FROM {now.lines} line WHERE counts"
            " AND begin_on >= '2025-01-01' AND begin_on < '2025-07-01' ORDER BY 1"
        )
        lags = [row[0] for row in cursor.fetchall()]
    assert lags == [
        4, 4, 4, 5, 5, 5, 6, 7, 7, 7, 7, 7, 7, 7, 8, 10, 10, 10, 32, 63, 66, 222, 222, 471,
    ]  # fmt: skip


def test_records_without_an_allocation(golden: Golden) -> None:
    now = seen(golden, known_on=date(2026, 9, 30), cutoff=2)
    (orphans,) = ask(
        f"SELECT count(*) FROM {now.records} record WHERE NOT EXISTS (SELECT FROM"
        f" {now.trajectories} t WHERE t.client = record.client"
        " AND t.allocation_number = record.allocation_number"
        " AND t.municipality = record.municipality AND t.provider = record.provider)"
    )
    assert orphans == 3
    assert CareRecord.objects.filter(region_id=golden.region.pk).count() == 140


def test_what_is_kept_equals_what_is_computed_anew(golden: Golden) -> None:
    assert check_rollups(region_id=golden.region.pk) == {
        "trajectories": 0, "lines": 0, "ledger": 0, "totals": 0,
    }  # fmt: skip


def test_no_word_of_a_person_is_anywhere_in_the_database(golden: Golden) -> None:
    words = [
        word
        for name in ("pii-names.txt", "pii-bsn.txt")
        for word in (golden.folder / name).read_text(encoding="utf-8").splitlines()
        if word.strip()
    ]
    assert len(words) > 50
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS kept WHERE kept::text ~* %s', ["|".join(words)]
            )
            assert (table, cursor.fetchone()[0]) == (table, 0)
