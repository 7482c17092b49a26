"""Measures over amounts that are agreed, by hand: S1 is declared, 3000 a month; S2 costs 1000 a
month, agreed from July 2027 on. Care lasts a month, so that moves work at once."""

import json
from dataclasses import replace

import pytest

from finance.domain.known_steps import AgreedMeasures, Amount, KnownStep, Rate, Shift
from finance.domain.measures import MIX, PRICE, Scope
from finance.domain.months import month_of
from finance.domain.projection import project
from finance.domain.projection_inputs import ProjectionInputs
from finance.domain.projection_result import Projection
from finance.domain.scenario import compute_scenario
from finance.domain.scenario_result import ScenarioInputs, ScenarioResult

from .test_measures import measure
from .test_projection import cell, inputs, noisy_cell

DH, QUICK = "0518", (("S1", 10), ("S2", 10))
AMOUNT = Amount(DH, "S2", tuple([100_000] * 18), later=18)
TASK = KnownStep("amount", "", "taakgericht", "2027-07-01", amounts=(AMOUNT,))
BASE = inputs(cell(euros=3000), cell(segment="S2", euros=1000), steps=(TASK,))

CHEAPER = measure("a", PRICE, -10)
OUT_OF_S2 = measure("b", MIX, 50, scope=Scope(segment="S2"), target=Scope("", "S1"), ratio=4000)
INTO_S2 = measure("d", MIX, 10, scope=Scope(segment="S1"), target=Scope("", "S2"), ratio=5000)
ABOUT_IT = measure("e", PRICE, -5, scope=Scope(segment="S2"), changes_agreed=True)


def scenario(*measures, base=BASE):
    asked = ScenarioInputs(base.checksum, measures, months_in_care=QUICK, paths=base.paths)
    return compute_scenario(base, asked)


def added(found, code, year, segment=None):
    effect = next(one for one in found.measures if one.code == code)
    place = found.years.index(year)
    rows = [one for one in effect.cells if segment in (None, one.segment)]
    return round(sum(one.added[place] for one in rows) / 100)


def fallen(found, code, year, **key):
    return round(found.on_agreed(code, **key)[found.years.index(year)] / 100)


def test_a_lower_price_leaves_an_agreed_amount_as_it_is():
    found = scenario(CHEAPER)
    # S1 300 a month; S2 100 a month until July 2027, and as much after that which does not count.
    assert [added(found, "a", year, "S1") for year in (2027, 2028)] == [-3_600, -3_600]
    assert [added(found, "a", year, "S2") for year in (2027, 2028)] == [-600, 0]
    assert [fallen(found, "a", year) for year in (2027, 2028)] == [-600, -1_200]
    assert fallen(found, "a", 2028, segment="S1") == 0
    place = found.years.index(2028)
    assert found.find(segment="S2").expected[place] == 1_200_000
    assert found.find(segment="S2").low80[place] == found.find(segment="S2").high80[place]


def test_who_leaves_agreed_care_costs_money_elsewhere_and_frees_nothing():
    found = scenario(CHEAPER, OUT_OF_S2)
    # Of 900 half leaves and costs 180 elsewhere. From July 2027 on only the 180 count.
    assert [added(found, "b", 2027, code) for code in ("S1", "S2")] == [12 * 180, 6 * -450]
    assert [added(found, "b", 2028, code) for code in ("S1", "S2")] == [12 * 180, 0]
    assert [fallen(found, "b", year) for year in (2027, 2028)] == [6 * -450, 12 * -450]
    assert found.together[found.years.index(2028)] == pytest.approx(-144_000, abs=5)


def test_who_comes_into_agreed_care_costs_nothing_more():
    found = scenario(INTO_S2)
    assert [added(found, "d", 2028, code) for code in ("S1", "S2")] == [-3_600, 0]
    assert fallen(found, "d", 2028) == 12 * 150
    assert added(found, "d", 2027) == -3_600 + 6 * 150


def test_a_measure_about_the_agreement_changes_the_amount():
    found = scenario(ABOUT_IT)
    assert added(found, "e", 2028) == -600
    assert fallen(found, "e", 2028) == 0
    assert found.find(segment="S2").expected[found.years.index(2028)] == 1_140_000
    # Beside a lower price that does not reach the amount it takes its twentieth of all of it.
    both = scenario(CHEAPER, ABOUT_IT)
    assert added(both, "e", 2028) == -600


@pytest.mark.parametrize("measures", [(CHEAPER, OUT_OF_S2, INTO_S2, ABOUT_IT), (OUT_OF_S2,)])
def test_agreed_measures_do_in_a_projection_what_they_do_in_a_scenario(measures):
    noisy = inputs(
        *(noisy_cell(place, code) for place in ("0503", DH) for code in ("S1", "S2")),
        months=30, steps=(replace(TASK, amounts=(replace(AMOUNT, later=12),)),),
    )  # fmt: skip
    said = project(replace(noisy, agreed=AgreedMeasures(measures, (), QUICK)))
    found = scenario(*measures, base=noisy)
    for series in said.series:
        key = {"municipality": series.municipality, "segment": series.segment}
        own = found.find(**key)
        assert own.expected == series.year_expected
        assert own.low80 == pytest.approx(series.years.low80, rel=1e-5, abs=100)
    for effect in found.measures:
        step = next(one for one in said.steps if one.source == effect.code)
        for place in range(len(found.years)):
            assert step.added(place) == effect.added[place]
            assert step.fallen_on_agreed(place) == found.on_agreed(effect.code)[place]


def test_each_measure_and_what_falls_on_agreements_add_up_to_the_cent():
    measures = (CHEAPER, OUT_OF_S2, INTO_S2, ABOUT_IT)
    found, freely = scenario(*measures), scenario(*measures, base=replace(BASE, steps=()))
    place = found.years.index(2028)
    assert sum(one.added[place] for one in found.measures) == found.together[place]
    told = sum(found.on_agreed(one.code)[place] for one in found.measures)
    # Without the agreement S2 would cost the same, and all measures would count.
    assert freely.together[place] == pytest.approx(found.together[place] + told, abs=10)


def test_measures_still_work_on_what_joins_an_agreed_segment():
    # In 2028 a third of S1 gets its place in S2: 1000 of the 2000 there are agreed.
    moves = KnownStep(
        "placement", "", "naar S2", "2028-01-01",
        shifts=(Shift(DH, "S1", "S2", month_of("2028-01"), 333_333_333),),
    )  # fmt: skip
    found = scenario(CHEAPER, base=replace(BASE, steps=(TASK, moves)))
    assert [added(found, "a", 2028, code) for code in ("S1", "S2")] == [-2_400, -1_200]
    assert fallen(found, "a", 2028) == -1_200


def test_an_agreed_amount_that_a_municipality_left_stays_nothing():
    leaves = KnownStep(
        "membership", "", "weg", "2028-01-01",
        rates=(Rate(DH, "S2", month_of("2028-01"), -1_000_000_000),),
    )  # fmt: skip
    found = scenario(INTO_S2, base=replace(BASE, steps=(TASK, leaves)))
    assert found.find(segment="S2").expected[found.years.index(2028)] == 0


def test_what_falls_on_agreements_is_stored_and_older_results_keep_their_spelling():
    asked = ScenarioInputs(BASE.checksum, (ABOUT_IT,))
    assert ScenarioInputs.from_json(json.loads(json.dumps(asked.as_json()))) == asked
    found = scenario(CHEAPER)
    assert ScenarioResult.from_json(json.loads(json.dumps(found.as_json()))) == found
    given = replace(BASE, agreed=AgreedMeasures((CHEAPER, ABOUT_IT)))
    assert ProjectionInputs.from_json(json.loads(json.dumps(given.as_json()))) == given
    said = project(given)
    assert Projection.from_json(json.loads(json.dumps(said.as_json()))) == said
    plain = replace(BASE, steps=(), agreed=AgreedMeasures((CHEAPER,)))
    assert "agreed" not in json.dumps(project(plain).as_json())
    assert "changes_agreed" not in json.dumps(plain.as_json())
    assert "agreed" not in json.dumps(scenario(CHEAPER, base=replace(BASE, steps=())).as_json())
