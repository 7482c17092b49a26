"""Patterns and noise: pieces worked out by hand, and a small seeded simulation of the whole."""

import numpy as np
import pytest

from benchmarks.patterns import World, false_alarms, found_in
from core.charts.units import HIDDEN
from monitoring.domain.change import Reading
from monitoring.domain.patterns.control import RunRule, p_chart, u_chart, xmr
from monitoring.domain.patterns.course import Point, course_of
from monitoring.domain.patterns.discovery import combined, discoveries
from monitoring.domain.patterns.panel import Panel
from monitoring.domain.patterns.power import limit, reach, shifted, size_needed, spent
from monitoring.domain.patterns.run import judge
from monitoring.domain.patterns.seasons import season, trend
from monitoring.domain.patterns.spread import spread_of
from monitoring.domain.patterns.tails import tails
from monitoring.enums import Kind
from monitoring.indicators import get
from monitoring.queries.course import course_card


def array(*values: float) -> np.ndarray:
    return np.array(values, float)


def test_binomial_tails_count_half_of_the_count_itself() -> None:
    # Four fair coins, 3 heads: P(>3) + P(3)/2 = 1/16 + 2/16; P(<3) + P(3)/2 = 11/16 + 2/16.
    few, many = tails(array(3), array(4), array(0.5), array(0))
    assert (few[0], many[0]) == pytest.approx((13 / 16, 3 / 16))


def test_beta_binomial_tails_of_a_uniform_level() -> None:
    # Beta(1, 1) has spread 1/3: every count of 0..4 is equally likely, 1/5.
    few, many = tails(array(3), array(4), array(0.5), array(1 / 3))
    assert (few[0], many[0]) == pytest.approx((0.7, 0.3))


def test_benjamini_hochberg_by_hand() -> None:
    # Sorted p x 4 / rank: .004, .04, .0533, .5: three discoveries at 0.06.
    q, highest = discoveries(array(0.02, 0.5, 0.001, 0.04), np.ones(4), 0.06)
    assert q == pytest.approx([0.04, 0.5, 0.004, 0.16 / 3])
    assert highest == pytest.approx(0.04)


def test_weights_move_the_attention_and_keep_their_mean() -> None:
    # Weights 1.5 and 0.5: p/w is .04 and .08; times 2 over rank: .08, .08.
    q, _ = discoveries(array(0.06, 0.04), array(3, 1), 0.1)
    assert q == pytest.approx([0.08, 0.08])


def test_tests_of_a_cell_are_combined_by_their_harmonic_mean() -> None:
    # 1 / (.5/.01 + .5/.03) = .015; what was not done leaves its weight to the other.
    p = np.array([[0.01, 0.03], [0.01, np.nan], [np.nan, np.nan]])
    assert combined(p, array(0.5, 0.5)) == pytest.approx([0.015, 0.01, 1.0])


def test_xmr_limits_by_hand() -> None:
    # Mean 5, moving ranges 2, 2, 2: deviation 2 / 1.128.
    chart = xmr(array(4, 6, 4, 6))
    assert chart.high[0] == pytest.approx(5 + 3 * 2 / 1.128)
    assert chart.fired == ()


def test_p_chart_names_the_point_beyond_its_limit() -> None:
    # 5 x 20 of 100 and 60 of 100: centre 160/600, deviation sqrt(.2667 x .7333 / 100) = .0442.
    chart = p_chart(array(20, 20, 20, 20, 20, 60), np.full(6, 100.0))
    assert chart.deviations[0] == pytest.approx(0.0442, abs=5e-5)
    assert [(f.rule, f.points) for f in chart.fired] == [(RunRule.BEYOND, (5,))]


def test_u_chart_limits_follow_the_exposure() -> None:
    # 30 counts on 300: centre .1; on 100 the deviation is sqrt(.1/100), on 200 sqrt(.1/200).
    chart = u_chart(array(10, 20), array(100, 200))
    assert chart.deviations == pytest.approx([0.0316228, 0.0223607], abs=1e-6)


def test_eight_on_one_side_and_six_rising_fire() -> None:
    level = p_chart(array(*[55] * 8, *[45] * 8), np.full(16, 100.0))
    rising = p_chart(array(46, 47, 49, 50, 52, 54), np.full(6, 100.0))
    assert [f.rule for f in level.fired] == [RunRule.SAME_SIDE]
    assert [f.rule for f in rising.fired] == [RunRule.COURSE]


def test_a_course_takes_the_chart_that_fits_the_figure() -> None:
    halves = range(8)
    shares = [Point(i, 0.2 + 0.4 * (i == 7), 20 + 40 * (i == 7), 100) for i in halves]
    found = course_of(shares, Kind.SHARE)
    assert (found.kind, [f.points for f in found.chart.fired]) == ("p", [(7,)])
    # What half-years differ by themselves widens the limits: .25 x .75 x (1/100 + .07).
    assert course_of(shares, Kind.SHARE, within=0.07).chart.fired == ()
    # 3 of each 100 youths: one hundred of exposure per 100 youths, deviation sqrt(3/50) = .245.
    rates = [Point(i, 3.0, 150, 5000) for i in halves]
    found = course_of(rates, Kind.RATE)
    assert (found.kind, found.chart.centre) == ("u", pytest.approx(3))
    assert found.chart.deviations[0] == pytest.approx((3 / 50) ** 0.5)
    rising = course_of([Point(i, 100.0 + i) for i in halves], Kind.PERCENTILE)
    assert (rising.kind, rising.trend.slope, rising.season.p > 0.05) == ("xmr", 1.0, True)
    assert course_of(shares[:4], Kind.SHARE) is None
    assert course_of([*shares[:4], *shares[5:]], Kind.SHARE).season is None


def test_a_course_is_told_in_words() -> None:
    rising = [
        (f"202{i // 2}-H{1 + i % 2}", Reading(0.10 + 0.02 * i, 10 + 2 * i, 100)) for i in range(8)
    ]
    card = course_card(get("dropout_rate"), "Uitval", rising)
    assert card is not None
    assert card.trend.startswith("loopt langzaam op: ongeveer 2,0 procentpunt per halfjaar")
    # Second half-years .1 higher than first ones, without a trend and nearly without chance.
    swing = [
        (label, Reading(0.2 + 0.1 * (i % 2) + 0.001 * (i % 3), 20, 100))
        for i, (label, _) in enumerate(rising)
    ]
    card = course_card(get("dropout_rate"), "Uitval", swing)
    assert card is not None
    assert card.season.startswith("tweede halfjaren liggen ongeveer 10,")
    hidden = [(label, Reading(HIDDEN)) for label, _ in rising]
    assert course_card(get("dropout_rate"), "Uitval", hidden) is None


def test_kendall_is_exact() -> None:
    # Five rising values: one order of 120 has S = 10, one has -10.
    found = trend(array(1, 2, 4, 5, 9))
    assert found is not None
    assert (found.score, found.slope) == (10, pytest.approx(1.875, abs=0.2))
    assert found.p == pytest.approx(2 / 120)


def test_a_season_is_seen_beside_a_trend() -> None:
    noise = array(0.1, -0.1, 0.05, -0.05, 0.02, -0.08, 0.06, 0)
    found = season(array(1, 3, 2, 4, 3, 5, 4, 6) + noise)
    assert found is not None
    assert found.effect == pytest.approx(0.6925, abs=0.01)
    assert found.p < 0.001


def panel(rng: np.random.Generator, phi: float | None, cells: int = 120) -> Panel:
    level = np.full(cells, 0.2) if phi is None else rng.beta(0.2 * phi, 0.8 * phi, cells)
    cases = np.full((cells, 6), 150)
    counts = rng.binomial(cases, level[:, None]).astype(float)
    return Panel(
        tuple(map(str, range(cells))), np.zeros(cells, np.int64), counts, cases.astype(float)
    )


def test_spread_between_cells_is_estimated() -> None:
    found = [spread_of(panel(np.random.default_rng(seed), 60)) for seed in range(5)]
    assert np.mean([one.between for one in found]) == pytest.approx(1 / 61, rel=0.2)
    assert max(one.within for one in found) < 0.002


def test_without_spread_chance_alone_explains_it() -> None:
    found = [spread_of(panel(np.random.default_rng(seed), None)).between for seed in range(5)]
    assert max(found) < 0.001


def test_a_cell_that_stands_out_does_not_widen_its_own_limits() -> None:
    made = panel(np.random.default_rng(3), None, cells=8)
    made.numerators[0] = 75
    found = spread_of(made)
    assert found.for_cell[0][0] < found.between


def test_a_limit_that_a_cell_can_reach() -> None:
    # 500 cases: .15 becomes .225; deviations sqrt(.1275/500) = .015969 and sqrt(.174375/500)
    # = .018675; found in half of the cases at .075/.015969, in 84.13 % a deviation lower.
    centre, cases, none = array(0.15), array(500), array(0)
    assert reach(centre, cases, none, 1, 0.5)[0] == pytest.approx(4.6966, abs=1e-3)
    assert reach(centre, cases, none, 1, 0.841345)[0] == pytest.approx(3.5271, abs=1e-3)
    assert shifted(array(0.15, 0.8), 1) == pytest.approx([0.225, 1 - 0.2 / 1.5])
    assert shifted(array(0.15, 0.8), -1) == pytest.approx([0.1, 0.7])


def test_the_budget_is_spent_where_it_buys_something() -> None:
    # .0006 over 200: those out of reach and those that need nothing have .3 of an even part.
    p, edge = spent(np.concatenate((np.full(99, -3.0), array(3.3, 4), np.full(99, 12.0))), 0.0006)
    assert p.sum() == pytest.approx(0.0006)
    assert p[0] == p[-1] == pytest.approx(0.3 * 0.0006 / 200, rel=0.01)
    assert p[99] > 10 * p[100] > p[0]
    assert edge > 3.3


def test_the_size_needed_is_where_the_shift_is_found() -> None:
    # At an edge of 3.5 a limit of 3.5 + |reach - 3.5| holds; found in 80 % of cases from here on.
    centre = array(0.15)
    needed = size_needed(centre, lambda size: np.zeros(len(size)), 1, 3.5)
    own = limit(reach(centre, 2 * needed, array(0), 1), 3.5)
    assert reach(centre, 2 * needed, array(0), 1, 0.8)[0] == pytest.approx(own[0], abs=0.02)
    assert np.isinf(size_needed(centre, lambda size: size * 0 + 0.25, 1, 3.5)[0])


def test_a_cell_alone_in_its_segment_is_compared_with_its_own_past() -> None:
    with np.errstate(all="raise"):
        alone = Panel.of(["a"], [0], [[30, 30, 30, 70]], [[200] * 4])
        empty = Panel.of(["a"], [0], [[0, 1]], [[0, 2]])
        found, nothing = judge([alone, empty])
    assert found.found[0]
    assert found.best[0] == "earlier"
    assert not nothing.found[0]


def test_hardly_any_false_alarm_without_differences() -> None:
    alarms = [*false_alarms(World(8000, 200), 4, 1), *false_alarms(World(16000, 60), 4, 1)]
    assert sum(alarms) / len(alarms) < 1


def test_most_true_shifts_are_found_within_two_half_years() -> None:
    alike = list(found_in(World(16000, planted=250), 6, 1))
    spread = list(found_in(World(16000, 60, planted=600), 6, 1))
    assert sum(when > 0 for when in alike) >= 4
    assert sum(when > 0 for when in spread) >= 5
