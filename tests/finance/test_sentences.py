from decimal import Decimal

import pytest

from finance.domain.projection_result import TurningPoint
from finance.queries.budgets import BudgetFigure
from finance.queries.reports import YearFigure
from finance.sentences import (
    budget_sentence,
    chance,
    expected_turn_sentence,
    savings_sentence,
    turning_sentence,
    turning_sentences,
    year_sentence,
)

MLN = 1_000_000


def figure(year, expected, low, high, *, budget=None, over=False, complete=True):
    amounts = [Decimal(x * MLN) for x in (expected, low, high)]
    given = budget and BudgetFigure(Decimal(budget * MLN), False, 1, False, False, True, (), ())
    return YearFigure(
        year=year,
        complete=complete,
        over=over,
        observed=amounts[0],
        expected=amounts[0],
        savings=Decimal(0),
        low80=amounts[1],
        high80=amounts[2],
        low95=amounts[1],
        high95=amounts[2],
        budget=given,
    )


LAST = figure(2025, 50, 50, 50, over=True)


def test_a_year_that_is_over_is_stated():
    assert year_sentence(LAST, None) == "In 2025 kostte de jeugdhulp € 50,0 miljoen."


def test_a_rise_is_claimed_only_outside_the_interval():
    assert "€ 5,0 miljoen meer dan in 2025" in year_sentence(figure(2026, 55, 53, 57), LAST)
    assert "€ 5,0 miljoen minder dan in 2025" in year_sentence(figure(2026, 45, 43, 47), LAST)
    assert "niet zeker" in year_sentence(figure(2026, 51, 48, 54), LAST)


def test_half_a_year_is_not_compared_with_a_whole_one():
    part = figure(2026, 20, 19, 21, complete=False)
    assert "dan in 2025" not in year_sentence(part, LAST)
    assert budget_sentence(part) == ""


@pytest.mark.parametrize(
    ("budget", "words"),
    [(50, "te weinig"), (60, "meer dan nodig"), (54, "boven de begroting, maar"), (None, "")],
)
def test_a_shortage_is_claimed_only_outside_the_interval(budget, words):
    sentence = budget_sentence(figure(2026, 55, 53, 57, budget=budget))
    assert words in sentence
    assert bool(sentence) == (budget is not None)


def test_the_turning_point_comes_with_its_probability():
    point = TurningPoint(2027, ((2026, 0.25), (2027, 0.5), (2028, 0.1)))
    assert "is naar verwachting 2027" in turning_sentence(point)
    assert "75%" in turning_sentence(point)


def test_without_a_turning_point_the_probability_of_one_is_given():
    sentence = turning_sentence(TurningPoint(None, ((2026, 0.1), (2027, 0.1))))
    assert sentence.startswith("Naar verwachting stijgen de kosten tot en met 2027 elk jaar.")
    assert "20%" in sentence
    assert "twee hele jaren" in turning_sentence(TurningPoint(None, ()))


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.0, "minder dan 1%"), (0.5, "50%"), (0.999, "meer dan 99%"), (1.0, "meer dan 99%")],
)
def test_paths_never_make_anything_certain(share, words):
    assert chance(share) == words


def test_savings_that_make_the_difference_are_named():
    turned, not_turned = TurningPoint(2027, ((2027, 1.0),)), TurningPoint(None, ((2027, 0.0),))
    assert len(turning_sentences(turned, turned)) == 1
    first, second = turning_sentences(turned, not_turned)
    assert first.startswith("Als de besparing lukt die hier is meegeteld: het omslagpunt")
    assert second.startswith("Zonder die besparing: naar verwachting stijgen de kosten")


def test_what_of_a_saving_falls_on_agreed_amounts_is_told():
    asked = Decimal(-25 * MLN)
    assert savings_sentence(2030, asked, asked) == ""
    assert savings_sentence(2030, asked, Decimal(-15 * MLN)) == (
        "Van de geplande besparing van € 25,0 miljoen in 2030 valt € 10,0 miljoen op bedragen "
        "die al zijn afgesproken. Daar gaat niets van af, dus dat deel telt hier niet mee."
    )


@pytest.mark.parametrize(
    ("cost", "words"),
    [
        (52, "niet gehaald: in 2025 kostte de jeugdhulp € 2,0 miljoen meer dan in 2024"),
        (48, "Dat is gehaald: in 2025 kostte de jeugdhulp € 2,0 miljoen minder dan in 2024"),
    ],
)
def test_a_turning_point_that_was_expected_is_held_against_what_it_became(cost, words):
    years = {
        2024: figure(2024, 50, 50, 50, over=True),
        2025: figure(2025, cost, cost, cost, over=True),
    }
    assert words in expected_turn_sentence(2025, years, TurningPoint(None, ((2026, 0.2),)))


def test_a_turning_point_still_to_come_is_told_with_its_chance():
    point = TurningPoint(2028, ((2026, 0.2), (2027, 0.3), (2028, 0.25)))
    assert "dan of eerder zover is, is 50%" in expected_turn_sentence(2027, {2025: LAST}, point)
    assert "zegt niets over dat jaar" in expected_turn_sentence(2040, {2025: LAST}, point)
    unsure = {2025: LAST, 2026: figure(2026, 51, 49, 53, over=True)}
    assert "nog niet zeker" in expected_turn_sentence(2026, unsure, point)
