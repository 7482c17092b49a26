import numpy as np
import pytest

from finance.domain.calendar_effects import calendar_effects, diagonal_ratios
from finance.domain.completion import build_triangle, develop
from finance.domain.method_choice import METHODS, ORDINARY, choose_method


def rows_of(months, shares, *, as_of=None, amount=1000.0):
    """Every month the same, coming in by shares per lag; `shares` may depend on the month."""
    last = months - 1 if as_of is None else as_of
    return [
        (care, care + lag, amount * share)
        for care in range(months)
        for lag, share in enumerate(shares(care))
        if care + lag <= last
    ]


def triangle_of(rows, months=36, lags=4):
    return build_triangle(rows=rows, months=months, lags=lags)


def test_a_window_takes_the_factors_of_the_last_months():
    # Half was known at once, 80 % since month 24: the factor of the last year is 1.25, of all 1.5.
    rows = rows_of(36, lambda care: (0.8, 0.2) if care >= 24 else (0.5, 0.5))
    triangle = triangle_of(rows, lags=2)
    assert develop(triangle, window=6).factors[0] == pytest.approx(1.25)
    # 24 months 500 -> 1000, 11 months 800 -> 1000: 35000 / 20800
    assert develop(triangle).factors[0] == pytest.approx(35 / 20.8)


def test_when_providers_became_prompter_recent_growth_is_chosen():
    noise = np.random.default_rng(1)
    rows = rows_of(36, lambda care: (0.85, 0.15) if care >= 22 else (0.5, 0.5), amount=1000.0)
    rows = [
        (care, known, euros * (1 + 0.01 * noise.standard_normal())) for care, known, euros in rows
    ]
    choice = choose_method(triangle_of(rows, lags=2), pattern=np.ones(36))
    assert choice.method.window in (6, 12)
    assert choice.development.factors[0] == pytest.approx(1 / 0.85, rel=0.02)


def test_without_reason_the_ordinary_way_stays():
    noise = np.random.default_rng(2)
    rows = [
        (care, known, euros * (1 + 0.02 * noise.standard_normal()))
        for care, known, euros in rows_of(36, lambda care: (0.6, 0.3, 0.1))
    ]
    assert choose_method(triangle_of(rows), pattern=np.ones(36)).method == ORDINARY


def test_a_short_history_chooses_nothing():
    rows = rows_of(8, lambda care: (0.6, 0.4))
    choice = choose_method(triangle_of(rows, months=8, lags=2), pattern=np.ones(8))
    assert choice.method == METHODS[0]
    assert choice.widened == 1.0


def test_silence_and_catching_up_are_recognised_and_do_not_count():
    # In month 25 nothing comes in; in month 26 all of it as well.
    rows = []
    for care, known, euros in rows_of(36, lambda care: (0.6, 0.4)):
        rows.append((care, 26 if known == 25 else known, euros))
    triangle = triangle_of(rows, lags=4)
    effects = {effect.month: effect for effect in calendar_effects(triangle)}
    assert set(effects) == {25, 26}
    assert not effects[25].is_catch_up
    assert effects[26].is_catch_up
    odd = frozenset(effects)
    assert develop(triangle, without=odd).factors[0] == pytest.approx(1 / 0.6)
    assert develop(triangle).factors[0] > 1.69


def test_ordinary_months_bring_what_was_expected():
    triangle = triangle_of(rows_of(24, lambda care: (0.6, 0.4)), months=24, lags=2)
    assert diagonal_ratios(triangle)[2:] == pytest.approx(np.ones(22))
    assert calendar_effects(triangle) == ()
