"""Figures in text are bound, differences are shown, readability is measured."""

import pytest

from core.errors import DomainError
from reports.domain.binding import bind, fill
from reports.domain.differences import Piece, differences
from reports.domain.readability import readability, syllables

FIGURES = {"Instroom": "1.234", "Uitval, een jaar eerder": "9,1%"}


@pytest.mark.parametrize(
    ("made", "template", "values"),
    [
        ("Er zijn 37 jeugdigen.", "Er zijn {1} jeugdigen.", ("37",)),
        ("Uitval: 12,3% (37 van de 301).", "Uitval: {1} ({2} van de {3}).", ("12,3%", "37", "301")),
        ("De kosten zijn € 6,2 miljoen.", "De kosten zijn {1}.", ("€ 6,2 miljoen",)),
        ("Op 1 juli 2026 waren dat er 1.200.", "Op 1 juli 2026 waren dat er {1}.", ("1.200",)),
        ("In 2026 was segment 3 gelijk.", "In 2026 was segment 3 gelijk.", ()),
        ("Het omslagpunt is 2028.", "Het omslagpunt is 2028.", ()),
        ("Samen 2.028 jeugdigen.", "Samen {1} jeugdigen.", ("2.028",)),
    ],
)
def test_a_made_sentence_comes_apart_into_words_and_figures(made, template, values):
    bound = bind(made)
    assert (bound.template, bound.values) == (template, values)
    assert fill(bound.template, bound.values, {}) == made


def test_figures_may_be_moved_and_taken_from_the_list():
    text = fill("Van {3} naar {1}; de instroom is {instroom}.", ("a", "b", "c"), FIGURES)
    assert text == "Van c naar a; de instroom is 1.234."
    assert fill("Was {Uitval, een jaar eerder}.", (), FIGURES) == "Was 9,1%."


@pytest.mark.parametrize(
    "typed", ["Er zijn 38 jeugdigen.", "€ 7 miljoen", "met 5% gestegen", "Er zijn {1}0 jeugdigen."]
)
def test_a_typed_number_is_refused(typed):
    with pytest.raises(DomainError, match="getypt getal"):
        fill(typed, ("37",), FIGURES)


def test_a_year_a_day_and_a_segment_may_be_typed():
    text = "Vanaf 1 januari 2027 geldt segment 2; in 2026-H1 nog niet."
    assert fill(text, (), {}) == text


def test_an_unknown_figure_is_refused():
    with pytest.raises(DomainError, match="bestaat niet"):
        fill("{Verzonnen}", (), FIGURES)


def test_a_loose_brace_is_refused():
    with pytest.raises(DomainError, match="accolade"):
        fill("De {instroom", (), FIGURES)


def test_differences_word_by_word():
    assert differences("De uitval daalt licht.", "De uitval daalt sterk.") == (
        Piece("same", "De uitval daalt "),
        Piece("gone", "licht."),
        Piece("new", "sterk."),
    )
    assert differences("Gelijk.", "Gelijk.") == (Piece("same", "Gelijk."),)


@pytest.mark.parametrize(
    ("word", "count"),
    [("jeugdhulp", 2), ("aanbieder", 3), ("mooie", 2), ("gemeente", 3), ("zorg", 1), ("prijs", 1)],
)
def test_syllables(word, count):
    assert syllables(word) == count


def test_readability_by_hand():
    # Two sentences, 8 words: De(1) zorg(1) is(1) goed(1); Er(1) is(1) geen(1) wachttijd(2): 9.
    # 206.84 - 0.77 * 112.5 - 0.93 * 4 = 116.495
    measured = readability("De zorg is goed. Er is geen wachttijd.")
    assert (measured.sentences, measured.words) == (2, 8)
    assert measured.score == pytest.approx(116.495)
    assert measured.verdict == "goed te lezen (ongeveer B1)"


def test_a_long_sentence_is_named():
    sentence = "De " + "gemeenten " * 20 + "samen."
    assert readability(sentence).long_sentences == (sentence,)


def test_no_text_has_no_score():
    assert readability("", "  ").verdict == "geen tekst"
