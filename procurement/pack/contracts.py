"""What a strategy says about all contracts, in a pack: conditions, and who votes on endings."""

from typing import Any

from core.packs import Node
from core.packs.listing import Choice, Context, Day, Entry, Flag, Listing, Texts, Whole

from ..enums.voting import Electorate, Majority, VoteSubject
from ..models import ContractPolicy, VotingRule

KEYS = ("stemregels", "contractregels")
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


class Times(Whole):
    """A number of times; left out it is none."""

    def read(self, node: Node, context: Context) -> Any:
        return node.integer(self.word, 0)


POLICY = Listing(
    "contractregels", ContractPolicy, "scheme",
    (
        Whole("minimale_looptijd_maanden", "min_term_months"),
        Times("verlengingen", "max_extensions"),
        Whole("maanden_per_verlenging", "extension_months"),
        Texts("toetsen", "extension_tests"),
        Whole("opzegtermijn_maanden", "notice_months"),
        Whole("opzegtermijn_dagen", "notice_days"),
        Entry("motivering_looptijd", "long_term_reason"),
        Flag("geen_onderaannemers", "no_subcontracting"),
        Flag("inhoudelijk_regievoerder", "case_director"), SOURCE,
    ),
    identity=(),
)  # fmt: skip


def read(pack: Node, context: Context) -> None:
    if context.get("region") is not None:
        RULES.read(pack, context["region"], context)
    if context.get("scheme") is not None:
        POLICY.read(pack, context["scheme"], context)


def write(context: Context) -> dict[str, Any]:
    """A region may have a pack per scheme: a rule belongs to the one in whose period it begins."""
    scheme = context.get("scheme")
    rules = RULES.write(context["region"], lambda row: _within(row.valid_from, scheme))
    policy = POLICY.write(scheme) if scheme is not None else []
    found = {"stemregels": rules, "contractregels": policy}
    return {key: listed for key, listed in found.items() if listed}


def _within(day: Any, scheme: Any) -> bool:
    if scheme is None:
        return True
    return scheme.valid_from <= day and (scheme.valid_to is None or day < scheme.valid_to)
