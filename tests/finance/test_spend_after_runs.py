"""Spend after what really happens to lines: corrections, credits, refusals, an undone run and
products that move. Every part of every cut is the sum of the lines that stand."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection

from care.domain.undo import undo_records
from care.queries.known import last_run
from finance.queries.movements import View
from finance.queries.spend import ORIGINS, Cut, spend_by, spend_now
from segments.models import ProductPlacement, Segment, SegmentScheme
from tests.care.tables import region
from tests.care.traffic import Oracle, Traffic, deliver

from .test_spend import ALL_CUTS

__all__ = ["region"]
pytestmark = pytest.mark.django_db

ALL = {"care_from": date(2024, 1, 1), "care_to": date(2027, 1, 1)}
FOREVER = date(2030, 1, 1)


@pytest.fixture
def scheme(region):
    scheme = SegmentScheme.objects.create(
        region=region, code="s", name="Segmenten", valid_from=date(2024, 1, 1)
    )
    for order, code in enumerate(("S1", "S2"), 1):
        Segment.objects.create(scheme=scheme, code=code, name=code, order=order)
    place(scheme, "S1", date(2024, 1, 1))
    return scheme


def place(scheme, segment, start):
    ProductPlacement.objects.filter(scheme=scheme, valid_to=None).update(valid_to=start)
    ProductPlacement.objects.create(
        scheme=scheme, product_code="45A48", segment=scheme.segments.get(code=segment),
        is_stay=False, direction="herstel", valid_from=start,
    )  # fmt: skip


def cents(slices):
    return {one.keys: one.declared for one in slices if one.declared}


def standing(messages, known_on, cutoff):
    """Cents per cut of the lines that stand by the definitions, worked out beside the system."""
    found = Counter()
    for key, (amount, refused, _) in Oracle(messages, known_on, cutoff).lines().items():
        if not refused:
            municipality, provider, *_, begin = key
            found[municipality, provider, f"{begin:%Y-%m}"] += amount
    return found


def check(scheme, messages, scheme_on=date(2026, 1, 1)):
    number = last_run(scheme.region_id)
    view = View(scheme.region_id, scheme.pk, scheme_on, FOREVER, number)
    total = sum(standing(messages, FOREVER, number).values())
    for cuts in ALL_CUTS:
        assert sum(cents(spend_now(view, cuts, **ALL)).values()) == total, cuts
        if not ORIGINS.keys() & set(cuts):
            assert cents(spend_by(view, cuts, **ALL)) == cents(spend_now(view, cuts, **ALL)), cuts
    cuts = [Cut.MUNICIPALITY, Cut.PROVIDER, Cut.MONTH]
    wanted = {key: amount for key, amount in standing(messages, FOREVER, number).items() if amount}
    assert cents(spend_now(view, cuts, **ALL)) == wanted
    places = cents(spend_now(view, [Cut.MUNICIPALITY], **ALL))
    for code in ("0503", "0518"):
        own = spend_now(view, [Cut.PRODUCT], **ALL, municipalities=[code])
        assert sum(cents(own).values()) == places.get((code,), 0)
    return view


@pytest.mark.parametrize("seed", range(3))
def test_every_cut_is_the_sum_of_the_lines_that_stand(region, scheme, seed):
    traffic, dice = Traffic(seed, messages=120, runs=3), random.Random(seed)
    runs = []
    for number in (1, 2, 3):
        runs.append(deliver(region, number, traffic.of_run(number))[0])
        check(scheme, [m for m in traffic.sent if m.run <= number])
    for _ in range(3):
        # As it was known at the end of a month, to a run.
        after, number = date(2025, dice.randrange(3, 13), 1), dice.randrange(1, 4)
        view = View(region.pk, scheme.pk, after, after - timedelta(days=1), number)
        known = standing(traffic.sent, after - timedelta(days=1), number)
        cuts = [Cut.MUNICIPALITY, Cut.PROVIDER, Cut.MONTH]
        assert cents(spend_by(view, cuts, **ALL)) == {k: v for k, v in known.items() if v}
    gone = dice.randrange(1, 4)
    with connection.cursor() as cursor:
        undo_records(cursor, runs[gone - 1])
    check(scheme, [m for m in traffic.sent if m.run != gone])


def test_a_product_that_moves_takes_its_euros_along(region, scheme):
    traffic = Traffic(7, messages=120, runs=1)
    deliver(region, 1, traffic.sent)
    before = cents(spend_now(check(scheme, traffic.sent), [Cut.SEGMENT], **ALL))
    place(scheme, "S2", date(2026, 1, 1))
    day_before = cents(
        spend_now(check(scheme, traffic.sent, date(2025, 12, 31)), [Cut.SEGMENT], **ALL)
    )
    after = cents(spend_now(check(scheme, traffic.sent), [Cut.SEGMENT], **ALL))
    assert before == day_before
    assert after == {("S2",) if key == ("S1",) else key: amount for key, amount in before.items()}
