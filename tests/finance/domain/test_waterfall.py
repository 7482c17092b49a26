from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as some

from finance.domain.waterfall import Change, waterfall


def change(before, after, clients, with_before=None, with_after=None):
    return Change(
        before,
        after,
        before if with_before is None else with_before,
        after if with_after is None else with_after,
        Fraction(clients),
    )


def test_four_steps_by_hand():
    # Two kinds of care of 100,00 each: ten clients cheap, one dear. Prices rise 10 %. The cheap
    # care grows to eleven clients; a measure saves 20,00 of the second year.
    cheap = change(10_000, 12_100, 10)
    dear = change(10_000, 11_000, 1, with_after=9_000)
    found = waterfall([cheap, dear], rise=Fraction(11, 10))
    assert found.start == 20_000
    assert found.price == 2_100  # of 231,00, a tenth on 210,00
    assert found.volume == 1_818  # 12 clients where 11 were: 200,00 / 11
    assert found.mix == -818  # the twelfth is a cheap one: 10,00 came, not 18,18
    assert found.measures == -2_000
    assert found.end == 21_100


def test_without_clients_all_growth_is_volume():
    found = waterfall([change(10_000, 11_000, 0)], rise=Fraction(1))
    assert (found.volume, found.mix) == (1_000, 0)


def test_a_measure_that_worked_before_counts_only_for_what_it_does_more():
    found = waterfall([change(1_000, 1_000, 1, 900, 800)], rise=Fraction(1))
    assert (found.start, found.measures, found.end) == (900, -100, 800)


amounts = some.integers(0, 10**10)


@given(
    rows=some.lists(
        some.builds(
            Change, amounts, amounts, amounts, amounts,
            some.fractions(0, 1000, max_denominator=100),
        ),
        max_size=6,
    ),
    rise=some.fractions(Fraction(4, 5), Fraction(3, 2), max_denominator=10_000),
)  # fmt: skip
def test_the_steps_always_add_up_to_the_cent(rows, rise):
    found = waterfall(rows, rise=rise)
    steps = found.volume + found.price + found.mix + found.measures
    assert found.start + steps == found.end
