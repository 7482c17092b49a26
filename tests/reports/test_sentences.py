"""What an edition says about a figure, and what it must not say."""

import pytest

from reports.domain.change import Certainty, Direction, change
from reports.domain.points import HIDDEN, NOTHING, Figure, Kind, Point, TargetLine
from reports.domain.sentences import statement


def share(numerator, denominator, low, high):
    return Point(numerator / denominator, numerator, denominator, low, high)


# Wilson 95 %: 30/300 -> 0.0710-0.1391, 60/300 -> 0.1587-0.2489, 33/300 -> 0.0794-0.1504.
TEN_PERCENT = share(30, 300, 0.0710, 0.1391)
TWENTY_PERCENT = share(60, 300, 0.1587, 0.2489)
ELEVEN_PERCENT = share(33, 300, 0.0794, 0.1504)


def figure(now, year_ago, *, kind=Kind.SHARE, polarity=-1, target=None):
    return Figure("dropout_rate", "Uitval", kind, polarity, now, NOTHING, year_ago, target)


def test_a_large_difference_between_shares_is_certain():
    found = change(Kind.SHARE, TWENTY_PERCENT, TEN_PERCENT)
    assert (found.direction, found.certainty) == (Direction.UP, Certainty.CERTAIN)


def test_a_small_difference_between_shares_may_be_chance():
    assert change(Kind.SHARE, ELEVEN_PERCENT, TEN_PERCENT).certainty == Certainty.CHANCE


@pytest.mark.parametrize(
    ("now", "before", "certain"),
    # On the square-root scale the two differ when |sqrt(a) - sqrt(b)| > 1.386.
    [(130, 100, True), (129, 100, False), (10, 10, False), (4, 0, True), (1, 0, False)],
)
def test_counts_differ_when_chance_cannot_explain_it(now, before, certain):
    found = change(Kind.COUNT, Point(now), Point(before))
    assert (found.certainty == Certainty.CERTAIN) is certain


def test_a_certain_rise_of_a_bad_thing_is_told_with_its_numbers():
    assert statement(figure(TWENTY_PERCENT, TEN_PERCENT)) == (
        "Uitval: 20,0% (60 van de 300). Een jaar eerder was dat 10,0%; een stijging van 100%. "
        "Dat is niet de gewenste richting."
    )


def test_a_difference_that_may_be_chance_is_called_so_and_not_judged():
    assert statement(figure(ELEVEN_PERCENT, TEN_PERCENT)) == (
        "Uitval: 11,0% (33 van de 300). Een jaar eerder was dat 10,0%. "
        "Dit verschil kan toeval zijn."
    )


def test_a_median_is_told_beside_the_earlier_one_without_a_claim():
    found = statement(figure(Point(35.0), Point(28.0), kind=Kind.DAYS))
    assert found == "Uitval: 35 dagen. Een jaar eerder was dat 28 dagen."


def test_a_hidden_figure_says_only_that_it_is_protected():
    assert "afgeschermd" in statement(figure(HIDDEN, TEN_PERCENT))
    assert "10" not in statement(figure(HIDDEN, TEN_PERCENT))


def test_a_hidden_earlier_figure_gives_no_direction():
    assert statement(figure(TEN_PERCENT, HIDDEN)) == (
        "Uitval: 10,0% (30 van de 300). Het cijfer van een jaar eerder is afgeschermd."
    )


def test_nothing_to_measure_is_not_zero():
    assert statement(figure(NOTHING, TEN_PERCENT)) == "Uitval: er was dit halfjaar niets te meten."


def test_a_target_in_words_stays_in_words():
    goal = TargetLine("Daling van het aantal cliënten")
    assert statement(figure(Point(100), Point(100), kind=Kind.COUNT, target=goal)).endswith(
        "Streven: daling van het aantal cliënten."
    )


def test_days_of_stay_are_no_events_so_nothing_is_claimed_of_them():
    found = statement(figure(Point(855), Point(1362), kind=Kind.TOTAL))
    assert found == "Uitval: 855. Een jaar eerder was dat 1.362."
