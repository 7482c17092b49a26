"""A reader who knows his own cells, or an older answer, finds no small number of another."""

import random
from dataclasses import replace

import pytest

from core.suppression import Thresholds
from monitoring.domain.publication import hidden_figures

from .attacker import Attacker
from .small_region import HALVES, MUNICIPALITIES, SEGMENTS, Care, figures_of, random_care

TRIES = 12


def an_insider(figures, hidden, municipality):
    attacker = Attacker()
    attacker.look(figures, hidden)
    attacker.knows(municipality)
    attacker.write_down()
    return attacker


def found_of_others(attacker, municipality, seed):
    """Small numbers of other municipalities that he knows to within less than ten."""
    aims = [
        aim
        for aim in attacker.small(10)
        if all(name[2].municipality not in ("", municipality) for name in aim)
    ]
    tried = random.Random(seed).sample(aims, min(TRIES, len(aims)))
    ranges = [(aim, *attacker.range_of(aim)) for aim in tried]
    return [(aim, low, high) for aim, low, high in ranges if high - low < 10 - 1e-6]


@pytest.mark.parametrize("seed", range(2))
def test_no_municipality_finds_a_small_number_of_another(seed):
    figures = figures_of(random_care(seed))
    hidden = hidden_figures(figures, thresholds=Thresholds())
    for municipality in MUNICIPALITIES:
        attacker = an_insider(figures, hidden, municipality)
        assert found_of_others(attacker, municipality, seed) == []
    assert len(figures) - len(hidden) > len(figures) / 5


def test_protected_against_councils_alone_a_municipality_does_find_them(monkeypatch):
    figures = figures_of(random_care(0))
    monkeypatch.setattr("monitoring.domain.publication.municipalities", lambda publication: ())
    hidden = hidden_figures(figures, thresholds=Thresholds())
    found = [
        one
        for municipality in MUNICIPALITIES
        for one in found_of_others(an_insider(figures, hidden, municipality), municipality, 0)
    ]
    assert found


def some_care(*counts: tuple[str, str, int, int]) -> list[Care]:
    """Care that began: municipality, segment, provider, how many youths."""
    rows = [row[:3] for row in counts for _ in range(row[3])]
    return [
        Care(HALVES[0], number, municipality, segment, provider, True, True, "02", "", False, 1_000)
        for number, (municipality, segment, provider) in enumerate(rows)
    ]


def of_provider(care, provider):
    """His own figures, placed where they are part of those of all."""
    return [f for f in figures_of([c for c in care if c.provider == provider])
            if not f.place.municipality]  # fmt: skip


def shown_inflow(figures, hidden):
    return {
        f.place: int(f.numerator)
        for f in figures
        if f.code == "inflow" and f.half == HALVES[0] and f.pk not in hidden
    }


def test_a_provider_does_not_find_the_few_of_the_only_others():
    # Segment A has 96 + 4: who has the 96 could subtract. Segment B has 50 + 40 and stays.
    care = some_care(
        (MUNICIPALITIES[0], "A", 1, 48), (MUNICIPALITIES[1], "A", 1, 48),
        (MUNICIPALITIES[0], "A", 2, 2), (MUNICIPALITIES[1], "A", 2, 2),
        (MUNICIPALITIES[0], "B", 1, 25), (MUNICIPALITIES[1], "B", 1, 25),
        (MUNICIPALITIES[0], "B", 2, 20), (MUNICIPALITIES[1], "B", 2, 20),
    )  # fmt: skip
    figures = figures_of(care)
    in_a = next(f.place for f in figures if f.place.segment == SEGMENTS[0])
    usual = shown_inflow(figures, hidden_figures(figures, thresholds=Thresholds()))
    assert usual[in_a] == 100
    own = {"1": of_provider(care, 1)}
    shown = shown_inflow(figures, hidden_figures(figures, thresholds=Thresholds(), own=own))
    assert in_a not in shown
    total = next(place for place in usual if place == replace(in_a, segment=""))
    in_b = replace(in_a, segment="B")
    # 190 - 90 - 96 would be the four again, so one of the two goes with segment A.
    assert (total in shown) + (in_b in shown) == 1


def test_what_was_shown_before_cannot_cover_for_what_became_small():
    # 30 + 12 = 42 was shown; then 4 of the 12 stay. Hiding the known 30 would help nobody.
    first = figures_of(some_care((MUNICIPALITIES[0], "A", 1, 30), (MUNICIPALITIES[1], "A", 1, 12)))
    before = hidden_figures(first, thresholds=Thresholds())
    assert shown_inflow(first, before)
    again = figures_of(some_care((MUNICIPALITIES[0], "A", 1, 30), (MUNICIPALITIES[1], "A", 1, 4)))
    told = {(f.half, f.code, f.place, f.numerator, f.denominator) for f in first
            if f.pk not in before}  # fmt: skip
    out = {f.pk for f in again
           if (f.half, f.code, f.place, f.numerator, f.denominator) in told}  # fmt: skip
    assert out
    shown = shown_inflow(again, hidden_figures(again, thresholds=Thresholds(), out=out))
    assert 34 not in shown.values()
    assert 4 not in shown.values()
