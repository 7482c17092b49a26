"""What votes add to shared pages, and their terms."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from core.audit.registry import HistorySubject, register_history
from core.tasks.api import DeadlineSource, Due, register_deadlines
from core.ui import (
    Hit,
    NavItem,
    Panel,
    Place,
    SearchSource,
    register_nav,
    register_panel,
    register_search,
)
from regions.desk import BUY
from regions.enums import Role
from regions.models import Region
from regions.queries.access import access_of

from ..desk_slots import CONTRACT_PAGE
from ..enums.voting import BallotState
from ..models import Ballot, CollegeVote
from ..queries import voting as queries
from ..queries.contracts import readable_region_ids
from ..rules.contracts import can_manage_contracts

TEAM = Role.CONTRACT_MANAGER.value


def sees_votes(place: Place) -> bool:
    return place.tenant_id in readable_region_ids(place.user)


def ballots_of_contract(place: Place, contract: Any) -> dict[str, Any] | None:
    rows = queries.ballots_visible_to(place.user).filter(contracts=contract)
    may_manage = can_manage_contracts(place.user, place.tenant)
    rules = place.tenant.voting_rules.exists()
    if not rows and not (may_manage and rules):
        return None
    return {
        "region": place.tenant,
        "contract": contract,
        "ballots": [(row, queries.tally_of(row)) for row in rows],
        "may_manage": may_manage and rules,
    }


def find_ballots(place: Place, words: str, limit: int) -> Iterable[Hit]:
    seen = queries.ballots_visible_to(place.user).filter(region=place.tenant_id)
    for row in queries.matching(seen, words)[:limit]:
        yield Hit(capfirst(str(row)), place.url("ballot", pk=row.pk), row.get_state_display())


def terms(region_id: int, until: date) -> Iterable[Due]:
    """Votes that must be concluded, for who manages contracts."""
    slug = Region.objects.values_list("slug", flat=True).get(pk=region_id)
    rows = Ballot.objects.filter(region=region_id, state=BallotState.OPEN, vote_before__lte=until)
    for row in rows.select_related("provider", "product"):
        if row.vote_before:
            yield Due(
                key=str(row.pk), day=row.vote_before, title=f"Uitslag vaststellen: {row}"[:200],
                url=reverse("ballot", args=[slug, row.pk]), team=TEAM, about=row.about[:200],
            )  # fmt: skip


def missing_votes(region_id: int, until: date) -> Iterable[Due]:
    """A college that has not voted yet: a task of its executive."""
    slug = Region.objects.values_list("slug", flat=True).get(pk=region_id)
    rows = CollegeVote.objects.filter(
        ballot__region=region_id, ballot__state=BallotState.OPEN, choice="",
        ballot__vote_before__lte=until,
    )  # fmt: skip
    related = ("ballot__provider", "ballot__product", "municipality")
    for row in rows.select_related(*related):
        if row.ballot.vote_before:
            yield Due(
                key=str(row.pk), day=row.ballot.vote_before,
                title=f"Stem van {row.municipality}: {row.ballot}"[:200],
                url=reverse("ballot", args=[slug, row.ballot_id]), team=Role.EXECUTIVE.value,
                party_id=row.municipality.organisation_id, about=row.ballot.about[:200],
            )  # fmt: skip


register_nav(NavItem("Stemmingen", "ballots", BUY, 38, sees_votes))
register_panel(
    Panel(CONTRACT_PAGE, "ballots", "procurement/panel_ballots.html", ballots_of_contract, 300)
)
register_search(SearchSource("ballots", "Stemmingen", find_ballots, order=35))
register_deadlines(DeadlineSource("procurement.ballot", "Stemming", terms))
register_deadlines(DeadlineSource("procurement.vote", "Stem van een college", missing_votes))
register_history(
    HistorySubject(
        "stemming",
        "Stemming",
        lambda user, tenant_id: queries.ballots_visible_to(user).filter(
            region__in=access_of(user).staff_region_ids & {tenant_id}
        ),
        lambda place, ballot: place.url("ballot", pk=ballot.pk),
    )
)
