import json
from dataclasses import replace

import pytest

from finance.domain.measures import INFLOW, MIX, PRICE, Scope
from finance.domain.projection import project
from finance.domain.projection_inputs import IndexYear, PlannedSaving
from finance.domain.scenario import compute_scenario
from finance.domain.scenario_result import ScenarioInputs, ScenarioResult

from .test_measures import measure
from .test_projection import cell, inputs, noisy_cell


def scenario(base, *measures, **options):
    asked = ScenarioInputs(base.checksum, tuple(measures), seed=base.seed, paths=base.paths)
    return compute_scenario(base, replace(asked, **options))


@pytest.fixture(scope="module")
def noisy():
    return inputs(
        *(noisy_cell(place, code) for place in ("0503", "0518") for code in ("S1", "S2")),
        months=30, until="2029-12", indexation=(IndexYear(2027, 300),),
    )  # fmt: skip


MEASURES = (
    measure("a", INFLOW, -10, low=-2000, high=-200, scope=Scope(segment="S1"), ramp=6),
    measure("b", PRICE, -5, scope=Scope(municipality="0518")),
    measure("c", MIX, 10, low=500, high=1500, scope=Scope(segment="S1"),
            target=Scope(segment="S2"), ratio=5000),
)  # fmt: skip


@pytest.fixture(scope="module")
def computed(noisy):
    return scenario(noisy, *MEASURES)


def test_without_measures_it_is_the_projection(noisy):
    found, said = scenario(noisy), project(noisy)
    for series in said.series:
        own = found.find(municipality=series.municipality, segment=series.segment)
        assert own.expected == own.base == series.year_expected
        assert own.low80 == pytest.approx(series.years.low80, rel=1e-6)
    assert found.turning == said.turning_point
    assert found.effect_low == found.effect_high == (0,) * len(found.years)


def test_a_savings_series_of_the_projection_does_not_count_beside_measures(noisy):
    saving = replace(noisy, savings=(PlannedSaving(2028, -5_000_000),))
    assert scenario(saving).region.expected == scenario(noisy).region.expected


def test_a_price_measure_of_a_tenth_takes_a_tenth():
    base = inputs(cell(euros=1000), until="2028-12")
    found = scenario(base, measure("p", PRICE, -10))
    year = found.years.index(2028)
    assert found.region.base[year] == pytest.approx(1_200_000, abs=5)
    assert found.together[year] == pytest.approx(-120_000, abs=5)
    assert found.together[found.years.index(2026)] == 0


def test_what_each_adds_is_what_all_do(computed):
    for place in range(len(computed.years)):
        added = sum(one.added[place] for one in computed.measures)
        assert added == computed.together[place]
        assert computed.alone[place] + computed.overlap[place] == computed.together[place]
        by_cell = sum(cell.added[place] for one in computed.measures for cell in one.cells)
        assert by_cell == added


def test_cells_add_up_to_every_total_to_the_cent(computed):
    cells = [s for s in computed.series if s.municipality and s.segment]
    for total in computed.series:
        own = [
            s for s in cells
            if total.municipality in (None, s.municipality) and total.segment in (None, s.segment)
        ]  # fmt: skip
        for place in range(len(computed.years)):
            assert sum(s.expected[place] for s in own) == total.expected[place]
            assert sum(s.base[place] for s in own) == total.base[place]


def test_the_middle_of_the_paths_is_near_what_is_expected(computed):
    year = computed.years.index(2028)
    low, high = computed.region.low80[year], computed.region.high80[year]
    assert low < computed.region.expected[year] < high
    assert computed.effect_low[year] < computed.together[year] < computed.effect_high[year] < 0


def test_what_moves_goes_to_the_other_segment(computed, noisy):
    year = computed.years.index(2028)
    move = computed.measures[-1]
    change = {(cell.municipality, cell.segment): cell.added[year] for cell in move.cells}
    assert change["0503", "S1"] < 0 < change["0503", "S2"]
    assert change["0503", "S2"] == pytest.approx(-change["0503", "S1"] / 2, abs=12)


def test_the_same_inputs_give_the_same_result_with_any_number_of_workers(noisy, computed):
    stored = ScenarioInputs.from_json(
        json.loads(
            json.dumps(
                ScenarioInputs(noisy.checksum, MEASURES, seed=noisy.seed, paths=noisy.paths)
                .as_json()
            )
        )
    )  # fmt: skip
    assert compute_scenario(noisy, stored, workers=1).checksum == computed.checksum
    again = ScenarioResult.from_json(json.loads(json.dumps(computed.as_json())))
    assert again.checksum == computed.checksum


def test_another_projection_is_refused(noisy):
    with pytest.raises(ValueError, match="another projection"):
        compute_scenario(replace(noisy, seed=7), ScenarioInputs(noisy.checksum, ()))


def test_the_turning_point_with_and_without_the_rise_of_prices():
    # Amounts stay 12.000 a year while prices rise 5 %: volume falls and picks up no more. Every
    # year is dearer in euros of the day, and cheaper at one price level. Ten percent off the price
    # from 2027 turns the euros of the day in that year.
    rises = tuple(IndexYear(year, 500) for year in range(2025, 2029))
    base = inputs(cell(late=0.4), until="2028-12", indexation=rises)
    bare, cheaper = scenario(base), scenario(base, measure("p", PRICE, -10))
    assert (bare.turning.year, bare.turning_real.year) == (None, 2026)
    assert (cheaper.turning.year, cheaper.turning_real.year) == (2027, 2026)
    assert (cheaper.turning_base.year, cheaper.turning_base_real.year) == (None, 2026)
    assert cheaper.turning.probability > 0.8 > bare.turning.probability_of_any
