"""The standards to which contracts and plans are held (`normen`), in a pack."""

from typing import Any

from core.packs import Node
from core.packs.listing import Choice, Context, Day, Entry, Listing

from ..enums.compliance import Probe, StandardSubject
from ..models import CompliancePoint, ComplianceStandard
from .contracts import SOURCE

KEYS = ("normen",)
POINTS = Listing(
    "punten", CompliancePoint, "standard",
    (
        Entry("artikel", "article"), Entry("punt", "text", required=True),
        Choice("site_kijkt_naar", "probe", options={str(p.label): p for p in Probe}), SOURCE,
    ),
    identity=("number",), counter="number",
)  # fmt: skip
STANDARDS = Listing(
    "normen", ComplianceStandard, "region",
    (
        Entry("code", "code", required=True), Entry("titel", "title", required=True),
        Choice("over", "subject", required=True,
               options={"contract": StandardSubject.CONTRACT, "plan": StandardSubject.PLAN}),
        Entry("toelichting", "note"), Day("vanaf", "valid_from", required=True),
        Day("tot", "valid_to"), SOURCE,
    ),
    identity=("code", "valid_from"), children=(POINTS,),
)  # fmt: skip


def read(pack: Node, context: Context) -> None:
    if context.get("region") is not None:
        STANDARDS.read(pack, context["region"], context)


def write(context: Context) -> dict[str, Any]:
    """Standards are national: each pack of a region carries all of them."""
    found = STANDARDS.write(context["region"])
    return {"normen": found} if found else {}
