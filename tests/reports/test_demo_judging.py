"""The demonstration's judgements are made by the verbs, once, and come into an edition."""

import pytest

from core import clock
from core.periods import HalfYear
from monitoring.domain.cases.opening import open_case
from monitoring.models import InterpretationSession, ProviderJudgement
from reports.demo.judging import make_judgements
from reports.queries.judgements import judgements
from reports.queries.lessons import lessons_of_year
from reports.queries.plans import segment_plans
from tests.factories import ProviderFactory, a_region, with_users
from tests.monitoring.steering.build import HALF, a_set, a_share, with_figures

pytestmark = pytest.mark.django_db


def test_a_judged_segment_reads_as_one_in_the_edition():
    made = with_users(a_region())
    with_figures(made)
    for agb_code in (made.provider.agb_code, ProviderFactory(region=made.region).agb_code):
        a_share(a_set(made), "dropout_rate", 5, 50, segment="S1", provider=agb_code)
    by, half = made.users["policy_officer"], HalfYear.parse(HALF)
    assert make_judgements(made.scheme, half, by=by) == 2
    assert make_judgements(made.scheme, half, by=by) == 0
    assert all(InterpretationSession.objects.values_list("fictitious", flat=True))
    found = judgements(made.region, half, made.scheme, for_councils=False)
    together = found["S1"]
    # Drop-out rose from 15% to 30%: attention, for the indicator and for its goal.
    assert [(line.verdict, line.tone) for line in together.judged] == [
        ("vraagt aandacht", "note"),
        ("vraagt aandacht", "note"),
    ]
    assert [len(names) for _, names in together.alike] == [2]
    assert "verwijzer" not in together.heard
    assert len(together.decided) == 2
    assert ProviderJudgement.objects.filter(session__segment=made.segments[0]).count() == 2
    open_case(
        provider=made.provider,
        theme="waiting",
        title="Wachtlijst",
        segment=made.segments[0],
        by=made.users["contract_manager"],
    )
    year = HalfYear(clock.today().year, 2)
    [lesson] = lessons_of_year(made.region, year, made.scheme, segment_plans(made.scheme))
    told = "Over wachttijd en beschikbaarheid liep één zaak met een aanbieder; die begon dit jaar."
    assert (lesson.segment, lesson.seen, lesson.cases) == ("Segment S1", (), (told,))
    year = HalfYear(half.year, 2)
    lesson, _ = lessons_of_year(made.region, year, made.scheme, segment_plans(made.scheme))
    assert [(seen.half_year_title, seen.meaning) for seen in lesson.seen] == [
        (half.title, together.meaning)
    ]
    assert lesson.decided == together.decided
    assert [(goal.key, goal.lines[0].verdict) for goal in lesson.goals] == [
        ("s1-1", "vraagt aandacht")
    ]
    assert lesson.goals[0].lines[0].name == half.title.capitalize()
