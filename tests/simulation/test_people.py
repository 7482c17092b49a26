"""Citizen numbers that can belong to nobody."""

from itertools import islice

import pytest

from simulation.people import citizen_numbers, passes_eleven_test


@pytest.mark.parametrize(
    ("bsn", "passes"),
    [
        # 9*9 + 8*9 + 7*9 + 6*9 + 5*0 + 4*0 + 3*0 + 2*1 - 8 = 264 = 24 * 11
        ("999900018", True),
        ("999900019", False),
        ("99990001", False),
        ("99990001x", False),
    ],
)
def test_eleven_test(bsn: str, passes: bool):
    assert passes_eleven_test(bsn) is passes


def test_numbers_pass_and_do_not_repeat():
    found = list(islice(citizen_numbers(500), 20_000))
    assert len(set(found)) == len(found)
    assert all(passes_eleven_test(bsn) and bsn.startswith("9") for bsn in found)
