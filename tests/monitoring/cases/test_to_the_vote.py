"""A case that proposes the end of a contract puts it to the colleges, where a rule says so."""

from datetime import date

import pytest

from core.errors import DomainError
from monitoring.queries.cases import votes_on, who_moves
from monitoring.queries.timeline import timeline
from procurement.domain import voting
from procurement.models import Ballot, Contract, VotingRule

from .build import a_case, bring_to, end_contract, step

pytestmark = pytest.mark.django_db


def a_rule(made):
    VotingRule.objects.create(
        region=made.region, subject="provider", electorate="region", valid_from=date(2020, 1, 1)
    )


def proposed(made):
    case = bring_to(made, a_case(made), "supervision")
    step(made, case, "propose_dissolution")
    return case


def refused(made, case):
    with pytest.raises(DomainError) as refusal:
        step(made, case, "contract_ended")
    return refusal.value.code


def test_without_a_rule_no_vote_is_made_and_the_contract_must_end_first(made):
    case = proposed(made)
    assert not made.provider.ballots.exists()
    assert refused(made, case) == "contract-loopt-nog"
    end_contract(made)
    step(made, case, "contract_ended")
    assert case.outcome == "contract_ended"


def test_the_proposal_becomes_a_vote_and_the_case_closes_after_it(made):
    a_rule(made)
    case = proposed(made)
    ballot = made.provider.ballots.get()
    assert (ballot.state, ballot.motivation) == ("draft", "Omdat het kan.")
    assert ballot.origin_path == f"/regio/{made.region.slug}/zaken/{case.pk}/"
    assert (refused(made, case), who_moves(case)) == ("stemming-loopt", "contractmanager")
    by = made.users["contract_manager"]
    voting.move_ballot(ballot=ballot, move="open", by=by)
    assert who_moves(case) == "colleges van de gemeenten"
    for vote in ballot.votes.all():
        vote.choice, vote.decided_on = "for", ballot.opened_on
        voting.cast_vote(vote=vote, by=by)
    assert who_moves(case) == "contractmanager"
    voting.move_ballot(ballot=ballot, move="carry_out", by=by)
    assert Contract.objects.get(pk=made.contract.pk).status == "notice"
    step(made, case, "contract_ended")
    assert case.state == "closed"
    told = [event.title for event in timeline(case, inside=True) if event.kind == "stemming"]
    assert told == ["Stemming van de colleges aangenomen en uitgevoerd", "De colleges stemmen"]
    assert not votes_on(a_case(made, theme="waiting"), Ballot.objects.all()).exists()


def test_after_a_lost_vote_the_contract_goes_on_and_the_case_takes_another_way(made):
    a_rule(made)
    case, by = proposed(made), made.users["contract_manager"]
    ballot = made.provider.ballots.get()
    voting.move_ballot(ballot=ballot, move="open", by=by)
    vote = ballot.votes.first()
    vote.choice, vote.decided_on, vote.reason = "against", ballot.opened_on, "Geen alternatief."
    voting.cast_vote(vote=vote, by=by)
    voting.move_ballot(ballot=ballot, move="reject", by=by)
    assert refused(made, case) == "contract-loopt-nog"
    step(made, case, "new_round")
    assert (case.state, case.round) == ("in_dialogue", 2)
