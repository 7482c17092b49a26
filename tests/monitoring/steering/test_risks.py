"""Risks and chances: weighed, contained, and what their trend says."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core import clock
from core.errors import NotAllowed
from core.tasks.api import Task, sync_now
from monitoring.domain.steering import rows
from monitoring.enums.steering import RISK, RiskState, Trend
from monitoring.models import MitigationMeasure, Risk, RiskAssessment
from monitoring.queries import steering as seen
from tests.monitoring.cases.test_every_step import outcome_of
from tests.states import every_pair

from .build import a_risk, weigh
from .test_interpretation import refused

pytestmark = pytest.mark.django_db


def test_every_state_every_move_every_role(made):
    risk = a_risk(made)
    weigh(made, risk, 3, 3)
    found, expected = {}, {}
    for state in RiskState.values:
        Risk.objects.filter(pk=risk.pk).update(state=state)
        for pair in (pair for pair in every_pair(RISK) if pair.state == state):
            row = Risk.objects.get(pk=risk.pk)
            found[str(pair)] = outcome_of(
                lambda row=row, pair=pair: rows.take(
                    row=row, move=pair.move, by=made.users[pair.role], reason="Omdat."
                )
            )
            expected[str(pair)] = pair.expected
    assert found == expected


def test_the_trend_follows_the_last_two_assessments(made):
    risk = a_risk(made)
    assert risk.trend == Trend.NONE
    weigh(made, risk, 2, 3, days=20)
    assert Risk.objects.get(pk=risk.pk).trend == Trend.NEW
    # By hand: 2 x 3 = 6, then 4 x 3 = 12: larger; then 3 x 4 = 12: the same.
    weigh(made, risk, 4, 3, days=10)
    assert Risk.objects.get(pk=risk.pk).trend == Trend.UP
    weigh(made, risk, 3, 4)
    assert Risk.objects.get(pk=risk.pk).trend == Trend.SAME


def test_the_matrix_places_the_newest_assessment_and_leaves_out_what_is_closed(made):
    risk, gone = a_risk(made), a_risk(made, title="Voorbij")
    weigh(made, risk, 1, 1, days=10)
    weigh(made, risk, 4, 3)
    weigh(made, gone, 4, 3)
    Risk.objects.filter(pk=gone.pk).update(state="closed")
    lines = dict(seen.matrix(Risk.objects.filter(region=made.region)))
    cell = lines[4][2]
    assert (cell.likelihood, cell.impact, cell.level) == (4, 3, "hoog")
    assert cell.risks == (risk,)
    assert sum(len(c.risks) for cells in lines.values() for c in cells) == 1


def test_nothing_is_accepted_unweighed_and_nothing_closed_with_open_measures(made):
    risk, by = a_risk(made), made.users["controller"]
    lead = made.users["policy_officer"]
    refused(
        lambda: rows.take(row=risk, move="accept", by=lead, reason="Klein."),
        "inschatting-ontbreekt",
    )
    weigh(made, risk, 1, 2)
    measure = MitigationMeasure(risk=risk, text="Vroeg overleggen", who="regio")
    rows.keep(row=measure, by=by)
    refused(lambda: rows.take(row=risk, move="close", by=lead, reason="Klaar."), "maatregel-loopt")
    measure.done_on, measure.result = clock.today(), "Overlegd."
    rows.keep(row=measure, by=by)
    rows.take(row=risk, move="close", by=lead, reason="Klaar.")
    refused(lambda: weigh(made, risk, 2, 2, days=1), "afgesloten")


def test_only_one_to_five(made):
    risk = a_risk(made)
    weigh(made, risk, 5, 5)
    with pytest.raises(IntegrityError), transaction.atomic():
        RiskAssessment.objects.update(likelihood=6)


def test_reviews_and_measures_are_tasks(made):
    risk = a_risk(made, review_on=clock.today() + timedelta(days=9))
    due = clock.today() + timedelta(days=5)
    rows.keep(
        row=MitigationMeasure(risk=risk, text="Vroeg overleggen", due_on=due),
        by=made.users["controller"],
    )
    sync_now(tenant_id=made.region.pk)
    tasks = Task.objects.filter(source__in=("monitoring.risk", "monitoring.mitigation"))
    assert set(tasks.values_list("source", "due")) == {
        ("monitoring.risk", risk.review_on), ("monitoring.mitigation", due),
    }  # fmt: skip


def test_who_writes_and_who_reads(made):
    risk = a_risk(made)
    for role in ("access_team", "executive", "provider", "council_member"):
        with pytest.raises(NotAllowed):
            rows.keep(row=Risk(region=made.region, title="Anders"), by=made.users[role])
    readers = {r for r, user in made.users.items() if seen.risks_visible_to(user).exists()}
    assert readers == {
        "regional_admin", "contract_manager", "policy_officer", "controller", "api_client",
        "access_team", "executive",
    }  # fmt: skip
    assert risk in seen.risks_visible_to(made.users["access_team"])
