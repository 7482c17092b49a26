"""Early-warning signals, worked out by hand."""

from decimal import Decimal

import pytest

from providers.domain.soundness import Limits, YearFigures, early_signals, losses_in_a_row

D = Decimal


def year(number: int, result: str = "10", **more: str) -> YearFigures:
    return YearFigures(number, D(200), D(result), **{k: D(v) for k, v in more.items()})


def codes(*years: YearFigures, **limits: Decimal) -> list[str]:
    return [signal.code for signal in early_signals(years, Limits(**limits))]


def test_ratios_are_rounded_half_up() -> None:
    found = YearFigures(2025, D(800), D("25.02"), D(105), D(200), D(1), D(3))
    # 25,02/800 = 0,031275; 105/200 = 0,525; 1/3 = 0,33333
    assert (found.margin, found.liquidity, found.solvency) == (D("0.0313"), D("0.53"), D("0.3333"))


def test_without_a_denominator_there_is_no_ratio() -> None:
    found = YearFigures(2025, D(0), D(5), D(10), D(0))
    assert (found.margin, found.liquidity, found.solvency) == (None, None, None)


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ({2023: "-1", 2024: "-1", 2025: "-1"}, 3),
        ({2022: "-1", 2024: "-1", 2025: "-1"}, 2),  # 2023 is not known
        ({2023: "-1", 2024: "-1", 2025: "0"}, 0),
        ({2024: "5", 2025: "-1"}, 1),
    ],
)
def test_losses_count_back_from_the_last_year(results: dict[int, str], expected: int) -> None:
    assert losses_in_a_row([year(n, result) for n, result in results.items()]) == expected


def test_three_negative_years_are_a_signal_and_two_are_none() -> None:
    lossy = [year(n, "-1") for n in (2023, 2024, 2025)]
    assert codes(*lossy) == ["verlies-op-rij"]
    assert early_signals(lossy, Limits())[0].text == "3 jaar op rij verlies (2023 tot en met 2025)."
    assert codes(*lossy[1:]) == []


def test_liquidity_on_the_limit_is_enough() -> None:
    assert codes(year(2025, current_assets="100", current_liabilities="100")) == []
    assert codes(year(2025, current_assets="99", current_liabilities="100")) == ["liquiditeit"]


def test_excessive_profit_is_a_signal_only_where_the_region_sets_a_limit() -> None:
    rich = year(2025, "21")  # 10,5 %
    assert codes(rich) == []
    assert codes(rich, most_margin=D("0.10")) == ["winst"]
    assert codes(rich, most_margin=D("0.105")) == []


def test_only_the_last_year_counts_for_ratios() -> None:
    poor = year(2024, current_assets="1", current_liabilities="100")
    assert codes(poor, year(2025, current_assets="2", current_liabilities="1")) == []
