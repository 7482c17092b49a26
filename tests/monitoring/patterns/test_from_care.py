"""From care to a pattern: trajectories, figures, one run over all cells, in the job itself."""

from datetime import date, timedelta

import numpy as np
import pytest

from care.models import Trajectory
from core.jobs.api import Job, run
from core.periods import HalfYear
from monitoring.domain.patterns.asking import PATTERNS_JOB
from monitoring.domain.requesting import request_figures
from monitoring.models import PatternRun
from regions.enums import Role
from regions.models import Region
from tests.factories import user_with
from tests.monitoring.build import NUMBERS, client

LAST = HalfYear(2026, 1)
HALVES = [LAST.shift(-step) for step in range(3, -1, -1)]
PLACES = ("0503", "0637")
PROVIDERS = [f"9900{number:04}" for number in range(14)]
ODD = PROVIDERS[3]
ENDED = 90


def care_of(region: Region, *, worse: dict[tuple[str, str, HalfYear], float]) -> None:
    """Each provider ends 90 trajectories per half-year, two in three in the first municipality.

    15 % drops out; `worse` has the rate of (provider, municipality, half-year) where it differs.
    """
    rng = np.random.default_rng(20260711)
    rows = []
    for half in HALVES:
        for provider in PROVIDERS:
            for number in range(ENDED):
                place = PLACES[number % 3 == 0]
                rate = worse.get((provider, place, half), 0.15)
                reason = "32" if rng.random() < rate else "31"
                rows.append(_ended(region, provider, place, half, number, reason))
    Trajectory.objects.bulk_create(rows, batch_size=2000)


def _ended(
    region: Region, provider: str, place: str, half: HalfYear, number: int, reason: str
) -> Trajectory:
    stop = half.start + timedelta(days=number)
    start = stop - timedelta(days=120)
    return Trajectory(
        region_id=region.pk, client=client(next(NUMBERS)), municipality=place, provider=provider,
        product="45A48", category="45", allocation_number=next(NUMBERS), allocated_on=start,
        valid_from=start, valid_through=None, start_on=start, stop_on=stop, stop_reason=reason,
        end_on=stop,
    )  # fmt: skip


def searched(region: Region) -> PatternRun:
    """The half-year's job and the job it asks for, as the worker would do them."""
    by = user_with(Role.CONTRACT_MANAGER, region)
    run(request_figures(region=region, half_year=LAST, by=by).pk)
    asked = Job.objects.get(kind=PATTERNS_JOB)
    run(asked.pk)
    asked.refresh_from_db()
    assert asked.state == "done", asked.error
    return PatternRun.objects.get()


@pytest.fixture(autouse=True)
def _today(settings: object) -> None:
    settings.CLOCK_TODAY = date(2026, 7, 20).isoformat()  # type: ignore[attr-defined]


def dropout(found: PatternRun) -> set[tuple[str, str]]:
    rows = found.patterns.filter(code="dropout_rate", finding="conversation")
    return set(rows.values_list("provider", "municipality"))


def test_without_differences_nothing_deserves_a_conversation(region: Region) -> None:
    care_of(region, worse={})
    found = searched(region)
    assert found.comparisons > len(PROVIDERS)
    assert len(found.half_years) >= len(HALVES)
    assert dropout(found) == set()


def test_a_late_problem_and_one_in_a_single_municipality_are_found(region: Region) -> None:
    late = {(ODD, place, LAST): 0.45 for place in PLACES}
    there = {(p, PLACES[1], half): 0.26 for p in PROVIDERS for half in HALVES[-2:]}
    care_of(region, worse=there | late)
    assert dropout(searched(region)) == {(ODD, ""), ("", PLACES[1])}
