"""Measures by hand: reach, what stays and moves, alone, in order, and the overlap."""

from dataclasses import replace

import numpy as np
import pytest

from finance.domain.effects import after, alone, one_after_another
from finance.domain.measures import (
    DURATION,
    INFLOW,
    INTENSITY,
    MIX,
    PRICE,
    MeasureInput,
    Scope,
    Slot,
    central_effects,
    drawn_effects,
    plan,
    reach,
    settled,
)
from finance.domain.months import month_of

DECEMBER, JANUARY = month_of("2026-12"), month_of("2027-01")
YEAR = range(JANUARY, JANUARY + 12)
DELFT = ("0503", "S1")


def measure(code="m", driver=PRICE, percent=-10, **names):
    points = round(percent * 100)
    given = {
        "name": code, "scope": Scope(), "first": JANUARY, "delay": 0, "ramp": 0,
        "low": points, "high": points, **names,
    }  # fmt: skip
    return MeasureInput(code=code, driver=driver, central=points, **given)


def laid(*measures, cells=(DELFT,), slots=(), months_in_care=1.0, months=YEAR):
    return plan(
        measures,
        cells=cells,
        slots=slots,
        months=months,
        as_of=months[0] - 1,
        months_in_care={segment: months_in_care for _, segment in cells},
    )


def euros(amount, months=12):
    return np.full(months, amount * 100, dtype=np.int64)


def test_reach_waits_and_then_grows_in_equal_steps():
    one = measure(delay=2, ramp=4)
    assert list(reach(one, YEAR, DECEMBER)) == [0, 0, 0.25, 0.5, 0.75, *[1] * 7]


def test_what_was_reached_before_is_in_the_declarations():
    one = measure(first=JANUARY - 6, ramp=12)
    # Half was there in December: another twelfth every month, up to the other half.
    found = reach(one, YEAR, DECEMBER)
    assert found[0] == pytest.approx(1 / 12)
    assert found[-1] == pytest.approx(0.5)
    assert list(reach(measure(first=JANUARY - 24), YEAR, DECEMBER)) == [0] * 12


def test_what_is_left_of_a_measure_that_had_begun_is_held_against_what_it_left():
    # Half of a cut of 20 % was there: 900 of 1000 is declared, and 800 is where it ends.
    steps = ((JANUARY - 6, 5_000), (JANUARY, 10_000))
    made = laid(measure(PRICE, percent=-20, first=JANUARY - 6, steps=steps))
    found = after({DELFT: euros(900)}, made, central_effects(made.measures))
    assert list(found[DELFT]) == list(euros(800))
    # So with a move of a fifth: 100 of the 900 that is left goes, at 40 cents to the euro.
    move = measure("m", MIX, 20, first=JANUARY - 6, steps=steps, ratio=4000)
    made = laid(move)
    found = after({DELFT: euros(900)}, made, central_effects(made.measures))
    assert list(found[DELFT]) == list(euros(840))
    # And where all had gone there is nothing left to change.
    made = laid(measure(PRICE, percent=-100, first=JANUARY - 6))
    assert not after({DELFT: euros(0)}, made, central_effects(made.measures))[DELFT].any()


def test_what_was_decided_but_had_not_worked_through_counts_still():
    # Fewer children come in since December, four months in care: a quarter of the cut is in the
    # cost of December (975), then 0.4375 and 0.578125 of it.
    made = laid(measure("i", INFLOW, -10, first=DECEMBER), months_in_care=4.0)
    found = after({DELFT: euros(975)}, made, central_effects(made.measures))[DELFT]
    assert list(found[:2]) == [95_625, 94_219]
    assert found[-1] == pytest.approx(90_000, abs=1000)
    # Long ago it is all in the declarations.
    made = laid(measure("i", INFLOW, -10, first=DECEMBER - 240), months_in_care=4.0)
    found = after({DELFT: euros(900)}, made, central_effects(made.measures))
    assert list(found[DELFT]) == list(euros(900))


def test_a_change_of_inflow_works_as_fast_as_children_follow_each_other():
    # Four months in care: each month a quarter of what is still missing.
    assert list(settled(np.ones(3), 4.0)) == [0.25, 0.4375, 0.578125]
    assert list(settled(np.ones(2), 1.0)) == [1, 1]


def test_a_price_measure_by_hand():
    made = laid(measure(PRICE, percent=-10))
    found = after({DELFT: euros(1000)}, made, central_effects(made.measures))
    assert list(found[DELFT]) == list(euros(900))


def test_inflow_and_duration_meet_in_the_number_of_clients():
    made = laid(measure("a", INFLOW, -10), measure("b", DURATION, -20))
    found = after({DELFT: euros(1000)}, made, central_effects(made.measures))
    assert found[DELFT][-1] == 72_000  # 0.9 x 0.8


def test_nothing_counts_twice():
    # Alone 10 % and 20 % of 1000 a month; together 0.9 x 0.8: 280 rather than 300 comes off.
    base = {DELFT: euros(1000)}
    made = laid(measure("a", INTENSITY, -10), measure("b", PRICE, -20))
    by_itself = [alone(base, made, place)[DELFT][0] for place in (0, 1)]
    assert by_itself == [-10_000, -20_000]
    added = [costs[DELFT][0] for costs in one_after_another(base, made)]
    assert added == [-10_000, -18_000]  # 20 % of the 900 that is left
    together = after(base, made, central_effects(made.measures))[DELFT][0] - 100_000
    assert sum(added) == together == -28_000


def test_the_whole_does_not_depend_on_the_order_and_what_each_adds_does():
    base = {DELFT: euros(1234.57)}
    one, other = measure("a", PRICE, -10, order=1), measure("b", PRICE, -20, order=2)
    turned = [replace(one, order=3), other]
    first, second = laid(one, other), laid(*turned)
    whole = [
        after(base, made, central_effects(made.measures))[DELFT].sum() for made in (first, second)
    ]
    assert whole[0] == whole[1]
    assert first.measures[0].code == "a"
    assert second.measures[0].code == "b"


def test_drivers_come_before_numbers_in_the_declared_order():
    made = laid(
        measure("prijs", PRICE, order=1),
        measure("mix", MIX, 10, order=0),
        measure("instroom", INFLOW, order=9),
    )
    assert [one.code for one in made.measures] == ["instroom", "prijs", "mix"]


def test_a_measure_works_only_where_it_is_meant_to():
    slots = (
        Slot("0503", "S1", "herstel-verblijf", "43A36", 3000),
        Slot("0503", "S1", "herstel-ambulant", "45A53", 1000),
    )
    for scope in (
        Scope(category="verblijf"), Scope(category="herstel-verblijf"), Scope(product="43A36"),
    ):  # fmt: skip
        made = laid(measure(scope=scope), slots=slots)
        found = after({DELFT: euros(400)}, made, central_effects(made.measures))
        assert found[DELFT][0] == 37_000  # a tenth of the three quarters that are stay
    elsewhere = laid(measure(scope=Scope(municipality="0518")), slots=slots)
    assert not elsewhere.touched(DELFT)


def test_from_stay_to_outpatient_costs_money_where_the_care_goes():
    stay, outpatient = ("0503", "S1"), ("0503", "S2")
    slots = (
        Slot("0503", "S1", "verblijf", "43A36", 1000),
        Slot("0503", "S2", "ambulant", "45A53", 500),
    )
    move = measure(
        "m", MIX, 20, scope=Scope(category="verblijf"), target=Scope(category="ambulant"),
        ratio=4000,
    )  # fmt: skip
    made = laid(move, cells=(stay, outpatient), slots=slots)
    base = {stay: euros(1000), outpatient: euros(500)}
    found = after(base, made, central_effects(made.measures))
    # A fifth of the stay goes; each euro that comes free costs 40 cents elsewhere.
    assert (found[stay][0], found[outpatient][0]) == (80_000, 58_000)


def test_a_move_without_a_place_to_go_stays_in_its_own_cell():
    move = measure("m", MIX, 20, target=Scope(segment="S9"), ratio=5000)
    made = laid(move)
    found = after({DELFT: euros(1000)}, made, central_effects(made.measures))
    assert found[DELFT][0] == 90_000


def test_a_move_takes_what_earlier_measures_left():
    move = measure("m", MIX, 50, ratio=0)
    made = laid(measure("a", PRICE, -20), move)
    added = one_after_another({DELFT: euros(1000)}, made)
    assert [costs[DELFT][0] for costs in added] == [-20_000, -40_000]


def test_drawn_effects_keep_the_limits_that_were_given():
    one = measure(low=-2000, high=-500)
    normals = np.random.default_rng(1).standard_normal((1, 100_000), dtype=np.float32)
    found = drawn_effects([one], normals)[0]
    assert np.quantile(found, [0.1, 0.5, 0.9]) == pytest.approx([-0.2, -0.1, -0.05], abs=0.001)


def test_a_sure_effect_does_not_vary():
    assert set(drawn_effects([measure()], np.float32([[-3, 0, 3]]))[0]) == {np.float32(-0.1)}


def test_steps_take_the_place_of_the_ramp():
    one = measure("m", first=JANUARY, ramp=24)
    phased = replace(one, steps=((JANUARY, 2_500), (JANUARY + 3, 10_000)))
    months = range(DECEMBER, JANUARY + 6)
    assert list(reach(phased, months, DECEMBER)) == [0, 0.25, 0.25, 0.25, 1, 1, 1]
    assert list(reach(replace(phased, delay=2), months, DECEMBER)) == [0, 0, 0, 0.25, 0.25, 0.25, 1]
    # Seen from February the first step is in the declarations already.
    assert list(reach(phased, range(JANUARY + 2, JANUARY + 5), JANUARY + 1)) == [0, 0.75, 0.75]
