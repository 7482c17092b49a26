"""What the demonstration weighs, judges and tries: by the verbs, once, all fictitious."""

import pytest

from monitoring.models import Initiative, SelfAssessment
from reports.demo.learning import make_learning
from tests.factories import a_region, with_users
from tests.monitoring.steering.build import a_risk, an_assessment

pytestmark = pytest.mark.django_db


def test_it_fills_what_is_there_once():
    made = with_users(a_region())
    risk = a_risk(made)
    an_assessment(made).delete()
    by = made.users["policy_officer"]
    # One risk, two municipalities in two years, and three things that are tried.
    assert make_learning(made.region, by=by) == 1 + 4 + 3
    assert make_learning(made.region, by=by) == 0
    assert risk.assessments.count() == 2
    states = set(SelfAssessment.objects.values_list("state", "fictitious"))
    assert states == {("handed_in", True)}
    assert set(Initiative.objects.values_list("state", flat=True)) == {"running", "evaluating"}
