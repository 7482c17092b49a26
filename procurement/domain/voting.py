"""Votes of the colleges: proposed, opened, voted on, and carried out on the contracts."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from core import clock
from core.errors import DomainError
from core.formats import date_long
from core.states.api import take
from core.states.models import Step
from core.tasks.api import sync_tasks
from providers.models import Provider
from regions.queries.access import access_of

from ..enums.contracts import ChangeAction, ContractStatus
from ..enums.voting import BALLOT, BallotState, EndingKind, Standing, VoteSubject
from ..models import Ballot, CollegeVote, Contract, ContractRevision, VotingRule
from ..queries.voting import rule_on, tally_of, voters_on
from ..rules.contracts import check_can_cast, check_can_manage_contracts
from . import lifecycle, revising
from .leaving import check_won
from .parts import PARTS
from .terms import earliest_last_day, notice_by

ONE_DAY = timedelta(days=1)


@transaction.atomic
def keep_ballot(*, ballot: Ballot, by: Any, contracts: Iterable[Contract] | None = None) -> Ballot:
    """Add or change a proposal that is still a draft.

    Effects: the row; its contracts (without `contracts`, every running one that it concerns).
    """
    check_can_manage_contracts(by, ballot.region)
    _check_draft(ballot)
    if ballot.pk is None:
        latest = Ballot.objects.select_for_update().filter(region=ballot.region)
        ballot.number = (latest.aggregate(latest=Max("number"))["latest"] or 0) + 1
    if ballot.subject == VoteSubject.PRODUCT:
        ballot.ending = EndingKind.REMOVE
    if ballot.vote_before is None and (rule := _rule(ballot)):
        ballot.vote_before = clock.today() + timedelta(days=rule.term_days)
    ballot.full_clean()
    ballot.save()
    ballot.contracts.set(concerned(ballot) if contracts is None else list(contracts))
    sync_tasks(ballot.region_id)
    return ballot


def _check_draft(ballot: Ballot) -> None:
    if ballot.state != BallotState.DRAFT:
        raise DomainError(
            "Dit voorstel is in stemming gebracht; de inhoud ligt vast. Trek het zo nodig in en "
            "maak een nieuw voorstel.",
            code="stemming-ligt-vast",
        )


def _rule(ballot: Ballot) -> VotingRule | None:
    return rule_on(ballot.region, ballot.subject, clock.today())


def concerned(ballot: Ballot) -> list[Contract]:
    """The running contracts that a proposal is about."""
    rows = Contract.objects.filter(region=ballot.region, status__in=ContractStatus.LIVE)
    if ballot.provider_id:
        rows = rows.filter(provider=ballot.provider)
    if ballot.product_id:
        today = clock.today()
        still = Q(products__valid_to__isnull=True) | Q(products__valid_to__gt=today)
        rows = rows.filter(still, products__product=ballot.product).distinct()
    return list(rows.order_by("number"))


@transaction.atomic
def propose_ending(
    *,
    provider: Provider,
    motivation: str,
    by: Any,
    origin: str = "",
    origin_path: str = "",
    fictitious: bool = False,
) -> Ballot | None:
    """Put the ending of a provider's contracts to the colleges, as a draft to be completed.

    None where no rule asks for a vote or no contract runs. A proposal under way is not doubled.
    """
    rule = rule_on(provider.region, VoteSubject.PROVIDER, clock.today())
    under_way = provider.ballots.filter(
        subject=VoteSubject.PROVIDER, state__in=BallotState.UNDER_WAY
    ).first()
    if rule is None or under_way is not None:
        return under_way
    vote_before = clock.today() + timedelta(days=rule.term_days)
    ballot = Ballot(
        region=provider.region, subject=VoteSubject.PROVIDER, provider=provider,
        ending=EndingKind.NOTICE, motivation=motivation, vote_before=vote_before, origin=origin,
        origin_path=origin_path, fictitious=fictitious,
    )  # fmt: skip
    running = concerned(ballot)
    if not running:
        return None
    terms = (contract.notice or (0, 0) for contract in running)
    ballot.last_day = max(earliest_last_day(vote_before, *term) for term in terms)
    return keep_ballot(ballot=ballot, by=by, contracts=running)


@transaction.atomic
def move_ballot(*, ballot: Ballot, move: str, by: Any, reason: str = "") -> Step:
    """Move a vote along its table.

    Effects of `open`: the rule and the voters are fixed as they are today. Of `carry_out`: the
    contracts end, or the product leaves them, on the last day that was voted on; refused while
    the vote is not won. Of `reject`: refused while it can still be won.
    """
    Ballot.objects.select_for_update().get(pk=ballot.pk)
    ballot.refresh_from_db()
    roles = access_of(by).roles_in(ballot.region_id)
    BALLOT.check(ballot.state, move, roles, reason)
    if move == "open":
        _open(ballot)
    elif move == "carry_out":
        _decide(ballot, _won_on(ballot))
        _carry_out(ballot, by)
    elif move == "reject":
        _decide(ballot, _lost_on(ballot))
    step = take(ballot, BALLOT, move, by=by, roles=roles, tenant_id=ballot.region_id, reason=reason)
    sync_tasks(ballot.region_id)
    return step


def _open(ballot: Ballot) -> None:
    rule = _rule(ballot)
    if rule is None:
        raise DomainError(
            "Voor dit onderwerp geldt geen stemregel. Leg die eerst vast.",
            code="stemregel-ontbreekt",
        )
    contracts = list(ballot.contracts.all())
    if not contracts:
        raise DomainError(
            "Dit voorstel gaat over geen enkel lopend contract. Kies eerst de contracten.",
            code="contract-ontbreekt",
        )
    voters = voters_on(rule, contracts, ballot.product, clock.today())
    if not voters:
        raise DomainError(
            "Geen gemeente mag hierover stemmen: leg vast in welk segment dit valt en welke "
            "gemeenten daaraan meedoen.",
            code="geen-stemgerechtigden",
        )
    _check_days(ballot, contracts)
    ballot.rule, ballot.opened_on = rule, clock.today()
    ballot.save(update_fields=["rule", "opened_on"])
    CollegeVote.objects.bulk_create(CollegeVote(ballot=ballot, municipality=m) for m in voters)


def _check_days(ballot: Ballot, contracts: list[Contract]) -> None:
    """The last day for voting lies ahead, and leaves room for every period of notice."""
    last = ballot.vote_before
    if last is None or last < clock.today():
        raise DomainError(
            "De uiterste dag om te stemmen is voorbij. Kies een latere dag.",
            code="stemdag-voorbij",
        )
    if ballot.ending != EndingKind.NOTICE:
        return
    for contract in contracts:
        limit = notice_by(ballot.last_day + ONE_DAY, *(contract.notice or (0, 0)))
        if limit < last:
            raise DomainError(
                f"Contract {contract.number} heeft een opzegtermijn van "
                f"{contract.notice_in_words}. Om op {date_long(ballot.last_day)} te eindigen "
                f"moet het uiterlijk {date_long(limit)} zijn opgezegd; er wordt gestemd tot en met "
                f"{date_long(last)}. Kies een latere laatste dag of een eerdere stemdag.",
                code="opzegtermijn-te-kort",
            )


def _won_on(ballot: Ballot) -> date:
    check_won(ballot)
    return tally_of(ballot).decided_on or clock.today()


def _lost_on(ballot: Ballot) -> date:
    if tally_of(ballot).standing != Standing.LOST:
        raise DomainError(
            "De stemming is nog niet verloren: er kan nog worden gestemd, of het voorstel is "
            "aangenomen.",
            code="stemming-niet-verloren",
        )
    return clock.today()


def _decide(ballot: Ballot, day: date) -> None:
    ballot.decided_on = day
    ballot.save(update_fields=["decided_on"])


def _carry_out(ballot: Ballot, by: Any) -> None:
    reason = f"Besluit van de colleges, stemming {ballot.number} ({date_long(ballot.decided_on)})."
    end = ballot.last_day + ONE_DAY
    for contract in ballot.contracts.select_for_update(of=("self",)):
        if contract.status not in ContractStatus.LIVE:
            continue
        ends = contract.end_date
        if contract.status == ContractStatus.NOTICE and ends is not None and ends <= end:
            continue
        _end(ballot, contract, by, reason)


def _end(ballot: Ballot, contract: Contract, by: Any, reason: str) -> None:
    match ballot.ending:
        case EndingKind.NOTICE:
            notice = lifecycle.Notice(clock.today(), ballot.last_day)
            lifecycle.give_notice(
                contract=contract, notice=notice, by=by, reason=reason, ballot=ballot
            )
        case EndingKind.DISSOLVE:
            lifecycle.dissolve(
                contract=contract, last_day=ballot.last_day, by=by, reason=reason, ballot=ballot
            )
        case _:
            _remove_product(ballot, contract, by, reason)


def _remove_product(ballot: Ballot, contract: Contract, by: Any, reason: str) -> None:
    """A revision that takes the product out, recorded as accepted on the colleges' decision."""
    end = ballot.last_day + ONE_DAY
    rows = PARTS["product"].rows(contract).filter(product=ballot.product)
    row = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=end)).first()
    if row is None:
        return
    revision = revising.keep_revision(
        revision=ContractRevision(
            contract=contract, title=f"Zonder {ballot.product}"[:160], reason_code="policy",
            explanation=reason, effective_from=end, answer_before=clock.today(),
        ),
        by=by,
    )  # fmt: skip
    revising.add_change(
        revision=revision, part="product", action=ChangeAction.END, target=row, by=by
    )
    revising.offer_revision(revision=revision, by=by, reason=reason, ballot=ballot)
    revising.accept_revision(revision=revision, by=by, reason=reason)


@transaction.atomic
def cast_vote(*, vote: CollegeVote, by: Any) -> CollegeVote:
    """Write down what a college decided, or take it back with an empty choice.

    How the vote stands follows from it; nothing happens to a contract yet.
    """
    ballot = Ballot.objects.select_for_update(of=("self",)).get(pk=vote.ballot_id)
    check_can_cast(by, ballot.region, vote.municipality)
    if ballot.state != BallotState.OPEN:
        raise DomainError(
            f"De stemming is {ballot.get_state_display()}; er kan niet meer worden gestemd.",
            code="stemming-gesloten",
        )
    _check_day(vote, ballot)
    vote.full_clean()
    vote.save()
    sync_tasks(ballot.region_id)
    return vote


def _check_day(vote: CollegeVote, ballot: Ballot) -> None:
    day, last = vote.decided_on, ballot.vote_before
    if day and day > clock.today():
        raise DomainError("Een besluit kan niet in de toekomst liggen.", code="datum-in-toekomst")
    if day and last and day > last:
        raise DomainError(
            f"Er kon worden gestemd tot en met {date_long(last)}; een later besluit telt niet mee.",
            code="stem-te-laat",
        )
