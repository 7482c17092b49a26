"""What an edition says, from a plan of round figures; and how it is laid out."""

import types
from dataclasses import replace

from core.plain import checksum, from_plain, to_plain
from core.suppression import Thresholds
from reports.domain.book import Cell
from reports.domain.compile import compile_edition
from reports.domain.content import EditionContent
from reports.domain.outline import contents
from reports.domain.passages import Written
from reports.domain.points import HIDDEN, Point
from reports.domain.render import pdf_html
from reports.queries.money import fit, protected
from reports.queries.months import MonthlyCare, tellable
from reports.queries.plans import told_notes

from .sample import HALF, plan


def edition():
    return types.SimpleNamespace(version=1, checksum="0" * 64)


def test_councils_read_only_the_remarks_that_were_written_for_them():
    notes = [
        {"text": "De tabel in het document is verloren gegaan.", "source": "p. 4"},
        {"text": "Document 003 noemt negen.", "source": "p. 5", "council": "Er zijn er negen."},
    ]
    assert told_notes(notes, for_councils=True) == ("Er zijn er negen.",)
    assert told_notes(notes, for_councils=False) == tuple(note["text"] for note in notes)


def test_content_comes_back_from_json_as_it_went_in():
    content = compile_edition(plan())
    assert from_plain(EditionContent, to_plain(content)) == content


def test_the_same_plan_gives_the_same_content():
    assert checksum(compile_edition(plan())) == checksum(compile_edition(plan()))


def test_the_summary_opens_with_how_many_youths_get_help():
    first = compile_edition(plan()).summary[0].text
    assert first == (
        "In het eerste halfjaar 2026 kregen 2.900 jeugdigen in Regio Proef jeugdhulp. "
        "Een jaar eerder was dat 2.850; dat is ongeveer gelijk."
    )


def test_the_summary_names_a_sure_change_that_went_the_wrong_way():
    # 132 of 570 against 96 of 570: Newcombe leaves out zero.
    changes = [s for s in compile_edition(plan()).summary if s.tone == "bad"]
    assert [s.text.split(".")[0] for s in changes] == ["Herstelgericht ambulant"]


def test_a_goal_without_figures_says_why():
    goals = compile_edition(plan()).segments[0].goals
    assert (goals[2].figures, goals[2].no_figure) == ((), "dit wordt gezamenlijk geduid")


def test_a_hidden_value_is_counted_in_a_sentence_and_marked_in_the_table():
    made = plan()
    made.book.values[HALF.label, "clients", Cell(segment="HV")] = HIDDEN
    content = compile_edition(made)
    assert content.segments[1].sentences[-1] == (
        "Verder: één cijfer is afgeschermd, omdat anders iemand herkend kan worden."
    )
    assert 'ed-now">afgeschermd<' in pdf_html(Written(content, {}), edition())


def test_every_chapter_in_the_contents_is_in_the_document():
    content = compile_edition(plan())
    html = pdf_html(Written(content, {}), edition())
    assert [a for a, _ in contents(content) if f'id="{a}"' not in html] == []


def test_a_corner_above_row_headers_is_no_header_cell():
    # A <th> there makes the tagged PDF invalid.
    html = pdf_html(Written(compile_edition(plan()), {}), edition())
    assert "<thead><tr><th" not in html.replace("\n", "").replace("  ", "")


def test_money_within_the_uncertainty_is_not_called_over_or_under():
    assert "nog niet te zeggen" in fit(Point(9.8e6, low=9.4e6, high=10.2e6), 9.5e6)
    assert "3% meer dan de begroting" in fit(Point(9.8e6, low=9.6e6, high=10.2e6), 9.5e6)
    assert "2% minder dan de begroting" in fit(Point(9.8e6, low=9.6e6, high=9.9e6), 10e6)


def test_hidden_money_of_any_half_year_keeps_the_projection_away():
    book = plan().book
    assert not protected(book, Cell())
    book.values["2024-H1", "spend", Cell()] = HIDDEN
    assert protected(book, Cell())


def test_a_month_of_few_youths_keeps_a_projection_away_and_two_more():
    """Small has 4 youths in the last month, Old had 2 in the first: months count from 1."""

    def care(cents, **few):
        months = dict.fromkeys(range(1, 25), (20, 5))
        return MonthlyCare(months | {int(m[1:]): n for m, n in few.items()}, cents)

    places = {"big": care(900), "small": care(1, m24=(4, 3)), "old": care(500, m3=(2, 5)),
              "next": care(30), "third": care(40)}  # fmt: skip
    told = tellable(places, as_of=24, hidden=[], thresholds=Thresholds())
    assert (told.away, told.since) == ({"small", "next", "third"}, 4)
    told = tellable(places, as_of=23, hidden=[], thresholds=Thresholds())
    assert (told.away, told.since) == (frozenset(), 4)
    two = {name: places[name] for name in ("big", "old")}
    told = tellable(two, as_of=24, hidden=["old"], thresholds=Thresholds())
    assert told.away == {"big", "old", ""}


def mostly_hidden(**fields):
    small = replace(plan(), **fields)
    for half, code, cell in list(small.book.values):
        for place in {"", small.gm_code}:
            small.book.values[half, code, replace(cell, municipality=place)] = HIDDEN
    return compile_edition(small)


def test_a_place_of_few_youths_is_told_why_it_sees_no_figures_and_where_it_can_go():
    of_place = {"gm_code": "0361", "municipality": "Duin"}
    for fields, way in (
        ({}, "Vraag de toegang en aanbieders"),
        (of_place, "Het college kent de cijfers"),
        (of_place | {"kind": "executive"}, "ziet u op de site, bij Indicatoren"),
    ):
        told = [line.text for line in mostly_hidden(**fields).summary]
        assert "tonen we niet. Anders kan iemand herkend worden" in told[0]
        assert way in " ".join(told), fields
        assert not [text for text in told if "te weinig gemeten" in text]
        assert "hele regio" not in " ".join(told), "nothing is told there either"


def test_a_region_that_shows_most_is_not_told_so():
    assert not [s for s in compile_edition(plan()).summary if "Wat kunt u doen" in s.text]
