from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DomainError
from finance.domain.allocation import split_euros
from finance.domain.keys import (
    Facts,
    Rules,
    Weights,
    chained,
    limited,
    settle,
    shares_of,
    swing,
)

ONE = Fraction(1)
F = Fraction


def test_population_and_use_by_hand():
    # Youths 100 and 300, use 500 and 500; half each: (1/4 + 1/2) / 2 = 3/8.
    facts = Facts(
        part={"0361": ONE, "0373": ONE},
        population={"0361": 100, "0373": 300},
        use={"0361": Decimal(500), "0373": Decimal(500)},
    )
    assert shares_of(facts, Weights(population=50, use=50)) == {"0361": F(3, 8), "0373": F(5, 8)}


def test_who_buys_a_part_counts_for_that_part():
    # Den Haag has 900 of 1000 youths but buys a third of the segment here: 300 against 100.
    facts = Facts(part={"0503": ONE, "0518": F(1, 3)}, population={"0503": 100, "0518": 900})
    assert shares_of(facts, Weights(population=100)) == {"0503": F(1, 4), "0518": F(3, 4)}


def test_who_does_not_take_part_pays_nothing():
    facts = Facts(part={"0503": ONE, "0518": F(0)}, population={"0503": 100, "0518": 900})
    assert shares_of(facts, Weights(population=100)) == {"0503": ONE}


def test_fixed_shares_and_a_basis_that_says_nothing():
    facts = Facts(part={"0503": ONE, "0518": ONE}, fixed={"0503": Decimal(30), "0518": Decimal(70)})
    assert shares_of(facts, Weights(fixed=100))["0518"] == F(7, 10)
    with pytest.raises(DomainError, match="jeugdigen"):
        shares_of(facts, Weights(population=100))
    with pytest.raises(DomainError, match="100"):
        Weights(population=60, use=50)


def test_a_limit_by_hand():
    # Was 50/30/20, would be 62/28/10. At most 10 %: A 55; C 18; B the rest: 27, just its lowest.
    shares = {"A": F(62, 100), "B": F(28, 100), "C": F(10, 100)}
    before = {"A": F(50, 100), "B": F(30, 100), "C": F(20, 100)}
    assert limited(shares, before=before, percent=Decimal(10)) == {
        "A": F(55, 100), "B": F(27, 100), "C": F(18, 100),
    }  # fmt: skip


def test_what_one_may_not_pay_is_spread_over_the_others_in_proportion():
    # Was 40/30/30, would be 60/24/16; 20 %: A at most 48. B and C share 52 as 24 to 16, but C may
    # not go below 24: then B has 28.
    shares = {"A": F(60, 100), "B": F(24, 100), "C": F(16, 100)}
    before = {"A": F(40, 100), "B": F(30, 100), "C": F(30, 100)}
    assert limited(shares, before=before, percent=Decimal(20)) == {
        "A": F(48, 100), "B": F(28, 100), "C": F(24, 100),
    }  # fmt: skip


def test_what_the_others_may_not_take_stays_with_one_who_uses_nothing_now():
    # Was 60/40, A uses nothing any more; 10 %: B may go to 44, so A keeps 56 (at least 54).
    shares, before = {"A": F(0), "B": ONE}, {"A": F(60, 100), "B": F(40, 100)}
    found = limited(shares, before=before, percent=Decimal(10))
    assert found == {"A": F(56, 100), "B": F(44, 100)}
    # A newcomer without use takes nothing: the limits cannot hold, the shares stand.
    assert limited(shares, before={"B": F(1, 2)}, percent=Decimal(10)) == shares


def test_a_limit_that_nobody_meets_changes_nothing():
    shares = {"A": F(51, 100), "B": F(49, 100)}
    assert limited(shares, before={"A": F(1, 2), "B": F(1, 2)}, percent=Decimal(5)) == shares


amounts = st.dictionaries(
    st.sampled_from([f"{code:04d}" for code in range(300, 312)]),
    st.tuples(st.integers(1, 10**6), st.integers(0, 10**6)),
    min_size=2,
).filter(lambda pairs: any(pair[1] for pair in pairs.values()))


def of_one(values):
    whole = sum(values.values())
    return {code: F(value, whole) for code, value in values.items()}


@given(amounts, st.integers(1, 60), st.integers(-(10**12), 10**12))
def test_limited_shares_are_whole_within_limits_and_add_up_to_the_cent(pairs, percent, cents):
    before = of_one({code: pair[0] for code, pair in pairs.items()})
    wanted = of_one({code: pair[1] for code, pair in pairs.items()})
    found = limited(wanted, before=before, percent=Decimal(percent))
    assert sum(found.values()) == 1
    room = F(percent, 100)
    assert all(abs(found[code] - before[code]) <= before[code] * room for code in found)
    amount = Decimal(cents).scaleb(-2)
    assert sum(split_euros(amount=amount, weights=found).values()) == amount


def test_risk_equalisation_by_hand():
    # Use 700 and 300, key half and half; 40 % of the difference is shared.
    settled, left = settle(
        shares={"A": F(1, 2), "B": F(1, 2)},
        use={"A": Decimal(700), "B": Decimal(300)},
        rules=Rules(equalised=Decimal(40)),
    )
    assert settled["A"].borne == Decimal(620)  # 700 - 0,4 x 200
    assert settled["B"].borne == Decimal(380)
    assert left == 0


def test_a_swing_fund_by_hand():
    # Each deposits 5 % of 500. Nothing is equalised; A is 200 above its part. Above 10 % (50) it
    # gets 150, but there is 50 + 60 in the fund.
    settled, left = settle(
        shares={"A": F(1, 2), "B": F(1, 2)},
        use={"A": Decimal(700), "B": Decimal(300)},
        rules=Rules(equalised=Decimal(0), deposit=Decimal(5), threshold=Decimal(10)),
        fund=Decimal(60),
    )
    assert settled["A"].from_fund == Decimal(110)
    assert settled["A"].pays == Decimal(700) + 25 - 110
    assert settled["B"].pays == Decimal(325)
    assert left == 0


def test_credits_above_the_use_are_borne_as_negative_cost():
    # Use -100 and 300, key half and half (100 each); half of the difference is shared: 0 and 200.
    # Nothing shared: each its own.
    for equalised, borne in ((50, (0, 200)), (0, (-100, 300)), (100, (100, 100))):
        settled, _ = settle(
            shares={"A": F(1, 2), "B": F(1, 2)},
            use={"A": Decimal(-100), "B": Decimal(300)},
            rules=Rules(equalised=Decimal(equalised)),
        )
        assert (settled["A"].borne, settled["B"].borne) == borne, equalised


def test_of_a_part_below_nothing_nothing_goes_into_the_fund_or_out_of_it():
    # More credits than cost: parts -50 and -50. B is 10 above its part, and the fund is empty.
    settled, left = settle(
        shares={"A": F(1, 2), "B": F(1, 2)},
        use={"A": Decimal(-60), "B": Decimal(-40)},
        rules=Rules(equalised=Decimal(0), deposit=Decimal(5), threshold=Decimal(10)),
    )
    assert [one.deposit for one in settled.values()] == [0, 0]
    assert [one.from_fund for one in settled.values()] == [0, 0]
    assert [one.pays for one in settled.values()] == [Decimal(-60), Decimal(-40)]
    assert left == 0


def test_who_leaves_changes_as_much_as_who_joins():
    by_year = {2027: {"A": F(7, 10), "B": F(3, 10)}, 2028: {"A": F(8, 10), "C": F(2, 10)}}
    assert swing(by_year) == F(3, 10)


def test_years_are_limited_one_after_another_and_told_how_much_they_swing():
    # From half to 80 %, at most a tenth a year: 55 %, then 60,5 %.
    wanted = {"A": F(8, 10), "B": F(2, 10)}
    found = chained(
        [(2027, wanted), (2028, wanted)], start={"A": F(1, 2), "B": F(1, 2)}, percent=Decimal(10)
    )
    assert found[2027] == {"A": F(55, 100), "B": F(45, 100)}
    # B may not go below 40,5 %.
    assert found[2028] == {"A": F(595, 1000), "B": F(405, 1000)}
    assert swing(found) == F(45, 1000)


def test_who_leaves_or_joins_does_not_undo_the_limit_for_the_others():
    wanted, third = {"A": F(6, 10), "B": F(4, 10)}, F(1, 3)
    three = dict.fromkeys("ABC", third)
    # Without C the two had a half each; a tenth more and less is 55 and 45. Then B not below 40,5.
    left = chained([(2028, wanted), (2029, wanted)], start=three, percent=Decimal(10))
    assert left[2028] == {"A": F(55, 100), "B": F(45, 100)}
    assert left[2029] == {"A": F(595, 1000), "B": F(405, 1000)}
    # C takes its third at once, whether it was not there or paid nothing; nobody else is limited.
    for nothing in ({}, {"C": F(0)}):
        joined = chained(
            [(2028, three)], start={"A": F(1, 2), "B": F(1, 2)} | nothing, percent=Decimal(10)
        )
        assert joined[2028] == three


def test_half_a_cent_of_a_deposit_is_rounded_up():
    # 2,5 % of one euro each.
    settled, _ = settle(
        shares={"A": F(1, 2), "B": F(1, 2)},
        use={"A": Decimal(2)},
        rules=Rules(equalised=Decimal(0), deposit=Decimal("2.5"), threshold=Decimal(100)),
    )
    assert [one.deposit for one in settled.values()] == [Decimal("0.03")] * 2


def test_a_fund_that_is_too_small_goes_by_what_each_is_above():
    # Parts 800, 400 and 400; 1 % each is 16, with 84 in the fund 100. A is 120 above its threshold
    # of 10 %, C 160: 100 goes as 120 to 160.
    settled, left = settle(
        shares={"A": F(1, 2), "B": F(1, 4), "C": F(1, 4)},
        use={"A": Decimal(1000), "C": Decimal(600)},
        rules=Rules(equalised=Decimal(0), deposit=Decimal(1), threshold=Decimal(10)),
        fund=Decimal(84),
    )
    assert [one.pays for one in settled.values()] == [
        Decimal("965.14"), Decimal("4.00"), Decimal("546.86"),
    ]  # fmt: skip
    assert left == 0
