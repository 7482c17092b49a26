"""Votes of the colleges on what leaves the offer, and contracts that follow the decision."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from core.errors import DomainError
from core.tasks.api import Task, sync_now
from procurement.domain import contracts, lifecycle, revising, voting
from procurement.domain.tally import Cast, count, needed_of
from procurement.enums.voting import BALLOT, Standing
from procurement.models import (
    Ballot,
    CollegeVote,
    Contract,
    ContractRevision,
    VotingRule,
)
from procurement.queries.reading import reading_of
from procurement.queries.voting import ballots_visible_to, tally_of
from regions.enums import Role
from segments.models import SegmentParticipation
from tests.factories import Made, RegionMembershipFactory, a_region, with_users
from tests.states import every_pair

TODAY, TERM = date(2026, 3, 2), date(2026, 4, 13)


def cast(*said: str) -> list[Cast]:
    """'+' yes, '-' no, '0' abstained, '' nothing; on consecutive days of March."""
    words = {"+": "for", "-": "against", "0": "abstain", "": ""}
    return [
        Cast(f"G{n}", words[one], date(2026, 3, n) if one else None)
        for n, one in enumerate(said, 1)
    ]


@pytest.mark.parametrize(
    ("voters", "majority", "needed"),
    [
        (6, "unanimous", 6), (6, "two_thirds", 4), (7, "two_thirds", 5), (6, "half", 4),
        (7, "half", 4), (1, "half", 1),
    ],
)  # fmt: skip
def test_how_many_yeses_are_enough(voters: int, majority: str, needed: int) -> None:
    assert needed_of(voters, majority) == needed


@pytest.mark.parametrize(
    ("said", "majority", "standing"),
    [
        (("+", "+", "+"), "unanimous", "won"),
        (("+", "+", ""), "unanimous", "undecided"),
        (("+", "+", "0"), "unanimous", "lost"),
        (("+", "-", ""), "unanimous", "lost"),
        (("+", "+", ""), "two_thirds", "won"),
        (("+", "-", ""), "two_thirds", "undecided"),
        (("0", "-", ""), "half", "lost"),
        ((), "unanimous", "undecided"),
    ],
)
def test_how_a_vote_stands(said, majority, standing) -> None:
    assert count(cast(*said), majority, vote_before=TERM, today=TODAY).standing == standing


def test_a_missing_vote_is_no_yes_once_the_last_day_has_passed() -> None:
    votes = cast("+", "+", "")
    on_the_day = count(votes, "unanimous", vote_before=TERM, today=TERM)
    day_after = count(votes, "unanimous", vote_before=TERM, today=date(2026, 4, 14))
    assert (on_the_day.standing, day_after.standing) == ("undecided", "lost")
    assert on_the_day.missing == ("G3",)


def test_the_day_of_the_decision_is_that_of_the_yes_that_made_it_enough() -> None:
    found = count(cast("+", "+", "-", "+"), "half", vote_before=TERM, today=TODAY)
    assert found.decided_on == date(2026, 3, 4)


@pytest.fixture
def made(db, settings) -> Made:
    settings.CLOCK_TODAY = TODAY.isoformat()
    return with_users(a_region())


@pytest.fixture
def by(made: Made):
    return made.users[Role.CONTRACT_MANAGER]


def a_rule(made: Made, **fields) -> VotingRule:
    fields = {"subject": "provider", "electorate": "region", **fields}
    return VotingRule.objects.create(
        region=made.region, valid_from=date(2023, 1, 1), source="002:L924", **fields
    )


def a_ballot(made: Made, by, **fields) -> Ballot:
    fields = {
        "subject": "provider", "provider": made.provider, "ending": "notice",
        "last_day": date(2026, 12, 31), **fields,
    }  # fmt: skip
    return voting.keep_ballot(
        ballot=Ballot(region=made.region, motivation="Geen transformatie.", **fields), by=by
    )


def opened(ballot: Ballot, by) -> Ballot:
    voting.move_ballot(ballot=ballot, move="open", by=by)
    return ballot


def say(ballot: Ballot, by, choice: str, *municipalities, day: date = TODAY) -> None:
    votes = ballot.votes.filter(municipality__in=municipalities) if municipalities else (
        ballot.votes.all()
    )  # fmt: skip
    for vote in votes:
        vote.choice, vote.decided_on, vote.reason = choice, day, "Omdat wij dat vinden."
        voting.cast_vote(vote=vote, by=by)


def code_of(call, **given) -> str:
    with pytest.raises(DomainError) as refusal:
        call(**given)
    return refusal.value.code


def test_without_a_rule_the_region_gives_notice_itself(made: Made, by) -> None:
    notice = lifecycle.Notice(TODAY, date(2026, 12, 31))
    lifecycle.give_notice(contract=made.contract, notice=notice, by=by, reason="-")
    assert made.contract.status == "notice"


def test_with_a_rule_every_way_out_asks_for_the_vote(made: Made, by) -> None:
    a_rule(made)
    a_rule(made, subject="product")
    contract, end = made.contract, date(2026, 12, 31)
    notice = lifecycle.Notice(TODAY, end)
    given = {"contract": contract, "by": by}
    assert code_of(lifecycle.give_notice, notice=notice, reason="-", **given) == "stemming-nodig"
    assert code_of(lifecycle.dissolve, last_day=end, reason="-", **given) == "stemming-nodig"
    contract.refresh_from_db()
    contract.end_date = end
    assert code_of(contracts.keep_contract, segments=[], **given) == "stemming-nodig"
    row = contract.products.get()
    row.valid_to = end
    assert code_of(contracts.keep_part, part=row, by=by) == "stemming-nodig"
    revision = revising.keep_revision(
        revision=ContractRevision(
            contract=contract, title="Minder", reason_code="policy", explanation="-",
            effective_from=date(2026, 7, 1),
        ),
        by=by,
    )  # fmt: skip
    revising.add_change(revision=revision, part="product", action="end", target=row, by=by)
    assert code_of(revising.offer_revision, revision=revision, by=by) == "stemming-nodig"
    contract.refresh_from_db()
    assert (contract.status, contract.end_date) == ("active", date(2031, 1, 1))


def test_what_comes_in_needs_no_vote(made: Made, by) -> None:
    """'Adding is possible without that condition in the text' (document 002)."""
    a_rule(made, subject="product")
    revision = revising.keep_revision(
        revision=ContractRevision(
            contract=made.contract, title="Meer", reason_code="policy", explanation="-",
            effective_from=date(2026, 7, 1),
        ),
        by=by,
    )  # fmt: skip
    revising.add_change(
        revision=revision, part="clausule", action="add", by=by,
        values={"kind": "other", "title": "Nieuw", "text": "Iets.", "source": ""},
    )  # fmt: skip
    revising.offer_revision(revision=revision, by=by)
    assert revision.state == "offered"


def test_a_provider_that_gives_notice_itself_needs_no_vote(made: Made, by) -> None:
    a_rule(made)
    notice = lifecycle.Notice(TODAY, date(2026, 12, 31), by_provider=True)
    lifecycle.give_notice(contract=made.contract, notice=notice, by=by, reason="Wij stoppen")
    assert made.contract.status == "notice"


def test_the_contract_follows_a_unanimous_decision(made: Made, by) -> None:
    a_rule(made)
    ballot = opened(a_ballot(made, by), by)
    assert (ballot.vote_before, ballot.votes.count()) == (TERM, 2)
    say(ballot, by, "for", made.municipalities[0])
    carry = {"ballot": ballot, "move": "carry_out", "by": by}
    assert code_of(voting.move_ballot, **carry) == "stemming-niet-gewonnen"
    say(ballot, by, "for", made.municipalities[1])
    voting.move_ballot(**carry)
    contract = Contract.objects.get(pk=made.contract.pk)
    assert (contract.status, contract.end_date) == ("notice", date(2027, 1, 1))
    assert (ballot.state, ballot.decided_on) == ("carried_out", TODAY)


def test_who_left_the_region_does_not_vote_and_who_came_later_neither(made: Made, by) -> None:
    a_rule(made)
    made.region.memberships.filter(municipality=made.municipalities[0]).update(
        valid_to=date(2026, 1, 1)
    )
    late = RegionMembershipFactory(region=made.region, valid_from=date(2026, 4, 1))
    ballot = opened(a_ballot(made, by), by)
    voters = {vote.municipality for vote in ballot.votes.all()}
    assert voters == {made.municipalities[1]}
    assert late.municipality not in voters


def test_only_who_takes_part_in_the_segment_votes_where_the_rule_says_so(made: Made, by) -> None:
    a_rule(made, electorate="segment")
    SegmentParticipation.objects.create(
        segment=made.segments[0], municipality=made.municipalities[0], participation="none"
    )
    ballot = opened(a_ballot(made, by), by)
    assert [v.municipality for v in ballot.votes.all()] == [made.municipalities[1]]


@pytest.mark.parametrize(("products", "voters"), [(["54A01"], 1), (["45A01"], 2), (["45"], 2)])
def test_who_takes_part_for_some_products_votes_on_those(made: Made, by, products, voters) -> None:
    a_rule(made, subject="product", electorate="segment")
    SegmentParticipation.objects.create(
        segment=made.segments[0], municipality=made.municipalities[0], participation="partial",
        part="alleen dagbehandeling", products=products,
    )  # fmt: skip
    ballot = opened(a_ballot(made, by, subject="product", provider=None, product=made.product), by)
    assert ballot.votes.count() == voters


def test_a_product_leaves_every_contract_on_the_decided_day(client, made: Made, by) -> None:
    a_rule(made, subject="product")
    ballot = opened(a_ballot(made, by, subject="product", provider=None, product=made.product), by)
    say(ballot, by, "for")
    client.force_login(by)
    page = reverse("ballot", args=[made.region.slug, ballot.pk])
    assert client.post(f"{page}stap/carry_out/")["Location"] == page
    product = made.contract.products.get()
    assert product.valid_to == date(2027, 1, 1)
    before, after = (reading_of(made.contract, d) for d in (date(2026, 12, 31), date(2027, 1, 1)))
    assert (len(before.of("product")), len(after.of("product"))) == (1, 0)
    assert made.contract.revisions.get().state == "accepted"


def test_a_vote_that_leaves_no_room_for_the_period_of_notice_is_not_opened(made: Made, by) -> None:
    """Six months before 31 August is 28 February; there is voted until 13 April."""
    a_rule(made)
    Contract.objects.filter(pk=made.contract.pk).update(notice_months=6)
    ballot = a_ballot(made, by, last_day=date(2026, 8, 31))
    assert code_of(voting.move_ballot, ballot=ballot, move="open", by=by) == "opzegtermijn-te-kort"
    ballot.last_day = date(2026, 10, 13)
    voting.keep_ballot(ballot=ballot, by=by)
    assert opened(ballot, by).state == "open"


def test_a_lost_vote_changes_nothing(made: Made, by) -> None:
    a_rule(made)
    ballot = opened(a_ballot(made, by), by)
    reject = {"ballot": ballot, "move": "reject", "by": by}
    assert code_of(voting.move_ballot, **reject) == "stemming-niet-verloren"
    say(ballot, by, "against", made.municipalities[0])
    voting.move_ballot(**reject)
    assert Contract.objects.get(pk=made.contract.pk).status == "active"


def test_a_decision_after_the_last_day_does_not_count(made: Made, by, settings) -> None:
    a_rule(made)
    ballot = opened(a_ballot(made, by), by)
    settings.CLOCK_TODAY = "2026-04-20"
    vote = ballot.votes.first()
    vote.choice, vote.decided_on = "for", date(2026, 4, 14)
    assert code_of(voting.cast_vote, vote=vote, by=by) == "stem-te-laat"
    assert tally_of(ballot).standing == Standing.LOST


def test_a_no_says_why(made: Made, by) -> None:
    a_rule(made)
    vote = opened(a_ballot(made, by), by).votes.first()
    vote.choice, vote.decided_on = "against", TODAY
    with pytest.raises(ValidationError, match="waarom het college tegen is"):
        voting.cast_vote(vote=vote, by=by)


def test_an_executive_speaks_for_the_own_college_only(made: Made, by) -> None:
    a_rule(made)
    ballot = opened(a_ballot(made, by), by)
    executive = made.users[Role.EXECUTIVE]
    say(ballot, executive, "for", made.municipalities[0])
    other = ballot.votes.get(municipality=made.municipalities[1])
    other.choice, other.decided_on = "for", TODAY
    assert code_of(voting.cast_vote, vote=other, by=executive) == "niet-bevoegd"


def test_the_rule_and_the_voters_stay_as_they_were_when_it_opened(made: Made, by) -> None:
    rule = a_rule(made)
    ballot = opened(a_ballot(made, by), by)
    RegionMembershipFactory(region=made.region)
    say(ballot, by, "for")
    assert (tally_of(ballot).standing, ballot.rule) == ("won", rule)


def test_a_draft_is_proposed_once_and_a_vote_is_no_draft(made: Made, by) -> None:
    assert voting.propose_ending(provider=made.provider, motivation="-", by=by) is None
    a_rule(made)
    first = voting.propose_ending(provider=made.provider, motivation="-", by=by, origin="zaak 1")
    again = voting.propose_ending(provider=made.provider, motivation="Nog eens", by=by)
    assert first is not None
    assert first == again
    assert list(first.contracts.all()) == [made.contract]
    opened(first, by)
    assert code_of(voting.keep_ballot, ballot=first, by=by) == "stemming-ligt-vast"


def test_a_missing_vote_is_a_task_of_the_executive_of_that_municipality(made: Made, by) -> None:
    a_rule(made)
    ballot = opened(a_ballot(made, by), by)
    say(ballot, by, "for", made.municipalities[0])
    sync_now(tenant_id=made.region.pk)
    missing = Task.objects.get(source="procurement.vote")
    assert (missing.due, missing.team) == (TERM, Role.EXECUTIVE)
    assert missing.party_id == made.municipalities[1].organisation_id
    assert Task.objects.get(source="procurement.ballot").due == TERM


def test_a_provider_hears_of_a_vote_when_it_was_carried_out(made: Made, by) -> None:
    a_rule(made)
    ballot = opened(a_ballot(made, by), by)
    seen = ballots_visible_to(made.users[Role.PROVIDER])
    assert not seen.exists()
    say(ballot, by, "for")
    voting.move_ballot(ballot=ballot, move="carry_out", by=by)
    assert seen.all().get() == ballot


def test_each_move_from_each_state_by_each_role(made: Made, by) -> None:
    a_rule(made)
    ballot = opened(a_ballot(made, by), by)
    unlike = []
    for pair in every_pair(BALLOT):
        with transaction.atomic():
            choice = "against" if pair.move == "reject" else "for"
            CollegeVote.objects.filter(ballot=ballot).update(
                choice=choice, decided_on=TODAY, reason="-"
            )
            if pair.state == "draft":
                CollegeVote.objects.filter(ballot=ballot).delete()
            Ballot.objects.filter(pk=ballot.pk).update(state=pair.state, decided_on=TODAY)
            try:
                voting.move_ballot(
                    ballot=Ballot.objects.get(pk=ballot.pk), move=pair.move,
                    by=made.users[pair.role], reason="Omdat het moet",
                )  # fmt: skip
                found = None
            except DomainError as error:
                found = error.code
            state = Ballot.objects.get(pk=ballot.pk).state
            if (found, state) != (pair.expected, pair.target or pair.state):
                unlike.append((str(pair), found, state))
            transaction.set_rollback(True)
    assert unlike == []
