"""What is spent, over eight years of lines: pages by one, two and three cuts against SQL by hand.

    python -m benchmarks.finance_spend [--years 8] [--rounds 5]

Works in a database of its own beside DATABASE_URL and drops it. A million lines a year are made by
the database itself. Each page is asked for as a controller does, and as an executive of one
municipality; turn by turn with the same question in bare SQL on a roll-up made by hand that can
answer all of them (with ages: all of those). The goal is 3. Beside it stands the same on a roll-up
made for that one question: of a few thousand rows that takes a few milliseconds, less than drawing
any page does; `adding_up_ms` is the page's own question without the page.
"""

import argparse
import json
import os
from datetime import date
from statistics import median
from typing import Any, NamedTuple

import django

from benchmarks.spend_ground import add_up, count, own_database, timed

GOAL = 3.0
YEAR = 2025
ONE_PLACE = "1001"


class Cut(NamedTuple):
    """What the same question selects by hand, which columns it needs of a roll-up made for it
    alone, and from which roll-up that one is made."""

    columns: str
    needs: str
    source: str = "hand"


CUTS: dict[tuple[str, ...], Cut] = {
    ("segment",): Cut("s.code", "product"),
    ("gemeente", "segment"): Cut("h.municipality, s.code", "product"),
    ("aanbieder",): Cut("h.provider", "provider"),
    ("maand", "product"): Cut("h.care_month, h.product", "product"),
    ("verwijzer", "gemeente"): Cut("h.referrer, h.municipality", "referrer"),
    ("gemeente", "segment", "maand"): Cut("h.municipality, s.code, h.care_month", "product"),
    ("gemeente", "verwijzer", "maand"): Cut("h.municipality, h.referrer, h.care_month", "referrer"),
    ("segment", "product", "aanbieder"): Cut("s.code, h.product, h.provider", "product, provider"),
    ("gemeente", "segment", "aanbieder"): Cut(
        "h.municipality, s.code, h.provider", "product, provider"
    ),
    ("aanbieder", "gemeente", "maand"): Cut("h.provider, h.municipality, h.care_month", "provider"),
    ("aanbieder", "product", "maand"): Cut(
        "h.provider, h.product, h.care_month", "product, provider"
    ),
    ("gemeente", "leeftijd", "maand"): Cut(
        "h.municipality, h.age_group, h.care_month", "age_group", "hand_age"
    ),
    ("aanbieder", "leeftijd", "verwijzer"): Cut(
        "h.provider, h.age_group, h.referrer", "provider, age_group, referrer", "hand_age"
    ),
}


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--years", type=int, default=8)
    options.add_argument("--rounds", type=int, default=5)
    wanted = options.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    with own_database("spend"):
        found = measure(wanted.years, wanted.rounds)
    print(json.dumps(found, indent=1))
    raise SystemExit(0 if found["reached"] else 1)


def measure(years: int, rounds: int) -> dict[str, Any]:
    from benchmarks.indicator_data import fill_region  # noqa: PLC0415 -- needs Django

    filled, region = timed(lambda: fill_region(f"jaren-{years}", years=years))
    added_up = timed(lambda: add_up(region))[0]
    by_hand_made = timed(lambda: make_hand_rollups(region))[0]
    pages = {
        "controller": measure_pages(region, None, rounds),
        "executive of one municipality": measure_pages(region, ONE_PLACE, rounds),
    }
    worst = max(one["ratio"] for of_one in pages.values() for one in of_one.values())
    return {
        "lines": count(region),
        "seconds": {
            "filling": round(filled),
            "adding_up_anew": round(added_up),
            "roll_ups_by_hand": round(by_hand_made),
        },
        "pages": pages,
        "goal": GOAL,
        "load": round(os.getloadavg()[0], 1),
        "reached": worst <= GOAL,
    }


HAND = """
CREATE TABLE {name} AS
SELECT date_trunc('month', line.begin_on)::date AS care_month, line.municipality, line.provider,
    {columns}, sum(line.amount_cents) AS cents
FROM care_declarationline line LEFT JOIN care_trajectory t ON t.region_id = line.region_id
    AND t.client = line.client AND t.allocation_number = line.allocation_number
    AND t.municipality = line.municipality AND t.provider = line.provider
WHERE line.region_id = %(region)s AND line.counts AND NOT line.refused
GROUP BY {places}
"""
REFERRER = "coalesce(t.referrer, '') AS referrer"
AGE = """CASE WHEN t.age < 6 THEN '0-5' WHEN t.age < 12 THEN '6-11' WHEN t.age < 18 THEN '12-17'
    WHEN t.age >= 18 THEN '18+' ELSE '' END AS age_group"""
HANDS = {
    "hand": (f"line.product, {REFERRER}", "1, 2, 3, 4, 5"),
    "hand_age": (f"{REFERRER}, {AGE}", "1, 2, 3, 4, 5"),
}
HAND_OF_ONE = """
CREATE TABLE hand_{number} AS
SELECT care_month, municipality, {needs}, sum(cents) AS cents FROM {source}
GROUP BY care_month, municipality, {needs}
"""


def make_hand_rollups(region: Any) -> None:
    from django.db import connection  # noqa: PLC0415 -- needs Django

    tables = [*HANDS, *(f"hand_{number}" for number in range(len(CUTS)))]
    with connection.cursor() as cursor:
        for name, (columns, places) in HANDS.items():
            cursor.execute(
                HAND.format(name=name, columns=columns, places=places), {"region": region.pk}
            )
        for number, cut in enumerate(CUTS.values()):
            cursor.execute(HAND_OF_ONE.format(number=number, needs=cut.needs, source=cut.source))
        for table in tables:
            cursor.execute(f"CREATE INDEX ON {table} (care_month)")
            cursor.execute(f"VACUUM ANALYZE {table}")


def measure_pages(region: Any, place: str | None, rounds: int) -> dict[str, Any]:
    browser = somebody(region, place)
    return {
        " x ".join(cuts): measure_page(browser, region, number, place, rounds)
        for number, cuts in enumerate(CUTS)
    }


def measure_page(
    browser: Any, region: Any, number: int, place: str | None, rounds: int
) -> dict[str, Any]:
    cuts, cut = list(CUTS.items())[number]
    query = {"jaar": YEAR, **dict(zip(("naar", "en", "ook"), cuts, strict=False))}
    ask(browser, region, query)  # the first page of a process also reads its templates
    pages, own, bare, of_one, parts = [], [], [], [], 0
    for _ in range(rounds):
        pages.append(timed(lambda: ask(browser, region, query))[0])
        seconds, parts = timed(lambda: add_up_of_page(region, cuts, place))
        own.append(seconds)
        bare.append(timed(lambda: by_hand(region, cut.source, cut.columns, place))[0])
        of_one.append(timed(lambda: by_hand(region, f"hand_{number}", cut.columns, place))[0])
    return {
        "parts": parts,
        "page_ms": _ms(pages),
        "by_hand_ms": _ms(bare),
        "ratio": round(median(pages) / median(bare), 2),
        "adding_up_ms": _ms(own),
        "by_hand_for_this_alone_ms": _ms(of_one),
    }


def _ms(seconds: list[float]) -> float:
    return round(median(seconds) * 1000, 1)


def somebody(region: Any, place: str | None) -> Any:
    """A browser of the region's controller, or of an executive who sees one municipality."""
    from django.conf import settings  # noqa: PLC0415 -- needs Django
    from django.test import Client  # noqa: PLC0415

    from core.users.models import User  # noqa: PLC0415
    from regions.models import Municipality, RoleAssignment  # noqa: PLC0415

    settings.MFA_REQUIRED = False
    role = "executive" if place else "controller"
    user = User.objects.create_user(email=f"{role}@example.org", password="meting-meting")
    municipality = Municipality.objects.get(gm_code=place) if place else None
    RoleAssignment.objects.create(user=user, role=role, region=region, municipality=municipality)
    browser = Client()
    browser.force_login(user)
    return browser


def add_up_of_page(region: Any, cuts: tuple[str, ...], place: str | None) -> int:
    """The page's own question; gives the number of parts."""
    from finance.queries.spend import spend_now, view_of_now  # noqa: PLC0415 -- needs Django

    view = view_of_now(region)
    assert view is not None
    only = [place] if place else None
    period = {"care_from": date(YEAR, 1, 1), "care_to": date(YEAR + 1, 1, 1)}
    return len(spend_now(view, cuts, municipalities=only, **period))


def ask(browser: Any, region: Any, query: dict[str, Any]) -> None:
    answer = browser.get(f"/regio/{region.slug}/uitgaven/", query)
    if answer.status_code != 200 or b"<table" not in answer.content:
        raise SystemExit(f"the page did not answer: {answer.status_code}")


def by_hand(region: Any, table: str, columns: str, place: str | None) -> None:
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
            f" {'AND h.municipality = %(place)s' if place else ''}"
            f" GROUP BY {columns}",
            {"region": region.pk, "place": place},
        )
        cursor.fetchall()


if __name__ == "__main__":
    main()
