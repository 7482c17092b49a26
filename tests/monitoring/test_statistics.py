"""Intervals and funnels, against values from the literature or worked out by hand."""

import math

import pytest

from monitoring.domain.statistics import (
    Z95,
    Party,
    binomial_limits,
    dispersion,
    funnel,
    wilson,
    winsorised,
    z_score,
)


def test_wilson_of_81_in_263() -> None:
    # Newcombe (1998), table I: 81/263 gives 0.2553 to 0.3662.
    interval = wilson(81, 263)
    assert (interval.low, interval.high) == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_wilson_of_none_in_20_starts_at_zero() -> None:
    # Newcombe (1998), table I: 0/20 gives 0 to 0.1611.
    interval = wilson(0, 20)
    assert interval.low == 0
    assert interval.high == pytest.approx(0.1611, abs=5e-5)


def test_share_of_nothing_has_no_interval() -> None:
    assert wilson(0, 0) is None


def test_limits_are_exact_where_the_tail_is_a_whole_number_of_cases() -> None:
    # Four fair coins: P(X <= 0) = 1/16. With that tail the lower limit is 0 of 4, the upper 3 of 4.
    z = 1.5341205443525463  # the normal quantile of 15/16
    limits = binomial_limits(0.5, 4, z)
    assert (limits.low, limits.high) == pytest.approx((0, 0.75), abs=1e-9)


def test_limits_approach_the_normal_ones_for_many_cases() -> None:
    limits = binomial_limits(0.3, 100_000, Z95)
    spread = Z95 * math.sqrt(0.3 * 0.7 / 100_000)
    assert (limits.low, limits.high) == pytest.approx((0.3 - spread, 0.3 + spread), abs=2e-5)


def test_z_score_on_the_arcsine_scale() -> None:
    # asin(sqrt(0.5)) - asin(sqrt(0.25)) = pi/4 - pi/6 = pi/12; 2 * sqrt(36) * pi/12 = pi.
    assert z_score(Party("a", 18, 36), 0.25) == pytest.approx(math.pi)


def test_outer_tenths_are_drawn_in() -> None:
    scores = [-9.0, -1, -1, 0, 0, 0, 0, 1, 1, 9]
    assert winsorised(scores) == [-1, -1, -1, 0, 0, 0, 0, 1, 1, 1]


def test_dispersion_counts_only_beyond_chance() -> None:
    # Ten scores of 1 have phi 1; of 2 have phi 4, beyond 1 + sqrt(0.2).
    assert dispersion([1.0, -1] * 5) == 1
    assert dispersion([2.0, -2] * 5) == 4
    assert dispersion([1.1, -1.1] * 5) == 1


def test_overdispersion_widens_limits_and_shrinks_scores() -> None:
    parties = [Party(str(i), 100 * (0.1 if i % 2 else 0.3), 100) for i in range(10)]
    comparison = funnel(parties)
    assert comparison is not None
    assert comparison.centre == pytest.approx(0.2)
    assert comparison.dispersion > 4
    plain = binomial_limits(0.2, 100, Z95)
    wide = comparison.limits(100, Z95)
    assert wide.high - 0.2 == pytest.approx((plain.high - 0.2) * comparison.dispersion**0.5)
    assert not any(placed.beyond_95 for placed in comparison.placed)


def test_one_outlier_among_alike_providers_is_seen() -> None:
    alike = [Party(str(i), 20, 100) for i in range(19)]
    comparison = funnel([*alike, Party("far", 60, 100)])
    assert comparison is not None
    assert [p.party.key for p in comparison.placed if p.beyond_998] == ["far"]


def test_nothing_to_compare_with_one_provider() -> None:
    assert funnel([Party("only", 1, 10), Party("empty", 0, 0)]) is None
