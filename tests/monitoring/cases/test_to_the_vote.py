"""A case that proposes the end of a contract puts it to the colleges, where a rule says so."""

from datetime import date

import pytest

from core.errors import DomainError
from procurement.domain import voting
from procurement.models import Contract, VotingRule

from .build import a_case, bring_to, step

pytestmark = pytest.mark.django_db


def a_rule(made):
    VotingRule.objects.create(
        region=made.region, subject="provider", electorate="region", valid_from=date(2020, 1, 1)
    )


def test_without_a_rule_no_vote_is_made(made):
    case = bring_to(made, a_case(made), "dissolution_proposed")
    assert not made.provider.ballots.exists()
    assert step(made, case, "contract_ended")


def test_the_proposal_becomes_a_vote_and_the_case_closes_after_it(made):
    a_rule(made)
    case = bring_to(made, a_case(made), "dissolution_proposed")
    ballot = made.provider.ballots.get()
    assert (ballot.state, ballot.motivation) == ("draft", "Omdat het kan.")
    assert ballot.origin_path == f"/regio/{made.region.slug}/zaken/{case.pk}/"
    with pytest.raises(DomainError) as refusal:
        step(made, case, "contract_ended")
    assert refusal.value.code == "stemming-loopt"
    by = made.users["contract_manager"]
    voting.move_ballot(ballot=ballot, move="open", by=by)
    for vote in ballot.votes.all():
        vote.choice, vote.decided_on = "for", ballot.opened_on
        voting.cast_vote(vote=vote, by=by)
    voting.move_ballot(ballot=ballot, move="carry_out", by=by)
    assert Contract.objects.get(pk=made.contract.pk).status == "notice"
    step(made, case, "contract_ended")
    assert case.state == "closed"
