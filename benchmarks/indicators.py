"""All indicators of one half-year against the same figures by hand-written SQL, in one run.

Usage: DATABASE_URL=... python -m benchmarks.indicators [--years 8] [--rounds 5]

Fills a region of `--years` and one of two years in the database (kept for the next run; use a
database of its own), then takes turns: the hand-written statements, the application, and the
application on two years. Goals: application <= 1.5 x hand-written, and with all years <= 1.3 x that
with two. Work is processor time of the database backend and the application together, which other
work on the machine hardly moves; storing the set is apart, since
the hand-written statements store nothing.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from benchmarks.indicator_data import fill_region  # noqa: E402
from benchmarks.indicators_by_hand import STATEMENTS  # noqa: E402
from core.periods import HalfYear  # noqa: E402
from monitoring.domain.compute import fill_figures  # noqa: E402
from monitoring.domain.figures import compute_figures  # noqa: E402
from monitoring.domain.scope import scope_of  # noqa: E402
from regions.models import Region  # noqa: E402

HALF_YEAR = HalfYear(2025, 1)


def by_hand(region: Region) -> None:
    scope = scope_of(region=region, half_year=HALF_YEAR)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '256MB'; SET LOCAL jit = off")
        for statement in STATEMENTS:
            cursor.execute(statement, scope.params)
            if cursor.description:
                cursor.fetchall()
        transaction.set_rollback(True)


def by_application(region: Region) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        fill_figures(cursor, scope_of(region=region, half_year=HALF_YEAR))
        transaction.set_rollback(True)


def stored(region: Region) -> None:
    with transaction.atomic():
        compute_figures(region=region, half_year=HALF_YEAR)
        transaction.set_rollback(True)


def timed(work: Callable[[Region], None], region: Region) -> tuple[float, float]:
    """Seconds on the clock, and processor seconds of this process and its backend."""
    start, before = time.perf_counter(), worked()
    work(region)
    return time.perf_counter() - start, worked() - before


def worked() -> float:
    info = connection.connection.info
    schedule = Path(f"/proc/{info.backend_pid}/schedstat")
    backend = int(schedule.read_text().split()[0]) / 1e9 if schedule.exists() else 0.0
    return time.process_time() + backend


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--years", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    call_command("migrate", verbosity=0)
    long = fill_region(f"proef-{asked.years}", years=asked.years)
    short = fill_region("proef-2", years=2)
    cases = {
        "hand-written": lambda: timed(by_hand, long),
        "application": lambda: timed(by_application, long),
        "application, two years": lambda: timed(by_application, short),
        "application, stored": lambda: timed(stored, long),
    }
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in cases}
    for _ in range(asked.rounds):
        for name, case in cases.items():
            took[name].append(case())
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    middle = {
        name: [statistics.median(one) for one in zip(*rounds, strict=True)]
        for name, rounds in took.items()
    }
    for name, (clock, work) in middle.items():
        print(f"{name:26} {clock:8.2f} s, work {work:8.2f} s")
    for label, other in (("hand-written", "hand-written"), ("two years", "application, two years")):
        clock, work = (a / b for a, b in zip(middle["application"], middle[other], strict=True))
        print(f"ratio to {label:17} {clock:8.2f}, work {work:8.2f}")


if __name__ == "__main__":
    main()
