"""Messages in any order of delivery: what is kept is what the definitions say, for any day."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from care.domain.proof import check_rollups
from care.domain.undo import undo_records
from care.models import DeclarationLine, SpendMovement
from care.queries.snapshot import snapshot
from regions.models import Region
from tests.care.tables import region
from tests.care.traffic import BEGIN, Oracle, Sent, Traffic, deliver

__all__ = ["region"]

RUNS = 4
FOREVER = date(2030, 1, 1)
SEEDS = range(5)


def take_in(region: Region, messages: list[Sent], runs: int = RUNS) -> list[Any]:
    taken = []
    for number in range(1, runs + 1):
        of_run = [message for message in messages if message.run == number]
        run, outcome = deliver(region, number, of_run)
        counted = sum(len(m.records) for m in of_run if m.kind != "325")
        assert outcome.total == counted
        taken.append(run)
    return taken


def ask(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def check_as_of(region: Region, messages: list[Sent], known_on: date, cutoff: int) -> None:
    with connection.cursor() as cursor:
        now = snapshot(cursor, region_id=region.pk, known_on=known_on, cutoff_run=cutoff)
    oracle = Oracle(messages, known_on, cutoff)
    rows = ask(
        "SELECT municipality, provider, allocation_number, client, product, allocated_on,"
        " valid_from, valid_through, forced, referrer, start_on, stop_on, stop_reason, paused_on"
        f" FROM {now.trajectories} t"
    )
    assert {(*row[:3], bytes(row[3])): row[4:] for row in rows} == oracle.trajectories()
    lines = ask(
        "SELECT municipality, provider, allocation_number, client, reference, begin_on, end_on,"
        f" amount_cents, refused, sent_on FROM {now.lines} line WHERE counts"
    )
    assert {(*row[:3], bytes(row[3]), *row[4:7]): row[7:] for row in lines} == oracle.lines()


@pytest.mark.parametrize("seed", SEEDS)
def test_every_day_and_cutoff(region: Region, seed: int) -> None:
    traffic = Traffic(seed, messages=80, runs=RUNS)
    take_in(region, traffic.sent)
    check_as_of(region, traffic.sent, FOREVER, RUNS)
    dice = random.Random(seed)
    for _ in range(6):
        day = BEGIN + timedelta(days=dice.randrange(60, 420))
        check_as_of(region, traffic.sent, day, dice.randrange(1, RUNS + 1))
    assert set(check_rollups(region_id=region.pk).values()) == {0}


@pytest.mark.parametrize("seed", SEEDS)
def test_ledger_says_what_was_known_at_the_end_of_each_month(region: Region, seed: int) -> None:
    traffic = Traffic(seed, messages=80, runs=RUNS)
    take_in(region, traffic.sent)
    moves = list(SpendMovement.objects.filter(region_id=region.pk))
    for month in range(1, 15):
        after = date(2025 + month // 12, month % 12 + 1, 1)
        for cutoff in range(1, RUNS + 1):
            known = [m for m in moves if m.known_month < after and m.run <= cutoff]
            lines = Oracle(traffic.sent, after - timedelta(days=1), cutoff).lines().values()
            assert sum(m.amount_cents for m in known) == sum(c for c, no, _ in lines if not no)
            assert sum(m.submitted_cents for m in known) == sum(c for c, _, _ in lines)
            assert sum(m.lines for m in known) == sum(not no for _, no, _ in lines)


@pytest.mark.parametrize("seed", SEEDS)
def test_undone_run_leaves_no_trace(region: Region, seed: int) -> None:
    traffic = Traffic(seed, messages=80, runs=RUNS)
    runs = take_in(region, traffic.sent)
    dice = random.Random(seed)
    gone = dice.randrange(1, RUNS + 1)
    with connection.cursor() as cursor:
        undo_records(cursor, runs[gone - 1])
    kept = [message for message in traffic.sent if message.run != gone]
    check_as_of(region, kept, FOREVER, RUNS)
    check_as_of(region, kept, BEGIN + timedelta(days=dice.randrange(60, 420)), RUNS - 1)
    assert set(check_rollups(region_id=region.pk).values()) == {0}
    assert not DeclarationLine.objects.filter(region_id=region.pk, run=gone).exists()


def test_spreading_over_runs_does_not_change_the_end(region: Region) -> None:
    """Dagtekening decides, not the day of delivery: only equal days are ordered by the run."""
    traffic = Traffic(99, messages=80, runs=RUNS)
    for number, message in enumerate(traffic.sent):
        message.dated = BEGIN + timedelta(days=number)
    take_in(region, traffic.sent)
    check_as_of(region, traffic.sent, FOREVER, RUNS)
    together = Oracle(traffic.sent, FOREVER, RUNS).trajectories()
    for message in traffic.sent:
        message.run = 1
    assert Oracle(traffic.sent, FOREVER, 1).trajectories() == together
