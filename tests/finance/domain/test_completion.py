from dataclasses import replace

import numpy as np
import pytest

from finance.domain.completion import (
    bornhuetter_ferguson,
    build_triangle,
    chain_ladder,
    complete,
    develop,
    prediction_error,
    tail_factor,
)

from .published import (
    ABC,
    MERZ_WUETHRICH,
    MORTGAGE,
    RAA,
    TAYLOR_ASHE,
    UK_MOTOR,
    differences,
    movements,
)


def triangle_of(increments, **options):
    return build_triangle(
        rows=movements(increments), months=len(increments), lags=len(increments[0]), **options
    )


def test_the_raa_triangle_gives_the_published_answer():
    completion = chain_ladder(triangle_of(differences(RAA)))
    assert completion.ultimate.sum() == pytest.approx(213_122, abs=0.5)
    assert completion.reserve.sum() == pytest.approx(52_135, abs=0.5)
    assert completion.error.total_standard_error == pytest.approx(26_909, abs=0.5)
    published = [0, 206, 623, 747, 1469, 2002, 2209, 5358, 6333, 24566]
    assert completion.error.standard_errors == pytest.approx(published, abs=0.6)


def test_the_taylor_ashe_triangle_gives_the_published_answer():
    completion = chain_ladder(triangle_of(TAYLOR_ASHE))
    assert completion.reserve.sum() == pytest.approx(18_680_856, abs=0.5)
    assert completion.error.total_standard_error == pytest.approx(2_447_095, abs=0.5)
    reserves = [
        0, 94_634, 469_511, 709_638, 984_889, 1_419_459, 2_177_641, 3_920_301, 4_278_972, 4_625_811,
    ]  # fmt: skip
    errors = [
        0, 75_535, 121_699, 133_549, 261_406, 411_010, 558_317, 875_328, 971_258, 1_363_155,
    ]  # fmt: skip
    assert completion.reserve == pytest.approx(reserves, abs=0.6)
    assert completion.error.standard_errors == pytest.approx(errors, abs=0.6)


def test_the_mortgage_and_abc_triangles_give_the_published_answers():
    for triangle, reserve, error, last in (
        (MORTGAGE, 14_546_730, 3_728_870, (1_646_792, 2_182_258)),
        (ABC, 5_277_760, 152_283, (2_192_777, 107_919)),
    ):
        found = chain_ladder(triangle_of(differences(triangle)))
        assert found.reserve.sum() == pytest.approx(reserve, abs=0.5)
        assert found.error.total_standard_error == pytest.approx(error, abs=0.5)
        own = (found.reserve[-1], found.error.standard_errors[-1])
        assert own == pytest.approx(last, abs=0.6)


def test_british_motor_and_merz_and_wuethrich_give_the_published_answers():
    motor = chain_ladder(triangle_of(differences(UK_MOTOR)))
    assert motor.reserve.sum() == pytest.approx(28_655.77, abs=0.01)
    assert motor.error.total_standard_error == pytest.approx(1_417.27, abs=0.01)
    assert motor.error.standard_errors == pytest.approx(
        [0, 3.62, 22.90, 141.98, 426.70, 692.39, 900.58], abs=0.01
    )
    merz = chain_ladder(triangle_of(differences(MERZ_WUETHRICH)))
    assert merz.reserve.sum() == pytest.approx(2_237_826, abs=0.5)
    assert merz.error.total_standard_error == pytest.approx(108_401, abs=0.5)
    assert merz.reserve == pytest.approx(
        [0, 4_378, 9_347, 28_392, 51_444, 111_811, 187_084, 411_864, 1_433_505], abs=0.6
    )


def test_a_tail_gives_the_answer_of_the_article_that_brought_it_in():
    # Mack 1999: the mortgage triangle with a tail of 1.05, its error 0.02 and its spread 71; to the
    # unit as the help of the R package ChainLadder gives it.
    triangle = triangle_of(differences(MORTGAGE))
    plain = develop(triangle)
    last = {"factors": 1.05, "factor_variance": 0.02**2, "sigma2": 71.0**2}
    tailed = replace(
        plain,
        developed=plain.developed / 1.05,
        **{name: np.append(getattr(plain, name)[:-1], value) for name, value in last.items()},
    )
    found = complete(latest=triangle.latest, ages=triangle.ages, development=tailed)
    assert found.reserve == pytest.approx(
        [
            97_505,
            303_813,
            545_456,
            1_218_667,
            1_928_523,
            4_174_250,
            3_759_398,
            3_118_154,
            1_729_787,
        ],
        abs=0.6,
    )
    assert found.error.standard_errors == pytest.approx(
        [106_544, 179_977, 249_708, 417_857, 670_156, 1_127_984, 1_377_496, 1_901_740, 2_293_437],
        abs=0.6,
    )
    assert found.error.total_standard_error == pytest.approx(4_053_667.67, abs=0.01)


def test_the_last_months_of_knowing_alone_give_the_published_answer():
    # Taylor-Ashe with the growth of the last four calendar years only (help of the R package
    # ChainLadder); four differences reach back over five diagonals.
    triangle = triangle_of(TAYLOR_ASHE)
    found = complete(
        latest=triangle.latest, ages=triangle.ages, development=develop(triangle, window=4)
    )
    assert found.reserve.sum() == pytest.approx(18_895_573.06, abs=0.01)
    assert found.error.total_standard_error == pytest.approx(2_550_023.96, abs=0.01)
    assert found.error.standard_errors[-1] == pytest.approx(1_247_449, abs=0.6)


def test_a_triangle_by_hand():
    # Three months; known after one month: 100, 80, 60; a month later 150 and 120 in all.
    rows = [(0, 0, 100), (0, 1, 50), (1, 1, 80), (1, 2, 40), (2, 2, 60)]
    completion = chain_ladder(build_triangle(rows=rows, months=3, lags=2))
    # factor (150 + 120) / (100 + 80) = 1.5
    assert list(completion.ultimate) == [150, 120, 90]
    assert list(completion.reserve) == [0, 0, 30]


def test_credits_make_a_month_smaller():
    # Of every 100 declared, 10 is credited a month later.
    rows = [(0, 0, 100), (0, 1, -10), (1, 1, 200), (1, 2, -20), (2, 2, 50)]
    completion = chain_ladder(build_triangle(rows=rows, months=3, lags=2))
    assert completion.ultimate == pytest.approx([90, 180, 45])


def test_a_segment_declared_only_from_the_next_month_on_is_nothing_developed_at_first():
    rows = [(0, 1, 100), (1, 2, 100), (2, 3, 100)]
    development = develop(build_triangle(rows=rows, months=4, lags=2, as_of=3))
    assert list(development.developed) == [0, 1]
    assert development.first_lag == 1


def test_what_becomes_known_later_is_not_seen():
    rows = [(0, 0, 100), (0, 1, 50), (1, 1, 100), (1, 5, 999)]
    assert list(build_triangle(rows=rows, months=2, lags=3, as_of=1).latest) == [150, 100]


def test_early_and_very_late_amounts_stand_in_the_first_and_the_last_column():
    rows = [(2, 0, 10), (0, 2, 5)]
    triangle = build_triangle(rows=rows, months=3, lags=2)
    assert triangle.cumulative[2, 0] == 10
    assert list(triangle.cumulative[0]) == [0, 5]


def test_bornhuetter_ferguson_by_hand():
    # 30 known at a quarter developed, 200 expected: 30 + 3/4 of 200.
    result = bornhuetter_ferguson(
        latest=np.array([30.0]), developed=np.array([0.25]), expected=np.array([200.0])
    )
    assert list(result) == [180.0]


def test_a_young_month_leans_on_what_was_expected_and_an_old_one_does_not():
    rows = [(m, m, 25.0) for m in range(4)] + [(m, m + 1, 75.0) for m in range(3)]
    triangle = build_triangle(rows=rows, months=4, lags=2)
    completion = complete(
        latest=triangle.latest,
        ages=triangle.ages,
        development=develop(triangle),
        expected=np.full(4, 200.0),
        expected_error=20.0,
    )
    assert list(completion.young) == [False, False, False, True]
    assert list(completion.ultimate) == [100, 100, 100, 25 + 0.75 * 200]
    assert completion.error.total_standard_error == pytest.approx(0.75 * 20)


def test_errors_of_months_together_are_more_than_their_squares_added():
    completion = chain_ladder(triangle_of(TAYLOR_ASHE))
    apart = np.sqrt((completion.error.standard_errors**2).sum())
    assert completion.error.total_standard_error > apart


def test_a_subset_of_months_has_the_error_of_the_whole_when_it_is_the_only_open_part():
    triangle = triangle_of(TAYLOR_ASHE)
    development = develop(triangle)
    last = prediction_error(
        amounts=triangle.latest[-1:], ages=triangle.ages[-1:], development=development
    )
    assert last.total_standard_error == pytest.approx(1_363_155, abs=0.6)


def test_a_tail_follows_factors_that_fade_by_half():
    factors = 1 + 0.4 * 0.5 ** np.arange(6)
    left = np.prod(1 + 0.4 * 0.5 ** np.arange(6, 40))
    assert tail_factor(factors) == pytest.approx(left, rel=1e-6)


@pytest.mark.parametrize(
    "factors", [[1.5, 1.0, 1.0, 1.0], [1.2, 1.2, 1.2], [1.1, 1.3, 1.5], [2.0, 1.1]]
)
def test_no_tail_where_growth_ended_or_does_not_fade(factors):
    assert tail_factor(np.array(factors)) == pytest.approx(1.0)


def test_a_tail_adds_to_the_answer_and_to_its_error():
    plain, tailed = (chain_ladder(triangle_of(TAYLOR_ASHE), tail=tail) for tail in (False, True))
    assert tailed.ultimate.sum() > plain.ultimate.sum()
    assert tailed.error.total_standard_error > plain.error.total_standard_error


def test_months_without_anything_are_completed_to_nothing():
    completion = chain_ladder(build_triangle(rows=[], months=4, lags=3))
    assert list(completion.ultimate) == [0, 0, 0, 0]
    assert completion.error.total_standard_error == 0
