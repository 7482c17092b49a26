"""A source leads to the text that says it, and says what it said where no such text is here."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template

from core.ui import Lines, Passage, Passages, in_words, lines_in

STRATEGY = (
    Passage(Lines("002", 1, 1240), "De strategie, 0 Vooraf", "/plan/1/#a", "/plan/1/"),
    Passage(Lines("002", 1126, 1218), "De strategie, 11 Kosten", "/plan/1/#k", "/plan/1/"),
    Passage(Lines("002", 1172, 1173), "Het contract, 4 Geld", "/plan/2/#g", "/plan/2/"),
    Passage(Lines("000", 3, 231), "Het raadsvoorstel", "/voorstel/3/", "/voorstel/3/"),
)


@pytest.fixture
def passages():
    return Passages(SimpleNamespace(user=None, tenant=None), "/hier/", list(STRATEGY), held())


def held():
    found = Passages(None)._held
    for one in STRATEGY:
        found[one.whole, one.lines.document] += one.lines.count
    return found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("000:L186; 004:L1005-1011", [("000", 186, 186), ("004", 1005, 1011)]),
        ("002:L1176-1187, L196-197", [("002", 1176, 1187), ("002", 196, 197)]),
        ("003:L86; jaarverslag 2024, blz. 12", [("003", 86, 86)]),
        ("VNG, rekenvoorbeeld indexatie 2025", []),
        ("L12", []),
    ],
)
def test_references_are_read_from_a_source(source, found):
    assert lines_in(source) == [Lines(*one) for one in found]


def test_a_reference_leads_to_the_chapter_of_the_document_itself(passages):
    """A contract that quotes two lines is not the strategy that they are from."""
    assert [one.label for one in passages.of("002:L1172")] == ["De strategie, 11 Kosten"]
    assert [one.label for one in passages.of("000:L186; 002:L1130, L1200")] == [
        "Het raadsvoorstel",
        "De strategie, 11 Kosten",
    ]
    assert passages.of("009:L4") == ()


def test_a_text_is_named_once_and_then_its_parts(passages):
    passages._read = [
        Passage(Lines("003", 1, 9), "De strategie, 1 Vooraf", "/p/#a", "/p/", "1 Vooraf"),
        Passage(Lines("003", 10, 19), "De strategie, 2 Geld", "/p/#b", "/p/", "2 Geld"),
    ]
    assert [one.label for one in passages.of("003:L4, L12, L13")] == [
        "De strategie, 1 Vooraf",
        "2 Geld",
    ]


def test_a_text_does_not_lead_to_its_own_page(passages):
    passages.path = "/plan/1/"
    assert passages.of("002:L1130") == ()


def test_a_file_says_which_text_it_was_and_keeps_the_reference(passages):
    assert in_words("000:L186", passages) == "Het raadsvoorstel (000:L186)"
    assert in_words("NZa", passages) == "NZa"


def test_the_note_links_the_texts_and_keeps_the_reference(passages):
    request = SimpleNamespace(place=passages.place, path="/hier/", passages=passages)
    draw = Template("{% load ui %}{% source_note text %}").render
    html = draw(Context({"text": "000:L186", "request": request}))
    assert 'Bron: <a href="/voorstel/3/">Het raadsvoorstel</a> (000:L186)' in html
    assert draw(Context({"text": "000:L186"})).strip().endswith("Bron: 000:L186</span>")
    assert draw(Context({"text": ""})) == ""
