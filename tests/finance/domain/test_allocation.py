from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.domain.allocation import split_cents, split_euros


def test_a_third_each_gives_the_odd_cent_to_the_lowest_code():
    assert split_cents(cents=100, weights={"0518": 1, "0503": 1, "0603": 1}) == {
        "0503": 34,
        "0518": 33,
        "0603": 33,
    }


def test_the_largest_remainder_goes_first():
    # 10 over 5:3:1 is 5.56, 3.33 and 1.11: the missing cent goes to the first.
    assert split_cents(cents=10, weights={"a": 5, "b": 3, "c": 1}) == {"a": 6, "b": 3, "c": 1}


def test_a_saving_is_the_mirror_image():
    assert split_cents(cents=-100, weights={"a": 1, "b": 1, "c": 1}) == {
        "a": -34,
        "b": -33,
        "c": -33,
    }


def test_euros_keep_their_cents():
    parts = split_euros(amount=Decimal("-11300000.00"), weights={"S1": 1, "S2": 2})
    assert parts == {"S1": Decimal("-3766666.67"), "S2": Decimal("-7533333.33")}


@pytest.mark.parametrize("weights", [{}, {"a": 0}, {"a": 2, "b": -1}])
def test_nothing_to_split_over_is_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        split_cents(cents=1, weights=weights)


@given(
    st.integers(-(10**12), 10**12),
    st.dictionaries(st.text(min_size=1, max_size=4), st.integers(1, 10**9), min_size=1),
)
def test_parts_add_up_and_stay_within_a_cent(cents, weights):
    parts = split_cents(cents=cents, weights=weights)
    total = sum(weights.values())
    assert sum(parts.values()) == cents
    assert all(abs(parts[key] * total - cents * weights[key]) < total for key in weights)
