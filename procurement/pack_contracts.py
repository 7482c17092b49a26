"""What a strategy says about all contracts, in a pack: who votes on what leaves the offer."""

from typing import Any

from core.packs import Node
from core.packs.listing import Choice, Context, Day, Entry, Listing, Whole

from .models import VotingRule
from .voting_enums import Electorate, Majority, VoteSubject

KEYS = ("stemregels",)
SOURCE = Entry("bron", "source")
RULES = Listing(
    "stemregels", VotingRule, "region",
    (
        Choice("onderwerp", "subject", required=True,
               options={"aanbieder": VoteSubject.PROVIDER, "product": VoteSubject.PRODUCT}),
        Choice("wie_stemt", "electorate", required=True,
               options={"regio": Electorate.REGION, "segment": Electorate.SEGMENT}),
        Choice("meerderheid", "majority", default=Majority.UNANIMOUS,
               options={"iedereen": Majority.UNANIMOUS, "twee derde": Majority.TWO_THIRDS,
                        "meer dan de helft": Majority.MORE_THAN_HALF}),
        Whole("dagen", "term_days", required=True),
        Day("vanaf", "valid_from", required=True), Day("tot", "valid_to"), SOURCE,
    ),
    identity=("subject", "valid_from"),
)  # fmt: skip


def read(pack: Node, context: Context) -> None:
    if context.get("region") is not None:
        RULES.read(pack, context["region"], context)


def write(context: Context) -> dict[str, Any]:
    """A region may have a pack per scheme: a rule belongs to the one in whose period it begins."""
    scheme = context.get("scheme")
    rules = RULES.write(context["region"], lambda row: _within(row.valid_from, scheme))
    return {"stemregels": rules} if rules else {}


def _within(day: Any, scheme: Any) -> bool:
    if scheme is None:
        return True
    return scheme.valid_from <= day and (scheme.valid_to is None or day < scheme.valid_to)
