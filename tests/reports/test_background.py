"""What lies beside the figures: the Netherlands, earlier promises, questions, municipalities."""

import io
from dataclasses import replace
from types import SimpleNamespace

import pytest

from core import clock
from core.periods import HalfYear
from procurement.models import CouncilQuestion
from reports.domain.book import Cell
from reports.domain.compile import compile_edition
from reports.domain.judged import GoalLesson, JudgedLine, SegmentLessons
from reports.domain.national import Counted, change_of, national_lines, share_of
from reports.domain.outline import contents
from reports.domain.passages import Written, places
from reports.domain.points import HIDDEN, NOTHING, Point
from reports.domain.render import pdf_html
from reports.enums import EditionKind, EditionState
from reports.models import Edition, NationalFigure, ReaderQuestion
from reports.queries.beside import beside
from tests.factories import a_region
from tests.golden_region import deliver_files
from tests.reports.making import an_edition, of_municipality

from .sample import HALF, plan

# Published by CBS (half-years 2022-H1 and 2023-H1): with and without a budget of one's own, and
# with stay alone or with other help.
YOUTHS_2022, YOUTHS_2023 = 372870 + 9120 + 5185, 376045 + 8395 + 4825
WITH_STAY_2023 = 17565 + 18400
SOURCE = "CBS, Jeugdhulp 1e halfjaar 2023"
COUNTS = (
    Counted("2022-H1", "jeugdigen", YOUTHS_2022, "definitief", SOURCE),
    Counted("2023-H1", "jeugdigen", YOUTHS_2023, "voorlopig", SOURCE),
    Counted("2023-H1", "met-verblijf", WITH_STAY_2023, "voorlopig", SOURCE),
)


def test_the_netherlands_stands_beside_what_can_be_compared():
    book = plan().book
    book.values[HALF.label, "clients_stay", Cell()] = Point(290.0)
    growth, stay = national_lines(book, Cell(), COUNTS)
    # 2.900 against 2.850 youths a year before: 1,75%; CBS 389.265 against 387.175: 0,54%.
    assert growth.here.value == pytest.approx(50 / 2850)
    assert growth.there == pytest.approx(0.0054, abs=0.0001)
    # 290 of 2.900; CBS 35.965 of 389.265: 9,24%.
    assert (stay.here.value, round(stay.there, 4)) == (0.1, 0.0924)
    assert (stay.half_year_title, stay.status) == ("eerste halfjaar 2023", "voorlopig")


def test_a_ratio_is_hidden_with_either_of_its_numbers():
    assert share_of(HIDDEN, Point(10.0)).hidden
    assert share_of(Point(10.0), HIDDEN).hidden
    assert change_of(Point(3.0), HIDDEN).hidden
    assert share_of(Point(10.0), NOTHING) == NOTHING


def test_without_national_figures_there_is_no_chapter():
    assert "landelijk" not in dict(contents(compile_edition(plan())))
    told = compile_edition(replace(plan(), national=COUNTS))
    assert "landelijk" in dict(contents(told))


def test_municipalities_stand_on_one_scale_by_name_with_the_region_behind():
    made = plan()
    for step, half in enumerate(made.history):
        made.book.values[half.label, "wait_p50", Cell(municipality="0361")] = Point(20.0 + step)
    made.book.values[HALF.label, "wait_p50", Cell(municipality="0363")] = HIDDEN
    named = replace(made, members=(("0361", "Alkmaar"), ("0363", "Bergen")))
    [chart] = compile_edition(named).places
    assert [panel.name for panel in chart.panels] == ["Alkmaar", "Bergen"]
    assert chart.panels[0].points[-1].value == 24
    assert chart.panels[1].points[-1].hidden
    assert chart.points[-1].value == 39


def test_the_evaluation_says_per_goal_what_was_aimed_at_and_reached():
    line = JudgedLine("Eerste halfjaar 2026", "op koers", "good", "Partijen herkennen het.")
    lesson = SegmentLessons(
        plan().segments[0].name, (), (GoalLesson("ha-2", (line,)),), (), ("Zaak.",)
    )
    content = compile_edition(replace(plan(), kind=EditionKind.EVALUATION, lessons=(lesson,)))
    page = pdf_html(Written(content, {}), SimpleNamespace(version=1, checksum="0" * 64))
    assert "op koers</span>. Partijen herkennen het." in page
    assert "<li>Zaak.</li>" in page
    goal = next(g for g in content.review if g.key == "ha-2")
    assert goal.aimed == ("Jeugdigen met jeugdhulp. Streven: ongeveer 30% minder in 2030.",)
    assert goal.reached[0].startswith("Uitval: 23,2% (132 van de 570).")
    keys = [place.key for place in places(content)]
    assert {"doel-ha-2-geleerd", "doel-ha-2-besloten"} <= set(keys)
    assert [anchor for anchor, _ in contents(content)] == [
        "samenvatting", "evaluatie", "geld", "grenzen", "begrippen",
    ]  # fmt: skip


def test_the_programme_asks_how_far_each_task_is():
    content = compile_edition(replace(plan(), kind=EditionKind.PROGRAMME))
    assert "opgave-ha-1" in [place.key for place in places(content)]


def test_the_projection_is_about_money_only():
    content = compile_edition(replace(plan(), kind=EditionKind.PROJECTION))
    assert [a for a, _ in contents(content)] == ["samenvatting", "geld", "grenzen", "begrippen"]


@pytest.fixture
def made(db):
    return a_region()


def background(made, gm_code="", used=None, kind=EditionKind.COUNCIL_REGION):
    return beside(region_id=made.region.pk, half=HALF.next(), gm_code=gm_code, kind=kind, used=used)


def promised(made):
    edition = an_edition(made, state=EditionState.ADOPTED)
    authored = {"segment-ha-aanpak": "Wij korten de wacht in."}
    said = {"content": edition.content, "authored": authored}
    Edition.objects.filter(pk=edition.pk).update(final=said)
    edition.refresh_from_db()
    edition.state = EditionState.PUBLISHED
    edition.save(update_fields=["state"])
    return edition


def test_what_the_last_published_edition_promised_comes_back(made):
    promised(made)
    [promise] = background(made).promises
    assert (promise.segment, promise.text) == ("Herstelgericht ambulant", "Wij korten de wacht in.")
    content = compile_edition(replace(plan(), promises=(promise,)))
    assert "belofte-1" in [place.key for place in places(content)]


def test_a_draft_promised_nothing(made):
    an_edition(made)
    assert background(made).promises == ()


def test_answered_questions_of_the_own_council_come_back(made):
    own, other = made.municipalities
    edition = of_municipality(made, state=EditionState.PUBLISHED)
    for place in (own, other):
        ReaderQuestion.objects.create(
            edition=edition, key="geld", municipality=place.gm_code, text=f"Vraag {place.name}",
            answer="Zo.", answered_at=clock.now(),
        )  # fmt: skip
    ReaderQuestion.objects.create(edition=edition, key="geld", municipality=own.gm_code, text="?")
    CouncilQuestion.objects.create(
        region=made.region, theme="wachten", text="Waarom zo lang?", answer="Te weinig mensen.",
        answered_on=HALF.next().start,
    )  # fmt: skip
    told = background(made, own.gm_code, kind=EditionKind.COUNCIL_MUNICIPALITY).answered
    assert [a.question for a in told] == [f"Vraag {own.name}", "Waarom zo lang?"]
    assert len(background(made).answered) == 3


def test_who_repeats_gets_the_rows_of_then(made):
    promised(made)
    row = NationalFigure.objects.create(
        region=made.region, half_year="2023-H1", measure="jeugdigen", value=389265
    )
    then = background(made)
    NationalFigure.objects.create(
        region=made.region, half_year="2023-H1", measure="jeugdigen", value=389300, version=2
    )
    assert [n.value for n in background(made).national] == [389300]
    again = background(made, used=then.inputs)
    assert [n.value for n in again.national] == [389265]
    assert again.inputs["national"] == [row.pk]
    assert again == then
    # An edition from before these inputs has none of it.
    assert background(made, used={"figure_sets": []}).national == ()


def test_a_table_of_cbs_comes_in_and_a_revision_is_a_version(made):
    head = "halfjaar;maat;aantal;stand;bron\n"
    for number in ("389265", "389265", "389300"):
        line = f"{head}2023-H1;jeugdigen;{number};voorlopig;{SOURCE}\n"

        deliver_files(made.region, "landelijk", [("cbs.csv", io.BytesIO(line.encode()))])
    rows = NationalFigure.objects.order_by("version").values_list("version", "value")
    assert list(rows) == [(1, 389265), (2, 389300)]
    assert HalfYear.parse("2023-H1") < HALF
