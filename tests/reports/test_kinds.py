"""The page for a college and the mirror of a provider: from the same figures, for few eyes."""

from io import BytesIO
from types import SimpleNamespace

import pikepdf
import pytest

from core.plain import from_plain, to_plain
from reports.domain.binding import bind
from reports.domain.book import Cell
from reports.domain.compile import compile_edition
from reports.domain.content import EditionContent
from reports.domain.making import content_checksum
from reports.domain.mirror import verdict
from reports.domain.outline import contents
from reports.domain.passages import Written, places
from reports.domain.points import HIDDEN, Kind, Point
from reports.domain.render import pdf
from reports.enums import EditionKind

from .sample import HALF, HISTORY, plan, wilson

AGB = "00000123"
PRINT = SimpleNamespace(kind=EditionKind.EXECUTIVE, version=1, checksum="0" * 64, final_checksum="")


def a_mirror(**fields):
    made = plan()
    for half in HISTORY:
        for cell in (Cell(provider=AGB), Cell(segment="HA", provider=AGB)):
            made.book.values[half.label, "clients", cell] = Point(210.0)
            made.book.values[half.label, "wait_p50", cell] = Point(30.0)
            made.book.values[half.label, "dropout_rate", cell] = wilson(30, 60)
    given = {"kind": "provider", "provider": AGB, "provider_name": "Zorghuis"} | fields
    return compile_edition(SimpleNamespace(**{**made.__dict__, **given}))


def line(content, code):
    return next(x for x in content.mirror[0].lines if x.code == code)


def test_a_mirror_lays_own_figures_beside_the_segment():
    content = a_mirror()
    # The sample has 700 x 3 + 25 x 4 = 2.200 youths in HA in the last half-year: 210 is 9,5%.
    clients = line(content, "clients")
    assert (clients.own.value, clients.segment.value, clients.verdict) == (
        210, 2200, "10% van het segment",
    )  # fmt: skip
    assert [s.code for s in content.mirror] == ["HA"]


def test_a_mirror_says_what_chance_does_not_explain():
    # 30 of 60 is 37,7 to 62,3%; the segment has (20x3 + 6x3x4) of (190x3) = 132 of 570: 23,2%.
    content = a_mirror()
    assert line(content, "dropout_rate").verdict == "hoger dan toeval verklaart"
    assert "bij u 50,0%, in het segment 23,2%" in content.summary[0].text


@pytest.mark.parametrize(
    ("own", "segment", "said"),
    [
        (wilson(3, 9), Point(0.9), "te weinig gevallen om te vergelijken"),
        (wilson(15, 60), Point(0.232), "verschil kan toeval zijn"),
        (wilson(2, 60), Point(0.232), "lager dan toeval verklaart"),
        (wilson(30, 60), HIDDEN, ""),
    ],
)
def test_nothing_is_said_that_the_numbers_do_not_bear(own, segment, said):
    assert verdict(Kind.SHARE, own, segment) == said


def test_what_is_hidden_of_the_segment_stays_hidden_in_the_mirror():
    made = plan()
    made.book.values[HALF.label, "clients", Cell(segment="HA")] = HIDDEN
    made.book.values[HALF.label, "clients", Cell(segment="HA", provider=AGB)] = Point(4.0)
    fields = {"kind": "provider", "provider": AGB, "provider_name": "Zorghuis"}
    content = compile_edition(SimpleNamespace(**{**made.__dict__, **fields}))
    assert line(content, "clients").segment.hidden
    assert line(content, "clients").verdict == ""


def test_a_mirror_says_nothing_of_the_region_or_of_others():
    content = a_mirror()
    assert (content.segments, content.flow, content.market, content.money.rows) == ((),) * 4
    assert [anchor for anchor, _ in contents(content)] == [
        "samenvatting", "spiegel-ha", "grenzen", "begrippen",
    ]  # fmt: skip


def an_overview():
    return compile_edition(SimpleNamespace(**{**plan().__dict__, "kind": EditionKind.EXECUTIVE}))


@pytest.mark.parametrize("words", [0, 60, 130])
def test_the_page_for_a_college_is_one_page(words):
    authored = {"gevraagd": "Wilt u hierover besluiten? " * (words // 4)} if words else {}
    file = pdf(Written(an_overview(), authored), PRINT)
    with pikepdf.open(BytesIO(file)) as opened:
        assert len(opened.pages) == 1


def test_a_college_is_asked_in_one_place():
    keys = [place.key for place in places(an_overview())]
    assert keys[-1] == "gevraagd"
    assert all(key.startswith("samenvatting-") for key in keys[:-1])
    assert bind("x").values == ()


def test_what_was_made_before_there_were_kinds_keeps_its_checksum():
    content = compile_edition(plan())
    stored = {k: v for k, v in to_plain(content).items() if k not in ("kind", "provider", "mirror")}
    assert content_checksum(from_plain(EditionContent, stored)) == content_checksum(content)
