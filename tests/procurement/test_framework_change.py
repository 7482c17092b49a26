"""A framework that changes: what is bound to it, and who looks at it again."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from core.errors import DomainError, NotAllowed
from core.tasks.api import Task
from procurement.domain.framework_change import announce_change
from procurement.models import (
    Clause,
    Decision,
    FundingChoice,
    PolicyDocument,
    PolicyFramework,
    PolicyLink,
)
from procurement.queries.contracts import tied_clauses
from procurement.queries.deadlines import decisions_until
from procurement.queries.line import Line, things_of
from tests.factories import a_region, with_users

from .policy import with_policy

pytestmark = pytest.mark.django_db
DUE = date(2027, 3, 1)


@pytest.fixture
def made():
    return with_users(a_region())


@pytest.fixture
def policy(made):
    return with_policy(made)


def announce(made, policy, role="policy_officer"):
    by = made.users[role]
    return announce_change(framework=policy.framework, what="Reikwijdte", due=DUE, by=by)


def test_everything_bound_is_a_task_once_for_the_team_whose_work_it_is(made, policy):
    choice = FundingChoice.objects.get(segment__scheme__region=made.region)
    PolicyLink.objects.create(
        region=made.region, funding_choice=choice, upper_framework=policy.framework, kind="bound_by"
    )
    below = Line.of(made.region, made.users["policy_officer"]).below(policy.framework)
    assert things_of(below, "choice") == [choice]
    tasks = announce(made, policy)
    found = {(task.title.removeprefix("Klopt dit nog? ")[:15], task.team) for task in tasks}
    assert found == {
        ("Visie jeugd (ve", "policy_officer"),
        ("Inkoopstrategie", "policy_officer"),
        ("Verwervingsstra", "policy_officer"),
        (f"doel {made.goal}"[:15], "policy_officer"),
        ("Contracttekst (", "contract_manager"),
        ("keuze van bekos", "policy_officer"),
    }
    assert {(task.due, task.note) for task in tasks} == {(DUE, "Reikwijdte")}
    assert announce(made, policy) == []
    assert Task.objects.filter(tenant_id=made.region.pk, note="Reikwijdte").count() == len(tasks)


def test_nothing_bound_is_told_and_not_everybody_may(made, policy):
    loose = PolicyFramework.objects.create(region=made.region, kind="law", title="Wmo")
    with pytest.raises(DomainError, match="hangt nog niets"):
        announce_change(framework=loose, what="x", due=DUE, by=made.users["policy_officer"])
    with pytest.raises(NotAllowed):
        announce(made, policy, "council_member")


def test_a_link_has_one_thing_below(made, policy):
    choice = FundingChoice.objects.get(segment__scheme__region=made.region)
    link = PolicyLink(
        region=made.region, funding_choice=choice, goal=made.goal, upper_framework=policy.framework
    )
    with pytest.raises(ValidationError, match="Kies één ding"):
        link.full_clean()


def test_from_the_text_to_the_contract_for_who_sees_the_contract(made, policy):
    clause = Clause.objects.create(
        contract=made.contract, title="Meten", text="Elk doel.", section=policy.clause,
        valid_from=made.contract.start_date,
    )  # fmt: skip
    sections = [policy.clause]
    assert tied_clauses(made.users["contract_manager"], sections) == [clause]
    assert tied_clauses(made.users["council_member"], sections) == []


def test_a_region_without_a_text_of_contracts_says_why_the_line_stops(made, policy, client):
    client.force_login(made.users["council_member"])
    address = f"/regio/{made.region.slug}/van-kader-naar-contract/"
    assert "staat hier geen contracttekst" not in client.get(address).text
    PolicyDocument.objects.filter(kind="contract").delete()
    assert "staat hier geen contracttekst" in client.get(address).text


def test_what_hangs_on_a_framework_is_counted_without_what_is_confidential(made, policy):
    """The confidential chapter hangs on a chapter that hangs on the framework."""
    counts = {}
    for role in ("policy_officer", "council_member"):
        below = Line.of(made.region, made.users[role]).below(policy.framework)
        counts[role] = sum(1 for node in below for _ in node.walk())
    assert counts["policy_officer"] == counts["council_member"] + 1


def test_a_clerk_has_no_task_about_a_confidential_plan(made, policy):
    body = made.region.bodies.get(kind="council")
    policy.secret.state = "proposed"
    policy.secret.save()
    asked = {"question": "Vaststellen", "asked_for": DUE, "body": body}
    Decision.objects.create(plan=policy.secret, **asked)
    Decision.objects.filter(plan=policy.plan).update(asked_for=DUE)
    found = {due.about: due.team for due in decisions_until(made.region.pk, DUE)}
    assert found == {"Inkoopstrategie": "council_clerk", "Verwervingsstrategie": "policy_officer"}
