"""Votes for who may see them, the rule that holds, and who may vote."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from core import clock
from core.ui import matches
from regions.models import Municipality, Region
from regions.queries.access import access_of
from regions.queries.membership import municipalities_of
from segments.enums import Participation
from segments.models import Product, SegmentParticipation

from ..domain.tally import Cast, Tally, count
from ..enums.voting import BallotState, Electorate, Majority, VoteChoice, VoteSubject
from ..models import Ballot, CollegeVote, Contract, VotingRule
from .admission import segments_of
from .contracts import readable_region_ids


def ballots_visible_to(user: Any) -> QuerySet[Ballot]:
    """For staff and executives of the region; a provider sees what was decided about itself."""
    access = access_of(user)
    seen = Q(region__in=readable_region_ids(user))
    for region in access.region_ids:
        own = access.provider_organisations_in(region)
        if own:
            seen |= Q(
                region=region,
                provider__organisation__in=own,
                state=BallotState.CARRIED_OUT,
            )
    rows = Ballot.objects.filter(seen)
    return rows.select_related("region", "provider", "product", "rule")


def votes_visible_to(user: Any) -> QuerySet[CollegeVote]:
    """What each college said: for staff and executives of the region only."""
    rows = CollegeVote.objects.filter(ballot__region__in=readable_region_ids(user))
    return rows.select_related("ballot__region", "municipality")


def rules_visible_to(user: Any) -> QuerySet[VotingRule]:
    rows = VotingRule.objects.filter(region__in=readable_region_ids(user))
    return rows.select_related("region")


FOUND_BY = ("provider__name", "provider__agb_code", "product__code", "product__name", "motivation")


def matching(rows: QuerySet[Ballot], words: str) -> QuerySet[Ballot]:
    return matches(rows, words, FOUND_BY)


def with_counts(rows: QuerySet[Ballot]) -> QuerySet[Ballot]:
    """Each with `voters`, `yes`, `no` and `abstained`."""

    def counted(choice: str) -> Count:
        return Count("votes", filter=Q(votes__choice=choice))

    return rows.annotate(
        voters=Count("votes"),
        yes=counted(VoteChoice.FOR),
        no=counted(VoteChoice.AGAINST),
        abstained=counted(VoteChoice.ABSTAIN),
    )


def rule_on(region: Region, subject: str, day: date) -> VotingRule | None:
    """Who must agree on a day; None: nobody is asked."""
    rows = VotingRule.objects.filter(region=region, subject=subject, valid_from__lte=day)
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day)).first()


def tally_of(ballot: Ballot) -> Tally:
    """How a ballot stands today."""
    votes = ballot.votes.select_related("municipality")
    cast = (Cast(v.municipality.name, v.choice, v.decided_on) for v in votes)
    majority = ballot.rule.majority if ballot.rule else Majority.UNANIMOUS
    return count(cast, majority, vote_before=ballot.vote_before, today=clock.today())


def voters_on(
    rule: VotingRule, contracts: Iterable[Contract], product: Product | None, day: date
) -> list[Municipality]:
    """The municipalities that may vote: members on the day, and by the rule taking part."""
    members = municipalities_of(rule.region, day)
    if rule.electorate == Electorate.REGION:
        return list(members)
    segments = set(_segments(rule, contracts, product, day))
    out = {
        municipality: {row.segment_id for row in rows if _stays_out(row, product)}
        for municipality, rows in _participations(rule.region, segments).items()
    }
    return [m for m in members if segments - out.get(m.pk, set())]


def _segments(
    rule: VotingRule, contracts: Iterable[Contract], product: Product | None, day: date
) -> Iterable[int]:
    if rule.subject == VoteSubject.PRODUCT and product is not None:
        return segments_of(product, day)[:1]
    return {pk for contract in contracts for pk in contract.segments.values_list("pk", flat=True)}


def _participations(region: Region, segments: set[int]) -> dict[int, list[SegmentParticipation]]:
    found: dict[int, list[SegmentParticipation]] = {}
    for row in SegmentParticipation.objects.filter(segment__in=segments):
        found.setdefault(row.municipality_id, []).append(row)
    return found


def _stays_out(row: SegmentParticipation, product: Product | None) -> bool:
    """No row means full; a part that names products concerns those products only."""
    if row.participation == Participation.PARTIAL and product is not None and row.products:
        return product.code not in row.products and product.category not in row.products
    return row.participation == Participation.NONE
