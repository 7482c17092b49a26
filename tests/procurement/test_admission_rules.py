"""Terms of objection and the verdict of assessors, worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from procurement.domain.admission_score import Need, verdict_of
from procurement.domain.admission_terms import decision_until, objection_until

VISION = Need(1, "K1", knock_out=True, least=6)
PLAN = Need(2, "I1", knock_out=False, least=6)
ANNE, BART, CEES = 10, 11, 12


@pytest.mark.parametrize(
    ("sent", "until", "decide"),
    [
        # Monday 11 May + 42 days is Monday 22 June; six weeks on is Monday 3 August.
        (date(2026, 5, 11), date(2026, 6, 22), date(2026, 8, 3)),
        # Saturday 9 May + 42 days is Saturday 20 June: the Monday after it.
        (date(2026, 5, 9), date(2026, 6, 22), date(2026, 8, 3)),
        (date(2026, 5, 10), date(2026, 6, 22), date(2026, 8, 3)),
    ],
)
def test_six_weeks_and_never_in_a_weekend(sent: date, until: date, decide: date) -> None:
    assert (objection_until(sent), decision_until(sent)) == (until, decide)


def test_one_person_is_not_four_eyes() -> None:
    found = verdict_of([VISION], [(1, ANNE, 9), (1, ANNE, 8)])
    assert found.unjudged == ("K1",)
    assert not found.complete


def test_each_requirement_needs_two_people() -> None:
    scores = [(1, ANNE, 8), (1, BART, 8), (2, ANNE, 8)]
    assert verdict_of([VISION, PLAN], scores).unjudged == ("I1",)


def test_the_mean_decides_and_is_rounded_half_up() -> None:
    # 5, 6 and 6 make 5,666..., which is 5,7 and under 6.
    scores = [(2, ANNE, 5), (2, BART, 6), (2, CEES, 6)]
    found = verdict_of([PLAN], scores)
    assert found.means[2] == Decimal("5.7")
    assert (found.failed, found.passes) == (("I1",), False)


def test_a_knock_out_needs_everyone() -> None:
    found = verdict_of([VISION], [(1, ANNE, 10), (1, BART, 5)])
    assert found.means[1] == Decimal("7.5")
    assert found.knocked_out == ("K1",)
    assert found.apart == ("K1",)


def test_two_people_who_agree_let_it_pass() -> None:
    found = verdict_of([VISION, PLAN], [(k, p, 7) for k in (1, 2) for p in (ANNE, BART)])
    assert found.passes
    assert found.apart == ()
