"""Two answers about what councils may see, asked for at the same moment, in two divisions."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import pytest
from django.db import connection

from monitoring.domain import protecting
from monitoring.domain.protecting import figures_of
from monitoring.queries.published import hidden_for_councils
from tests.monitoring.publication.attacker import MEANING, Attacker
from tests.monitoring.publication.small_region import FIRST
from tests.reports.small_editions import a_scheme, random_care, small_region, store
from tests.reports.test_attack import pinned

CARE = [one for one in random_care(7) if one.half == FIRST]
MOVED = [replace(c, segment="C") if c.segment == "A" and c.client % 3 else c for c in CARE]


@pytest.fixture
def sets(transactional_db):
    region = small_region()
    return [
        store(a_scheme(region, "een", 2020, 2025), CARE, FIRST),
        store(a_scheme(region, "twee", 2025, 2030), MOVED, FIRST),
    ]


def answer(one):
    try:
        return hidden_for_councils([one])
    finally:
        connection.close()


def attacker_of(one, hidden):
    found = Attacker()
    found.look([f for f in figures_of([one]) if f.code in MEANING], hidden)
    return found


def test_the_second_waits_for_the_first_and_they_give_no_small_number_away(sets, monkeypatch):
    work_out, inside, seen_inside, second = protecting.hidden_figures, [], [], Event()

    def slowly(*args, **kwargs):
        """The first leaves the other time to come in; it must not."""
        inside.append(1)
        seen_inside.append(len(inside))
        if len(seen_inside) == 1:
            second.wait(0.5)
        else:
            second.set()
        try:
            return work_out(*args, **kwargs)
        finally:
            inside.pop()

    monkeypatch.setattr(protecting, "hidden_figures", slowly)
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(answer, sets))
    assert seen_inside == [1, 1]
    readers = [attacker_of(one, hidden) for one, hidden in zip(sets, answers, strict=True)]
    for mine, other in (readers, readers[::-1]):
        mine.seen |= {n for n in other.seen if n[2].segment in ("", "B") and n in mine.truth}
        assert pinned(mine) == []
