"""Every state, every move, every role of the tables of plans and decisions, through the verb."""

import pytest

from core.errors import DomainError, NotAllowed
from procurement.domain import policy
from procurement.models import (
    Consultation,
    CouncilProposal,
    CouncilQuestion,
    Decision,
    Motion,
    PolicyDocument,
)
from tests.factories import a_region, with_users
from tests.states import every_pair

from .policy import with_policy

pytestmark = pytest.mark.django_db
POLICY = (PolicyDocument, Decision, CouncilProposal, Consultation, Motion, CouncilQuestion)
TABLES = sorted(
    (pair for pair in policy.TABLES.items() if pair[0] in POLICY), key=lambda pair: pair[1].code
)


@pytest.fixture
def made():
    return with_users(a_region())


def ready(model, made):
    """A row of which every guard is satisfied."""
    found = with_policy(made)
    Decision.objects.filter(plan=found.plan).exclude(pk=found.decision.pk).delete()
    if model is PolicyDocument:
        found.plan.decisions.all().delete()
        return found.plan
    return {
        Decision: found.decision,
        CouncilProposal: found.proposal,
        Consultation: found.consultation,
        Motion: Motion.objects.get(region=made.region),
        CouncilQuestion: CouncilQuestion.objects.get(region=made.region),
    }[model]


@pytest.mark.parametrize(("model", "table"), TABLES, ids=lambda x: getattr(x, "code", ""))
def test_each_pair_does_what_the_table_says(made, model, table):
    row = ready(model, made)
    for pair in every_pair(table):
        model.objects.filter(pk=row.pk).update(state=pair.state)
        fresh = model.objects.get(pk=row.pk)
        try:
            policy.take(row=fresh, move=pair.move, by=made.users[pair.role], reason="Daarom.")
            outcome = None
        except (DomainError, NotAllowed) as refusal:
            outcome = refusal.code
        assert outcome == pair.expected, str(pair)
        assert model.objects.get(pk=row.pk).state == (pair.target or pair.state), str(pair)


def test_a_clerk_moves_only_the_decision_of_the_own_council(made):
    decision = with_policy(made).decision
    decision.body.municipality = made.municipalities[1]
    decision.body.save()
    with pytest.raises(NotAllowed):
        policy.take(row=decision, move="adopt", by=made.users["council_clerk"])


def test_a_plan_is_adopted_only_when_every_asked_body_agrees(made):
    found, by = with_policy(made), made.users["policy_officer"]
    with pytest.raises(DomainError, match="Raad van"):
        policy.take(row=found.plan, move="adopt", by=by)
    policy.take(row=found.decision, move="amend", by=by)
    policy.take(row=found.plan, move="adopt", by=by)
    assert found.plan.state == "adopted"
    assert Decision.objects.get(pk=found.decision.pk).decided_on is not None


def test_an_adopted_version_ends_the_one_before(made):
    by = made.users["policy_officer"]
    old = PolicyDocument.objects.create(
        region=made.region, kind="strategy", title="Strategie", state="adopted"
    )
    new = PolicyDocument.objects.create(
        region=made.region, kind="strategy", title="Strategie", version="2", state="proposed",
        follows=old,
    )  # fmt: skip
    policy.take(row=new, move="adopt", by=by)
    assert PolicyDocument.objects.get(pk=old.pk).state == "expired"


def test_a_note_is_adopted_when_every_remark_is_handled(made):
    found, by = with_policy(made), made.users["policy_officer"]
    found.consultation.remarks.update(disposition="")
    with pytest.raises(DomainError, match="1 opmerkingen"):
        policy.take(row=found.consultation, move="answer", by=by)


def test_a_proposal_is_kept_as_it_was_sent(made):
    found, by = with_policy(made), made.users["policy_officer"]
    CouncilProposal.objects.filter(pk=found.proposal.pk).update(state="draft")
    proposal = CouncilProposal.objects.get(pk=found.proposal.pk)
    policy.take(row=proposal, move="send", by=by)
    kept = CouncilProposal.objects.get(pk=proposal.pk).kept
    assert sorted(v.file_name[-4:] for v in kept.versions.all()) == [".pdf", "docx"]
