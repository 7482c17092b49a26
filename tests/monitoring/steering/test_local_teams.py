"""Municipalities judge their own local teams; compared and followed, never ranked."""

import pytest

from core.errors import NotAllowed
from monitoring.domain.steering import rows
from monitoring.enums.steering import SELF_ASSESSMENT
from monitoring.models import SelfAssessment
from monitoring.queries import steering as seen
from tests.states import every_pair

from .build import an_assessment, score_all
from .test_interpretation import refused

pytestmark = pytest.mark.django_db


def test_every_state_every_move_every_role(made):
    from tests.monitoring.cases.test_every_step import outcome_of  # noqa: PLC0415

    assessment = an_assessment(made)
    score_all(made, assessment)
    found, expected = {}, {}
    for pair in every_pair(SELF_ASSESSMENT):
        SelfAssessment.objects.filter(pk=assessment.pk).update(state=pair.state)
        row = SelfAssessment.objects.get(pk=assessment.pk)
        found[str(pair)] = outcome_of(
            lambda row=row, pair=pair: rows.take(
                row=row, move=pair.move, by=made.users[pair.role], reason="Omdat."
            )
        )
        expected[str(pair)] = pair.expected
    assert found == expected


def test_it_is_handed_in_when_every_feature_has_a_score_and_a_reason(made):
    assessment, access = an_assessment(made), made.users["access_team"]
    assert assessment.scores.count() == 3
    refused(lambda: rows.take(row=assessment, move="hand_in", by=access), "kenmerk-ontbreekt")
    row = assessment.scores.first()
    row.score = 2
    with pytest.raises(Exception, match="Licht toe"):
        rows.keep(row=row, by=access)
    score_all(made, assessment)
    rows.take(row=assessment, move="hand_in", by=access)
    row = assessment.scores.first()
    row.assessment.refresh_from_db()
    refused(lambda: rows.keep(row=row, by=access), "ingediend")


def test_a_municipality_writes_for_itself_only(made):
    other = an_assessment(made, place=1)
    score_all(made, other)
    access = made.users["access_team"]
    with pytest.raises(NotAllowed):
        rows.keep(row=other, by=access)
    with pytest.raises(NotAllowed):
        rows.take(row=other, move="hand_in", by=access)
    assert not seen.self_assessments_visible_to(access).exists()
    rows.take(row=other, move="hand_in", by=made.users["policy_officer"])
    assert seen.self_assessments_visible_to(access).get() == other
    assert not seen.self_assessments_visible_to(made.users["provider"]).exists()


def test_the_comparison_counts_per_feature_and_has_no_total(made):
    first, second = an_assessment(made), an_assessment(made, place=1)
    score_all(made, first, 2)
    score_all(made, second, 4)
    columns, lines = seen.compare(made.users["policy_officer"], made.region, first.year)
    assert [a.municipality for a in columns] == sorted(
        made.municipalities, key=lambda place: place.name
    )
    assert lines[0].spread == [("begonnen", "attention", 1), ("helemaal", "good", 1)]
    assert not hasattr(columns[0], "total")


def test_the_trend_puts_the_years_beside_each_other(made):
    before, now = an_assessment(made, year=2025), an_assessment(made, year=2026)
    score_all(made, before, 1)
    score_all(made, now, 3)
    years, lines = seen.over_the_years(made.users["policy_officer"], now)
    assert years == [2025, 2026]
    assert [[s.score for s in cells] for _, cells in lines] == [[1, 3]] * 3
