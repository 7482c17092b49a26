"""What is spent, over eight years of lines: pages against a hand-written query, and a new month.

    python -m benchmarks.finance_spend [--years 8] [--rounds 5]

Works in a database of its own beside DATABASE_URL and drops it. A million lines a year are made by
the database itself. Each page is asked for as a controller does, turn by turn with the same
question in bare SQL on a roll-up made by hand that can answer all of them; the goal is 3. Beside it
stands the same on a roll-up made for that one question: of a few thousand rows that takes a few
milliseconds, less than drawing any page does; `adding_up_ms` is the page's own question without
the page. Then one month of lines is brought in
on top of all years and on top of two, and put to the checks: the goal is that the history does not
matter (1.3).
"""

import argparse
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from statistics import median
from typing import Any

import django

GOAL = 3.0
GOAL_MONTH = 1.3
YEAR = 2025
SHORT = 2
MONTH_LINES = 80_000
# Cuts of the page: what the same question selects by hand, and which columns of a roll-up it needs.
CUTS: dict[tuple[str, ...], tuple[str, str]] = {
    ("segment",): ("s.code", "product"),
    ("gemeente", "segment"): ("h.municipality, s.code", "municipality, product"),
    ("aanbieder",): ("h.provider", "provider"),
    ("maand", "product"): ("h.care_month, h.product", "product"),
    ("verwijzer", "gemeente"): ("h.referrer, h.municipality", "referrer, municipality"),
}


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--years", type=int, default=8)
    options.add_argument("--rounds", type=int, default=5)
    wanted = options.parse_args()
    if wanted.years <= SHORT:
        options.error(f"--years: more than {SHORT}, which the month is compared with")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    with own_database():
        found = measure(wanted.years, wanted.rounds)
    print(json.dumps(found, indent=1))
    raise SystemExit(0 if found["reached"] else 1)


def measure(years: int, rounds: int) -> dict[str, Any]:
    from benchmarks.indicator_data import fill_region  # noqa: PLC0415 -- needs Django

    long, short = (fill_region(f"jaren-{n}", years=n) for n in (years, SHORT))
    added_up = {region.slug: timed(lambda r=region: add_up(r))[0] for region in (long, short)}
    make_hand_rollups(long)
    pages = measure_pages(long, rounds)
    month = measure_month(long, short, rounds)
    worst = max(one["ratio"] for one in pages.values())
    return {
        "lines": count(long),
        "adding_up_anew_seconds": {k: round(v, 1) for k, v in added_up.items()},
        "pages": pages,
        "month": month,
        "goals": [GOAL, GOAL_MONTH],
        "reached": worst <= GOAL and max(month["ratios"].values()) <= GOAL_MONTH,
    }


@contextmanager
def own_database() -> Iterator[None]:
    from django.db import connection  # noqa: PLC0415 -- needs Django

    base = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"{base}_benchmark_spend"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(base, verbosity=0)


def add_up(region: Any) -> None:
    from django.db import connection, transaction  # noqa: PLC0415 -- needs Django

    from care.domain.totals import rebuild_totals  # noqa: PLC0415

    with transaction.atomic(), connection.cursor() as cursor:
        rebuild_totals(cursor, region_id=region.pk)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE care_spendtotal")


HAND = """
CREATE TABLE hand AS
SELECT date_trunc('month', line.begin_on)::date AS care_month, line.municipality, line.provider,
    line.product, coalesce(t.referrer, '') AS referrer, sum(line.amount_cents) AS cents
FROM care_declarationline line LEFT JOIN care_trajectory t ON t.region_id = line.region_id
    AND t.client = line.client AND t.allocation_number = line.allocation_number
    AND t.municipality = line.municipality AND t.provider = line.provider
WHERE line.region_id = %(region)s AND line.counts AND NOT line.refused
GROUP BY 1, 2, 3, 4, 5
"""
HAND_OF_ONE = """
CREATE TABLE hand_{number} AS
SELECT care_month, {needs}, sum(cents) AS cents FROM hand GROUP BY care_month, {needs}
"""


def make_hand_rollups(region: Any) -> None:
    from django.db import connection  # noqa: PLC0415 -- needs Django

    tables = ["hand", *(f"hand_{number}" for number in range(len(CUTS)))]
    with connection.cursor() as cursor:
        cursor.execute(HAND, {"region": region.pk})
        for number, (_, needs) in enumerate(CUTS.values()):
            cursor.execute(HAND_OF_ONE.format(number=number, needs=needs))
        for table in tables:
            cursor.execute(f"CREATE INDEX ON {table} (care_month)")
            cursor.execute(f"VACUUM ANALYZE {table}")


def measure_pages(region: Any, rounds: int) -> dict[str, Any]:
    browser = a_controller(region)
    found: dict[str, Any] = {}
    for number, (cuts, (columns, _)) in enumerate(CUTS.items()):
        pages, own, bare, of_one = [], [], [], []
        query = {"jaar": YEAR, "naar": cuts[0], **({"en": cuts[1]} if len(cuts) == 2 else {})}
        ask(browser, region, query)  # the first page of a process also reads its templates
        for _ in range(rounds):
            pages.append(timed(lambda q=query: ask(browser, region, q))[0])
            own.append(timed(lambda c=cuts: add_up_of_page(region, c))[0])
            bare.append(timed(lambda c=columns: by_hand(region, "hand", c))[0])
            of_one.append(timed(lambda c=columns, n=number: by_hand(region, f"hand_{n}", c))[0])
        found[" x ".join(cuts)] = {
            "page_ms": _ms(pages),
            "by_hand_ms": _ms(bare),
            "ratio": round(median(pages) / median(bare), 2),
            "adding_up_ms": _ms(own),
            "by_hand_for_this_alone_ms": _ms(of_one),
        }
    return found


def _ms(seconds: list[float]) -> float:
    return round(median(seconds) * 1000, 1)


def a_controller(region: Any) -> Any:
    from django.conf import settings  # noqa: PLC0415 -- needs Django
    from django.test import Client  # noqa: PLC0415

    from core.users.models import User  # noqa: PLC0415
    from regions.models import RoleAssignment  # noqa: PLC0415

    settings.MFA_REQUIRED = False
    user = User.objects.create_user(email="controller@example.org", password="meting-meting")
    RoleAssignment.objects.create(user=user, role="controller", region=region)
    browser = Client()
    browser.force_login(user)
    return browser


def add_up_of_page(region: Any, cuts: tuple[str, ...]) -> None:
    from finance.queries.spend import spend_now, view_of_now  # noqa: PLC0415 -- needs Django

    view = view_of_now(region)
    assert view is not None
    spend_now(view, cuts, care_from=date(YEAR, 1, 1), care_to=date(YEAR + 1, 1, 1))


def ask(browser: Any, region: Any, query: dict[str, Any]) -> None:
    answer = browser.get(f"/regio/{region.slug}/uitgaven/", query)
    if answer.status_code != 200 or b"<table" not in answer.content:
        raise SystemExit(f"the page did not answer: {answer.status_code}")


def by_hand(region: Any, table: str, columns: str) -> None:
    from django.db import connection  # noqa: PLC0415 -- needs Django

    placed = (
        "JOIN segments_productplacement p ON p.product_code = h.product AND p.scheme_id ="
        " (SELECT id FROM segments_segmentscheme WHERE region_id = %(region)s)"
        " JOIN segments_segment s ON s.id = p.segment_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns}, sum(cents) FROM {table} h {placed if 's.code' in columns else ''}"
            f" WHERE care_month >= '{YEAR}-01-01' AND care_month < '{YEAR + 1}-01-01'"
            f" GROUP BY {columns}",
            {"region": region.pk},
        )
        cursor.fetchall()


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


def count(region: Any) -> int:
    from care.models import DeclarationLine  # noqa: PLC0415 -- needs Django

    return DeclarationLine.objects.filter(region_id=region.pk).count()


def timed(action: Callable[[], Any]) -> tuple[float, Any]:
    begin = time.perf_counter()
    result = action()
    return time.perf_counter() - begin, result


if __name__ == "__main__":
    main()
