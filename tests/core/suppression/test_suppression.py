"""Small figures cannot be read, nor worked out from what stands beside them."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.suppression import (
    HIDDEN,
    Amount,
    Count,
    Derived,
    Publication,
    Share,
    Sum,
    Thresholds,
    rounded,
    suppress,
)

from .attacker import feasible_ranges

TOTAL = "all"


def table(values: list[list[int]]) -> Publication:
    """A table with row totals, column totals and a grand total, keys (row, column)."""
    rows, columns = range(len(values)), range(len(values[0]))
    cells = {(i, j): values[i][j] for i in rows for j in columns}
    sums = []
    for i in rows:
        cells[i, TOTAL] = sum(values[i])
        sums.append(Sum((i, TOTAL), tuple((i, j) for j in columns)))
    for j in [*columns, TOTAL]:
        cells[TOTAL, j] = sum(cells[i, j] for i in rows)
        sums.append(Sum((TOTAL, j), tuple((i, j) for i in rows)))
    return Publication(tuple(Count(k, v) for k, v in cells.items()), sums=tuple(sums))


def test_counts_from_one_to_nine_are_hidden_and_nothing_else():
    counts = tuple(Count(n, n) for n in (0, 1, 9, 10, 500))
    result = suppress(Publication(counts))
    assert result.hidden == {1, 9}
    assert result.show(9, 9) is HIDDEN
    assert result.show(10, 10) == 10
    assert str(HIDDEN) == "afgeschermd"


def test_one_small_cell_in_a_table_takes_three_others_along():
    # 3 can be found as 33 - 30 and as 43 - 40, so a cell in its row, one in its column and the
    # one where those cross must go too. Worked out by hand.
    result = suppress(table([[3, 30], [40, 50]]))
    assert result.hidden == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert result.primary == {(0, 0)}


def test_a_table_without_small_cells_is_shown_whole():
    assert suppress(table([[30, 30], [40, 0]])).hidden == set()


def test_two_small_cells_whose_sum_is_shown_give_each_other_away():
    # 3 + 4 = 7: each is known to within 7, which is less than the threshold.
    counts = (Count("a", 3), Count("b", 4), Count("c", 30), Count("t", 37))
    result = suppress(Publication(counts, sums=(Sum("t", ("a", "b", "c")),)))
    assert result.hidden == {"a", "b", "c"}


def test_a_small_total_of_one_part_is_hidden_with_it():
    result = suppress(
        Publication((Count("gemeente", 4), Count("regio", 4)), sums=(Sum("regio", ("gemeente",)),))
    )
    assert result.hidden == {"gemeente", "regio"}


def test_a_share_is_hidden_when_numerator_or_complement_is_small():
    counts = (
        Count("n", 100), Count("few", 4, shown=False),
        Count("most", 96, shown=False), Count("half", 50, shown=False), Count("none", 0),
    )  # fmt: skip
    shares = (
        Share("small numerator", "few", "n"),
        Share("small complement", "most", "n"),
        Share("fine", "half", "n"),
        Share("nobody", "none", "n"),
    )
    result = suppress(Publication(counts, shares=shares))
    assert result.hidden == {"few", "most", "small numerator", "small complement"}


def test_a_share_or_mean_of_fewer_than_ten_cases_is_hidden():
    publication = Publication(
        (Count("cases", 9), Count("half", 5, shown=False), Count("enough", 10)),
        shares=(Share("share", "half", "cases"),),
        derived=(Derived("median", ("cases",)), Derived("mean", ("enough",))),
    )
    assert suppress(publication).hidden == {"cases", "half", "share", "median"}


def test_a_median_goes_with_a_count_that_is_hidden_for_another():
    publication = table([[3, 30], [40, 50]])
    derived = tuple(Derived(("median", c.key), (c.key,)) for c in publication.counts)
    result = suppress(Publication(publication.counts, sums=publication.sums, derived=derived))
    assert {("median", key) for key in [(0, 0), (0, 1), (1, 0), (1, 1)]} <= result.hidden
    assert ("median", (TOTAL, TOTAL)) not in result.hidden


@pytest.mark.parametrize(
    ("clients", "providers", "hidden"),
    [(9, 5, True), (10, 2, True), (10, 3, False), (0, 0, True)],
)
def test_money_of_few_clients_or_providers_is_hidden(clients, providers, hidden):
    amount = Amount("spend", Decimal("1000.00"), clients, providers)
    assert ("spend" in suppress(Publication(amounts=(amount,))).hidden) is hidden


def test_no_money_for_nobody_is_shown():
    assert suppress(Publication(amounts=(Amount("spend", Decimal(0), 0, 0),))).hidden == set()


def test_hidden_money_cannot_be_found_by_subtraction():
    amounts = (
        Amount("a", 5_000.0, 4, 1), Amount("b", 200_000.0, 60, 8),
        Amount("c", 900_000.0, 99, 20), Amount("t", 1_105_000.0, 163, 25),
    )  # fmt: skip
    publication = Publication(amounts=amounts, sums=(Sum("t", ("a", "b", "c")),))
    result = suppress(publication)
    assert len(result.hidden) == 2
    low, high = feasible_ranges(publication, result, ["a"])["a"]
    assert low <= 4_000
    assert high >= 6_000


def test_what_was_published_before_cannot_be_hidden_and_counts_as_known():
    publication = table([[3, 30, 60], [40, 50, 70]])
    known = frozenset({(0, 1), (1, 1)})
    result = suppress(Publication(publication.counts, sums=publication.sums, published=known))
    assert result.hidden == {(0, 0), (0, 2), (1, 0), (1, 2)}
    assert result.exposed == set()


def test_a_cell_that_older_publications_give_away_is_reported():
    publication = table([[3, 30], [40, 50]])
    known = frozenset({(0, 1), (0, TOTAL)})
    result = suppress(Publication(publication.counts, sums=publication.sums, published=known))
    assert result.exposed == {(0, 0)}
    assert (0, 0) in result.hidden


def test_a_total_that_grew_between_two_publications_is_not_a_way_in():
    # The old region is out; the new one is the old one with a small municipality.
    counts = (Count("old", 120), Count("new", 124), Count("joined", 4))
    sums = (Sum("new", ("old", "joined")),)
    result = suppress(Publication(counts, sums=sums, published=frozenset({"old"})))
    assert result.hidden == {"new", "joined"}


def test_what_was_hidden_before_stays_hidden_and_out_of_reach():
    publication = table([[30, 30], [40, 50]])
    earlier = frozenset({(0, 0)})
    result = suppress(Publication(publication.counts, sums=publication.sums, keep_hidden=earlier))
    assert result.hidden == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert result.primary == set()


def test_a_municipality_sees_its_own_cells_and_no_more():
    publication = table([[3, 30, 60], [5, 50, 70], [80, 90, 20]])
    own = frozenset((0, j) for j in (0, 1, 2, TOTAL))
    result = suppress(Publication(publication.counts, sums=publication.sums, own=own))
    assert not result.hidden & own
    assert (1, 0) in result.hidden
    assert_safe(Publication(publication.counts, sums=publication.sums, own=own), result)


def test_thresholds_can_be_raised_and_never_lowered():
    assert suppress(Publication((Count("a", 12),)), thresholds=Thresholds(cases=15)).hidden == {"a"}
    for lower in ({"cases": 9}, {"providers": 2}, {"margin": 0.1}):
        with pytest.raises(ValueError, match="only be raised"):
            Thresholds(**lower)


@pytest.mark.parametrize(
    "wrong",
    [
        Publication((Count("a", 1), Count("a", 2))),
        Publication((Count("a", -1),)),
        Publication((Count("a", 1),), sums=(Sum("b", ("a",)),)),
        Publication((Count("a", 1), Count("b", 3)), sums=(Sum("b", ("a",)),)),
        Publication((Count("a", 1), Count("b", 2)), sums=(Sum("b", ("a", "a")),)),
        Publication((Count("a", 5), Count("b", 2)), shares=(Share("s", "a", "b"),)),
    ],
)
def test_figures_that_cannot_be_right_are_refused(wrong):
    with pytest.raises(ValueError):  # noqa: PT011 -- each says in its own words what is wrong
        suppress(wrong)


def test_the_public_page_rounds_to_five():
    assert [rounded(n) for n in (0, 2, 3, 7, 8, 12, 13)] == [0, 0, 5, 5, 10, 10, 15]


def assert_safe(publication, result, cases=10):
    """No small count that this reader may not see is known to within the threshold."""
    allowed = publication.own | publication.published | result.exposed
    small = [c.key for c in publication.counts if 0 < c.value < cases and c.key not in allowed]
    assert set(small) <= result.hidden
    for key, (low, high) in feasible_ranges(publication, result, small).items():
        assert high - low >= cases - 1e-4, (key, low, high)


count = st.one_of(st.just(0), st.integers(0, 12), st.integers(0, 80))


@st.composite
def rectangles(draw):
    wide = draw(st.integers(1, 5))
    row = st.lists(count, min_size=wide, max_size=wide)
    return draw(st.lists(row, min_size=1, max_size=5))


@given(rectangles())
@settings(max_examples=50, deadline=None)
def test_an_attacker_pins_no_small_cell_of_any_table(values):
    publication = table(values)
    result = suppress(publication)
    assert result.exposed == set()
    assert_safe(publication, result)


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_nor_with_shares_older_publications_and_own_cells(data):
    rows, columns = data.draw(st.integers(2, 4)), data.draw(st.integers(1, 3))
    whole = [[data.draw(count) for _ in range(columns)] for _ in range(rows)]
    some = [[data.draw(st.integers(0, n)) for n in row] for row in whole]
    below, above = table(some), table(whole)
    counts = [Count(("n", c.key), c.value, shown=False) for c in below.counts]
    counts += [Count(("d", c.key), c.value) for c in above.counts]
    sums = [
        Sum((kind, s.total), tuple((kind, p) for p in s.parts)) for kind in "nd" for s in above.sums
    ]
    keys = [c.key for c in above.counts]
    shares = [Share(("share", key), ("n", key), ("d", key)) for key in keys]
    safe = [c.key for c in counts if c.shown and not 0 < c.value < 10]
    published = data.draw(st.frozensets(st.sampled_from(safe), max_size=3)) if safe else frozenset()
    own = data.draw(
        st.sampled_from([frozenset(), frozenset(("d", (0, j)) for j in range(columns))])
    )
    publication = Publication(
        tuple(counts), shares=tuple(shares), sums=tuple(sums), published=published, own=own
    )
    assert_safe(publication, suppress(publication))


def test_two_thousand_cells_are_done_while_you_wait():
    values = [[(i * 7 + j * 13 + i * j) % 43 for j in range(9)] for i in range(200)]
    publication = table(values)
    result = suppress(publication)
    assert result.exposed == set()
    assert len(result.hidden) < 2 * len(result.primary)
    sample = sorted(result.primary, key=str)[::40]
    for low, high in feasible_ranges(publication, result, sample).values():
        assert high - low >= 10 - 1e-4


def test_the_same_publication_hides_the_same_cells():
    publication = table([[(i * 5 + j * 3) % 17 for j in range(6)] for i in range(9)])
    assert suppress(publication) == suppress(publication)
