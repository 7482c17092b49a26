from dataclasses import replace

import numpy as np
import pytest

from finance.domain.layers import Mirror, SegmentSeries, fit_layers, mirrored
from finance.domain.level_filter import Drift
from finance.domain.season import month_season
from finance.domain.trend import DAMPING, fit_trends, looked_back, unseen


def fit(*values, **options):
    fits, _ = fit_trends(np.array([values], dtype=float), **options)
    return fits[0]


def test_a_flat_series_goes_on_flat():
    trend = fit(*[1.0] * 30)
    assert trend.level == pytest.approx(1.0)
    assert trend.ahead(24) == pytest.approx(np.ones(24))


def test_one_month_is_carried_on_as_it_is():
    assert fit(1.3).ahead(6) == pytest.approx(np.full(6, 1.3), rel=1e-4)


def test_two_months_do_not_make_a_trend():
    assert abs(fit(1.0, 1.2).slope) < 0.01


def test_a_series_without_any_month_goes_on_as_an_ordinary_one_with_much_room():
    trend = fit(np.nan, np.nan)
    assert (trend.level, trend.slope) == (1, 0)
    assert trend.sigma == pytest.approx(0.2)


def test_steady_growth_is_seen_and_fades():
    trend = fit(*(1 + 0.005 * np.arange(48)))
    ahead = trend.ahead(120)
    assert trend.slope == pytest.approx(0.005, rel=0.25)
    assert np.all(np.diff(ahead) > 0)
    # The damped sum of slopes ends at slope x damping / (1 - damping).
    limit = trend.level + trend.slope * DAMPING / (1 - DAMPING)
    assert ahead[-1] == pytest.approx(limit, rel=0.01)


def test_a_hole_in_the_series_is_no_drop():
    values = np.ones(30)
    values[10:13] = np.nan
    assert fit(*values).level == pytest.approx(1.0, rel=1e-4)


def test_one_wild_month_hardly_moves_the_level():
    values = np.ones(36) + 0.02 * np.random.default_rng(1).standard_normal(36)
    calm = fit(*values).level
    values[20] = 2.0
    assert fit(*values).level == pytest.approx(calm, abs=0.05)


def test_an_uncertain_month_weighs_less():
    values = np.array([[*[1.0] * 24, 2.0]])
    sure, _ = fit_trends(values, variances=np.zeros_like(values))
    doubtful = np.zeros_like(values)
    doubtful[0, -1] = 1.0
    unsure, _ = fit_trends(values, variances=doubtful)
    assert abs(unsure[0].level - 1) < abs(sure[0].level - 1)


def test_weights_tell_what_an_observation_does_to_the_level():
    values = 1 + 0.05 * np.random.default_rng(2).standard_normal((1, 20))
    drift = Drift(0.1, 0.0003)
    before, _ = fit_trends(values, drift=drift)
    moved = values.copy()
    moved[0, 15] += 1e-6
    after, _ = fit_trends(moved, drift=drift)
    assert (after[0].level - before[0].level) / 1e-6 == pytest.approx(
        before[0].weights[15, 0], rel=1e-2
    )


def test_noise_is_measured():
    noise = 0.1 * np.random.default_rng(3).standard_normal((8, 60))
    fits, _ = fit_trends(1 + noise)
    assert np.mean([one.sigma for one in fits]) == pytest.approx(0.1, rel=0.15)


def test_series_of_a_segment_share_how_restless_they_are():
    source = np.random.default_rng(4)
    walks = 1 + np.cumsum(0.05 * source.standard_normal((6, 60)), axis=1)
    still = 1 + 0.05 * source.standard_normal((6, 60))
    assert fit_trends(walks)[1].level_ratio > fit_trends(still)[1].level_ratio


def test_the_season_of_a_pure_pattern_is_that_pattern():
    pattern = np.array([1.1, 1, 1, 1, 1, 1, 0.7, 0.8, 1.1, 1.1, 1.1, 1.1])
    totals = np.tile(pattern, 5) * 1000
    assert month_season(totals, first_month=1) == pytest.approx(pattern / pattern.mean())


def test_a_season_starts_in_the_month_where_the_series_starts():
    pattern = np.array([1.1, 1, 1, 1, 1, 1, 0.7, 0.8, 1.1, 1.1, 1.1, 1.1])
    totals = np.tile(np.roll(pattern, -3), 5) * 1000  # from April
    assert month_season(totals, first_month=4)[6] == pytest.approx(0.7, abs=0.01)


def test_of_a_single_year_half_of_the_pattern_is_taken_for_season():
    # Eleven months of 100 and an August of 40: 40 over the mean of 95 is 0,42; half of that way.
    year = np.array([100.0] * 7 + [40.0] + [100.0] * 4)
    season = month_season(year, first_month=1)
    assert season[7] == pytest.approx(1 + (40 / 95 - 1) / 2)
    assert season[0] == pytest.approx(1 + (100 / 95 - 1) / 2)


def test_less_than_a_year_steady_growth_or_no_money_has_no_season():
    assert list(month_season(np.array([100.0] * 10 + [40.0]), first_month=1)) == [1.0] * 12
    assert month_season(np.arange(100.0, 123.0), first_month=1) == pytest.approx(np.ones(12))
    assert list(month_season(np.zeros(48), first_month=1)) == [1.0] * 12


def test_a_month_or_most_months_without_money_leave_a_season_to_divide_by():
    # Every year the same, nothing in August: the pattern is 12/11 and nothing, kept above nothing.
    closed = np.tile(np.where(np.arange(12) == 7, 0.0, 100.0), 4)
    season = month_season(closed, first_month=1)
    assert season[7] == 0.05
    assert season[0] == pytest.approx(12 / 11)
    # Three amounts in four years: of every month the middle year is nothing.
    rare = np.isin(np.arange(48), [10, 24, 38]).astype(float)
    assert list(month_season(rare, first_month=1)) == [1.0] * 12


def test_noise_alone_is_hardly_a_season():
    totals = 1000 * (1 + 0.1 * np.random.default_rng(5).standard_normal(60))
    assert np.abs(month_season(totals, first_month=1) - 1).max() < 0.08


def test_the_months_to_come_are_drawn_to_the_last_year_and_less_every_month():
    # Level 1,2, no slope; the last year was 1. Weights 0,45 x 0,9 and 0,45 x 0,81.
    fit = replace(unseen(12), level=1.2).drawn_to(np.ones(12))
    assert fit.ahead(2) == pytest.approx([1.2 - 0.405 * 0.2, 1.2 - 0.3645 * 0.2])
    assert replace(fit, pull=0.0).ahead(2) == pytest.approx([1.2, 1.2])
    # Less than a year behind: nothing to be drawn to.
    assert replace(unseen(5), level=1.2).drawn_to(np.ones(5)).ahead(1) == pytest.approx([1.2])


def test_a_municipality_too_is_drawn_to_its_last_year():
    # One of two was alike for twenty months and has been higher for four.
    amounts = np.full((2, 24), 1000.0)
    amounts[0, 20:] = 1400.0
    nothing = np.zeros((2, 24))
    (segment,) = fit_layers([SegmentSeries(amounts, nothing, nothing[0])], damping=0.97).segments
    moved, still = segment.cells
    assert moved.ahead(3).max() < moved.level
    # Its part of the segment, both over their own mean of the year (1133,33 and 2133,33): eight
    # months of 0,8824 over 0,9375 and four of 1,2353 over 1,125.
    assert moved.usual == pytest.approx((8 * 0.9412 + 4 * 1.0980) / 12, abs=1e-4)
    assert still.ahead(3).min() > still.level


def test_limits_become_as_wide_as_the_misses_were():
    dice = np.random.default_rng(5)
    still = 1 + 0.02 * dice.standard_normal((4, 48))
    walks = 1 + np.cumsum(0.02 * dice.standard_normal((4, 48)), axis=1)
    nothing, equal = np.zeros((4, 48)), np.full(4, 0.25)
    for series, drift, low, high in (
        (still, Drift(1.0, 0.0), 0.0, 0.9),
        (walks, Drift(0.01, 0.0), 1.3, 3.0),
        (still, Drift(0.0, 0.0), 0.85, 1.15),
    ):
        fits, _ = fit_trends(series, drift=drift)
        assert low < looked_back(series, nothing, fits, drift, equal).times < high
    # A year and a half has nothing to look back on.
    short = still[:, :17]
    fits, drift = fit_trends(short)
    assert looked_back(short, nothing[:, :17], fits, drift, equal) == (1.0, 4.0)


def test_how_much_is_known_of_the_width_grows_with_what_can_be_looked_back_on():
    # 48 months: 31 looks of six months from the twelfth on, of four series alike: 4 + 4 x 31 / 6.
    still = 1 + 0.02 * np.random.default_rng(5).standard_normal((4, 48))
    fits, drift = fit_trends(still)
    looked = looked_back(still, np.zeros((4, 48)), fits, drift, np.full(4, 0.25))
    assert looked.freedom == pytest.approx(4 + 4 * 31 / 6)


def test_what_one_part_gains_another_loses():
    # Weights 0,5, 0,2 and 0,3, equally restless: the first and the third go opposite ways. Of
    # 0,25 + 0,04 + 0,09 is left (0,5 - 0,3)^2 + 0,2^2.
    part = replace(unseen(12), state=np.zeros((2, 2)), noise=0.12)
    assert part.year_ahead == pytest.approx(0.01)
    mirrors, left = mirrored([(0.5, part), (0.2, part), (0.3, part)])
    assert mirrors == [Mirror(0), Mirror(1), Mirror(0, opposite=True)]
    assert left == pytest.approx(0.08 / 0.38)


def test_two_equal_halves_leave_nothing_in_the_whole():
    part = unseen(12)
    assert mirrored([(0.5, part), (0.5, part)])[1] == 0
    assert mirrored([]) == ([], 1.0)
