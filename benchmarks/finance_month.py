"""One month of declarations brought in on top of a long history and of a short one.

    python -m benchmarks.finance_month [--years 3] [--rounds 3]

Works in a database of its own beside DATABASE_URL and drops it. A month of lines is merged
(trajectories, what counts, ledger, totals) and put to the checks, turn by turn on a region with
`--years` years of care and on one with two; the goal is that the history does not matter (1.3).
"""

import argparse
import json
import os
from statistics import median
from typing import Any

import django

from benchmarks.spend_ground import add_up, own_database, timed

GOAL = 1.3
SHORT = 2
MONTH_LINES = 80_000


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--years", type=int, default=3)
    options.add_argument("--rounds", type=int, default=3)
    wanted = options.parse_args()
    if wanted.years <= SHORT:
        options.error(f"--years: more than {SHORT}, which the month is compared with")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    with own_database("month"):
        found = measure(wanted.years, wanted.rounds)
    print(json.dumps(found, indent=1))
    raise SystemExit(0 if found["reached"] else 1)


def measure(years: int, rounds: int) -> dict[str, Any]:
    from benchmarks.indicator_data import fill_region  # noqa: PLC0415 -- needs Django

    long, short = (fill_region(f"jaren-{n}", years=n) for n in (years, SHORT))
    for region in (long, short):
        add_up(region)
    month = measure_month(long, short, rounds)
    return {
        **month,
        "goal": GOAL,
        "load": round(os.getloadavg()[0], 1),
        "reached": max(month["ratios"].values()) <= GOAL,
    }


NEW_MONTH = """
INSERT INTO care_declarationline (
    region_id, run, seq, dagtekening, municipality, provider, allocation_number, client, key,
    reference, previous_reference, category, product, begin_on, end_on, volume, unit,
    tariff_cents, amount_cents, revised, counts, refused
)
SELECT region_id, %(run)s, row_number() OVER (), '2026-02-10', municipality, provider,
    allocation_number, client, gen_random_uuid(), row_number() OVER () || '-' || %(run)s, '',
    category, product, '2026-01-01', '2026-01-28', 4, '14', 2500, 10000, false, true, false
FROM (
    SELECT * FROM care_trajectory
    WHERE region_id = %(region)s AND start_on >= '2024-06-01' ORDER BY id LIMIT %(lines)s
) running
"""


def measure_month(long: Any, short: Any, rounds: int) -> dict[str, Any]:
    seconds: dict[str, dict[str, list[float]]] = {
        step: {region.slug: [] for region in (long, short)} for step in ("merge", "checks")
    }
    for number in range(rounds):
        for region in (long, short):
            merged, checked = bring_in(region, run=2 + number)
            seconds["merge"][region.slug].append(merged)
            seconds["checks"][region.slug].append(checked)
    return {
        "lines": MONTH_LINES,
        **{
            step: {slug: round(median(values), 2) for slug, values in by_region.items()}
            for step, by_region in seconds.items()
        },
        "ratios": {
            step: round(median(found[long.slug]) / median(found[short.slug]), 2)
            for step, found in seconds.items()
        },
    }


def bring_in(region: Any, *, run: int) -> tuple[float, float]:
    """Seconds of the merge (trajectories, what counts, ledger, totals) and of the checks."""
    from django.db import connection, transaction  # noqa: PLC0415 -- needs Django

    from care.domain.after_merge import settle  # noqa: PLC0415
    from finance.domain.checking import check_run  # noqa: PLC0415

    def merge() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(NEW_MONTH, {"region": region.pk, "run": run, "lines": MONTH_LINES})
            settle(cursor, region_id=region.pk, run=run, form="ijw")

    merged = timed(merge)[0]
    return merged, timed(lambda: check_run(region.pk, run))[0]


if __name__ == "__main__":
    main()
