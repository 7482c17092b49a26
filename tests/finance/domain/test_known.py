"""Known decisions in a projection; every cell of `cell` costs 1000 euros a month until the end."""

import json
from dataclasses import replace

import pytest

from finance.domain.known_steps import AgreedMeasures, KnownStep, Rate, Shift, StepLine
from finance.domain.measures import MeasureInput, Scope
from finance.domain.months import month_of
from finance.domain.projection import project
from finance.domain.projection_inputs import PlannedSaving, ProjectionInputs
from finance.domain.projection_result import Projection
from finance.domain.scenario import compute_scenario
from finance.domain.scenario_result import ScenarioInputs

from .test_projection import cell, inputs, noisy_cell

DH, DE = "0518", "0503"
PART = 10_000_000  # one percent


def step(kind="price", name="Tarieven", *, rates=(), shifts=(), day="2026-07-01"):
    lines = (StepLine("45A01", "tariff:1", 1_200_000, 5 * PART),)
    return KnownStep(kind, "run:1", name, day, tuple(rates), tuple(shifts), lines)


def measure(driver="price", central=-1000, **options):
    given = {"low": central, "high": central, **options}
    return MeasureInput(
        "measure:1", "Lagere prijs", driver, Scope("", "S1"), month_of("2027-01"), 0, 0,
        central=central, **given,
    )  # fmt: skip


def euros(projection, year, **key):
    place = list(projection.years).index(year)
    return round(projection.find(**key).year_expected[place] / 100)


def added(projection, number, year, **key):
    return projection.steps[number].added(list(projection.years).index(year), **key) / 100


def test_a_tariff_halfway_the_year_counts_from_its_month():
    dearer = step(rates=[Rate(DH, "S1", month_of("2026-07"), 5 * PART)])
    found = project(inputs(cell(), cell(DH, "S2"), steps=(dearer,)))
    # Six months of 1000 and six of 1050; then twelve of 1050. The other segment stays.
    assert [euros(found, year, segment="S1") for year in (2025, 2026, 2027)] == [
        12_000, 12_300, 12_600,
    ]  # fmt: skip
    assert euros(found, 2026, segment="S2") == 12_000
    assert added(found, 0, 2026) == pytest.approx(300, abs=0.1)
    assert added(found, 0, 2026, segment="S2") == 0


def test_a_product_moves_with_its_price_to_a_segment_that_cost_nothing_yet():
    steps = (
        step(rates=[Rate(DH, "S1", month_of("2026-01"), 10 * PART)], day="2026-01-01"),
        step(
            "placement", "45A01 naar S9", day="2026-07-01",
            shifts=[Shift(DH, "S1", "S9", month_of("2026-07"), 50 * PART)],
        ),
    )  # fmt: skip
    found, without = project(inputs(cell(), steps=steps)), project(inputs(cell(), steps=steps[:1]))
    # 1100 a month: all of it half a year, then half of it (550) elsewhere.
    assert euros(found, 2026, segment="S1") == 6 * 1_100 + 6 * 550
    assert euros(found, 2026, municipality=DH, segment="S9") == 6 * 550
    assert euros(found, 2026) == 13_200
    # What moves takes its luck along: the region is as uncertain as it was.
    assert found.find().years.high80 == pytest.approx(without.find().years.high80, rel=1e-5)
    assert found.find(segment="S9").years.high80[-1] == pytest.approx(
        without.find().years.high80[-1] / 2, rel=1e-5
    )


def test_a_municipality_that_leaves_costs_nothing_from_then_on():
    leaves = step("membership", rates=[Rate(DE, "S1", month_of("2027-01"), -100 * PART)])
    found = project(inputs(cell(DE), cell(), steps=(leaves,)))
    assert [euros(found, year, municipality=DE) for year in (2026, 2027)] == [12_000, 0]
    assert found.find(municipality=DE).years.high95[-1] == 0
    assert euros(found, 2027) == 12_000


def test_agreed_measures_come_after_the_steps_and_before_the_savings():
    given = inputs(
        cell(),
        steps=(step(rates=[Rate(DH, "S1", month_of("2027-01"), 10 * PART)]),),
        agreed=AgreedMeasures((measure(),)),
        savings=(PlannedSaving(2027, -1_200_00),),
    )
    found = project(given)
    # 1000 a month, 10 % dearer, 10 % off that: 990; then the series takes 1200 a year off.
    assert added(found, 0, 2027) == pytest.approx(1_200, abs=0.2)
    assert added(found, 1, 2027) == pytest.approx(-1_320, abs=0.2)
    assert euros(found, 2027) == 12 * 990 - 1_200
    # A scenario brings its own measures: those agreed do not count twice.
    scenario = compute_scenario(given, ScenarioInputs(given.checksum, (measure(),)))
    place = scenario.years.index(2027)
    whole = next(s for s in scenario.series if (s.municipality, s.segment) == (None, None))
    assert round(whole.base[place] / 100) == 13_200
    assert round(whole.expected[place] / 100) == 12 * 990


def test_a_measure_that_moves_children_keeps_paths_and_expectation_together():
    moves = measure("mix", 5000, ratio=5000, target=Scope("", "S2"))
    cells = (noisy_cell(DH, "S1"), noisy_cell(DH, "S2"))
    found = project(
        inputs(*cells, months=30, paths=4000, agreed=AgreedMeasures((moves,), (), (("S1", 10),)))
    )
    plain = project(inputs(*cells, months=30, paths=4000))
    # Half of S1 goes to S2 at half the price.
    assert euros(found, 2028, segment="S1") == pytest.approx(
        euros(plain, 2028, segment="S1") / 2, rel=1e-4
    )
    assert euros(found, 2028, segment="S2") == pytest.approx(
        euros(plain, 2028, segment="S2") + euros(plain, 2028, segment="S1") / 4, rel=1e-4
    )
    for segment in ("S1", "S2", None):
        one = found.find(segment=segment)
        assert one.years.low80[-1] < one.year_expected[-1] < one.years.high80[-1]


def test_inputs_and_result_with_steps_can_be_stored_and_older_ones_keep_their_checksum():
    given = inputs(
        cell(),
        steps=(step(rates=[Rate(DH, "S1", month_of("2026-07"), PART)]),),
        agreed=AgreedMeasures((measure(),), (), (("S1", 120),)),
    )
    found = project(given)
    assert ProjectionInputs.from_json(json.loads(json.dumps(given.as_json()))) == given
    assert Projection.from_json(json.loads(json.dumps(found.as_json()))) == found
    plain = replace(given, steps=(), agreed=None)
    assert not {"steps", "agreed"} & plain.as_json().keys()
    assert "steps" not in project(plain).as_json()
