"""The council work and the weighing of the demonstration: made by the verbs, marked fictitious."""

from datetime import timedelta

import pytest

from core import clock
from procurement.models import CouncilQuestion, Decision, Motion
from procurement.queries.deadlines import questions_until
from procurement.queries.leaning import told_leaning
from reports.demo.councils import TITLE, make_council_work
from reports.demo.weighing import make_weighing
from tests.factories import a_region, with_users
from tests.procurement.policy import with_policy

pytestmark = pytest.mark.django_db


def test_a_question_is_followed_from_answer_to_task_to_its_place_in_the_next_version():
    made = with_users(a_region())
    with_policy(made)
    by = made.users["policy_officer"]
    assert [make_council_work(made.scheme, by=by) for _ in range(2)] == [True, False]
    decision = Decision.objects.get(plan__title=TITLE)
    assert (decision.state, decision.votes_for, decision.fictitious) == ("amended", 33, True)
    assert decision.decided_on < clock.today()
    assert Motion.objects.get(decision=decision).state == "adopted"
    questions = CouncilQuestion.objects.filter(meeting__plan__title=TITLE).order_by("number")
    assert [q.state for q in questions] == ["settled", "answered", "raised"]
    assert [str(q.processed_in or "") for q in questions] == [
        "3 Wachttijden per segment", "2 Meer gezinshuizen", "",
    ]  # fmt: skip
    due = questions_until(made.region.pk, clock.today() + timedelta(days=60))
    assert sorted(task.key for task in due) == sorted(str(q.pk) for q in list(questions)[1:])


def test_the_weighing_suggests_and_counts_every_criterion():
    made = with_users(a_region())
    assert make_weighing(made.scheme, by=made.users["policy_officer"])
    told = told_leaning(made.segments[0])
    assert (told.label, told.weighed, told.total) == ("aanbesteding volgens SAS", 14, 14)
    assert told.points == (("aanbesteding volgens SAS", 9), ("open huis", 4))
