import random

import pytest

from core.suppression import Thresholds
from monitoring.domain.publication import hidden_figures

from .attacker import Attacker
from .small_region import HALVES, figures_of, random_care

TRIES = 40


def attack(figures, hidden):
    attacker = Attacker()
    attacker.look(figures, hidden)
    attacker.write_down()
    return attacker


def pinned(attacker, fewest, seed):
    """Small numbers that the attacker knows to within less than the threshold."""
    aims = attacker.small(fewest)
    tried = random.Random(seed).sample(aims, min(TRIES, len(aims)))
    ranges = ((aim, *attacker.range_of(aim)) for aim in tried)
    return [
        (aim, low, high, attacker.value(aim))
        for aim, low, high in ranges
        if high - low < fewest - 1e-6
    ]


@pytest.mark.parametrize("seed", range(3))
def test_nobody_finds_a_small_number_in_all_half_years_together(seed):
    figures = figures_of(random_care(seed))
    hidden = hidden_figures(figures, thresholds=Thresholds())
    assert pinned(attack(figures, hidden), 10, seed) == []
    told = [f for f in figures if f.pk not in hidden]
    assert len(told) > len(figures) / 4
    assert {f.half for f in told} == set(HALVES)


def test_the_attacker_finds_them_when_only_the_small_ones_are_hidden():
    figures = figures_of(random_care(1))
    small = frozenset(
        f.pk
        for f in figures
        if any(n is not None and 0 < n < 10 for n in (f.numerator, f.denominator))
    )
    assert pinned(attack(figures, small), 10, 1)


def test_a_region_that_raises_the_threshold_hides_more_and_is_protected_to_it():
    figures = figures_of(random_care(3))
    usual = hidden_figures(figures, thresholds=Thresholds())
    raised = hidden_figures(figures, thresholds=Thresholds(cases=15))
    assert len(raised) > len(usual)
    assert pinned(attack(figures, raised), 15, 3) == []


@pytest.mark.parametrize("seed", range(2))
def test_hidden_money_stays_uncertain_by_a_fifth(seed):
    figures = figures_of(random_care(seed, youths=70))
    attacker = attack(figures, hidden_figures(figures, thresholds=Thresholds()))
    few = [f for f in figures if f.code == "spend" and f.numerator and f.cases < 10]
    assert few
    for figure in few:
        low, high = attacker.range_of({(figure.half, "spend", figure.place): 1.0})
        assert high - low >= 0.4 * float(figure.numerator) - 0.01
