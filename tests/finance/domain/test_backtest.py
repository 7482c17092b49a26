import json
from dataclasses import replace

import numpy as np
import pytest

from finance.domain.backtest import BackTest, back_test, milestones, past_origins, rivals, seen_at
from finance.domain.projection import project
from finance.domain.projection_inputs import Silence
from finance.domain.silence import Sent, silences, silent_providers

from .test_projection import JANUARY, cell, inputs, noisy_cell


def test_rivals_by_hand():
    # 2024: 12 x 100. 2025: 110, 120, 60 known at the end of March; index 5 %.
    known = np.array([100] * 12 + [110, 120, 60])
    found = rivals(known, JANUARY, JANUARY + 14, 0.05)
    # 1200 x 1,05; April to December 900 and this year 290; (290 / 3) x 12; 110 x 12
    assert found == (1260, 1190, 1160, 1320)


def test_in_december_there_is_no_line_to_draw_on():
    known = np.array([100] * 12)
    assert rivals(known, JANUARY, JANUARY + 11, 0.0) == (1200, 1200, None, None)


def test_every_month_whose_year_is_over_is_looked_from():
    # 30 months from January 2024: only 2025 has a year before it and is over.
    given = inputs(months=30)
    assert list(past_origins(given)) == [JANUARY + 11 + m for m in range(12)]


def test_a_look_back_sees_nothing_of_later():
    given = inputs(cell(late=0.4, months=30), months=30)
    then = seen_at(given, JANUARY + 14, ())
    assert max(move.known for c in then.cells for move in c.movements) == JANUARY + 14
    spoiled = replace(given.cells[0], movements=tuple(
        replace(m, cents=m.cents * 9) if m.known > JANUARY + 14 else m
        for m in given.cells[0].movements
    ))  # fmt: skip
    assert seen_at(replace(given, cells=(spoiled,)), JANUARY + 14, ()) == then


def test_what_costs_the_same_every_month_was_always_foreseen():
    given = inputs(cell(late=0.4, months=36), months=36, chosen=True)
    looked = back_test(given, project(given), paths=100)
    assert len(looked.of()) == 24
    for one in looked.of():
        assert one.said == pytest.approx(1_200_000, abs=50)
        assert one.miss == pytest.approx(0, abs=1e-4)
        assert one.held
    march = next(m for m in milestones(looked.of()) if m.known == 3)
    # Of March 600 of 1000 euros are known: the straight line is 400 in 3000 too low.
    assert march.rivals[2] == pytest.approx(1 - 2600 / 3000)
    assert march.own <= march.best_rival
    assert march.held == march.count == 2


def test_a_look_back_survives_storage_and_is_the_same_again():
    given = inputs(noisy_cell("0503", "S1"), noisy_cell("0518", "S2"), months=30)
    looked = back_test(given, project(given), paths=100)
    stored = BackTest.from_json(json.loads(json.dumps(looked.as_json())))
    assert stored == looked
    assert back_test(given, project(given), paths=100).checksum == looked.checksum
    assert looked.of("0503")
    assert looked.of("", "S2")


def sent(provider, months, cents=100, segment="S1"):
    return [Sent(segment, provider, month, cents) for month in months]


def test_a_provider_that_always_sent_and_is_silent_now_is_late():
    # A had 300 of 400 in every month until two months ago.
    rows = sent("A", range(22), 300) + sent("B", range(24), 100)
    (late,) = silent_providers(rows, as_of=23)
    assert (late.provider, late.since) == ("A", 22)
    # in months 10 to 21: 12 x 300 of 12 x 400
    assert late.basis_points == 7500
    # Nobody was silent before: after two months the guess is 0,9 - 0,4 x 1/5.
    assert late.returns == pytest.approx(0.82)
    assert silences([late])[0].basis_points == 6150


def test_how_likely_a_silent_provider_returns_is_told_by_who_returned_before():
    # C came back after three months, D never did; A is silent for two months, E for four.
    rows = [
        *(sent("A", range(38), 100) + sent("B", range(40), 100)),
        *sent("C", [*range(13), *range(16, 40)], 100),
        *(sent("D", range(20), 100) + sent("E", range(36), 100)),
    ]
    returns = {one.provider: one.returns for one in silent_providers(rows, as_of=39)}
    # Two months: C did, D did not: (1 + 4 x 0,82) / 6. Four months: only D: (0 + 4 x 0,66) / 5.
    assert returns == pytest.approx({"A": 4.28 / 6, "E": 2.64 / 5})


@pytest.mark.parametrize(
    ("months", "why"),
    [(range(24), "sends"), (range(0, 22, 2), "irregular"), (range(16), "stopped long ago")],
)
def test_others_are_not_late(months, why):
    assert silent_providers(sent("A", months) + sent("B", range(24)), as_of=23) == []


def test_what_a_silent_provider_still_sends_is_expected():
    # Half of the cost is a provider that sent nothing in the last two months.
    one = cell(euros=1000.0)
    half = cell(segment="S1", euros=500.0)
    moves = tuple(
        m if m.known < JANUARY + 22 else h
        for m, h in zip(one.movements, half.movements, strict=True)
    )

    given = inputs(replace(one, movements=moves))
    silent = replace(given, silent=(Silence("S1", JANUARY + 22, 5000),))
    assert project(silent).find().expected[23] == pytest.approx(100_000, abs=5)
    assert project(silent).find().expected[30] == pytest.approx(100_000, rel=0.001)
    assert project(given).find().expected[23] == pytest.approx(50_000, abs=5)
