"""Risks, chances, features of local teams and initiatives in a pack."""

from typing import Any

from core.packs import Node
from core.packs.listing import Choice, Context, Day, Entry, Listing, Number, Ref, Refs, Whole
from segments.models import IndicatorDefinition, Segment, SegmentGoal

from . import pack_agreed
from .enums.steering import FeatureGroup, InitiativeKind, InitiativeState, RiskKind
from .models import Initiative, LocalTeamFeature, MitigationMeasure, Risk

KEYS = ("risicos_en_kansen", "kenmerken_lokale_teams", "initiatieven", pack_agreed.KEY)
SOURCE = Entry("bron", "source")


def find_segment(context: Context, word: str) -> Segment | None:
    """'scheme/segment'."""
    scheme, _, code = word.partition("/")
    rows = Segment.objects.filter(scheme__region=context["region"], scheme__code=scheme)
    return rows.filter(code=code).first()


def segment_name(segment: Segment) -> str:
    return f"{segment.scheme.code}/{segment.code}"


def find_goal(context: Context, word: str) -> SegmentGoal | None:
    """'scheme/segment/number'."""
    segment, _, number = word.rpartition("/")
    found = find_segment(context, segment)
    return found.goals.filter(number=number, parent__isnull=True).first() if found else None


def goal_name(goal: SegmentGoal) -> str:
    return f"{segment_name(goal.segment)}/{goal.number}"


def find_indicator(context: Context, word: str) -> IndicatorDefinition | None:
    rows = IndicatorDefinition.objects.filter(region=context["region"], code=word)
    return rows.order_by("-version").first()


MEASURES = Listing(
    "maatregelen", MitigationMeasure, "risk",
    (
        Entry("tekst", "text", required=True), Entry("wie", "who"), Day("uiterlijk", "due_on"),
        SOURCE,
    ),
    identity=("text",),
)  # fmt: skip
RISKS = Listing(
    "risicos_en_kansen", Risk, "region",
    (
        Entry("titel", "title", required=True), Choice("soort", "kind", of=RiskKind, required=True),
        Entry("toelichting", "description"), Entry("oorzaak", "cause"), Entry("gevolg", "effect"),
        Ref("segment", "segment", find=find_segment, name=segment_name),
        Refs("doelen", "goals", find=find_goal, name=goal_name),
        Refs("indicatoren", "indicators", find=find_indicator, name=lambda one: one.code), SOURCE,
    ),
    identity=("kind", "title"), children=(MEASURES,),
)  # fmt: skip
FEATURES = Listing(
    "kenmerken_lokale_teams", LocalTeamFeature, "region",
    (
        Whole("nummer", "number", required=True),
        Choice("groep", "group", of=FeatureGroup, required=True),
        Entry("kenmerk", "text", required=True), SOURCE,
    ),
    identity=("number",),
)  # fmt: skip
INITIATIVES = Listing(
    "initiatieven", Initiative, "region",
    (
        Entry("naam", "title", required=True),
        Choice("soort", "kind", of=InitiativeKind, required=True),
        Entry("oplevering", "aim", required=True),
        Choice("stand", "state", of=InitiativeState, required=True, only_new=True),
        Ref("segment", "segment", find=find_segment, name=segment_name),
        Entry("partijen", "parties"), Number("budget", "budget"), Day("vanaf", "starts_on"),
        Day("beoordelen", "evaluate_on"), SOURCE,
    ),
    identity=("title",),
)  # fmt: skip
LISTS = (RISKS, FEATURES, INITIATIVES)
AGREED = pack_agreed.listing(find_indicator, find_goal, goal_name)


def read(pack: Node, context: Context) -> None:
    region = context.get("region")
    for listing in LISTS if region is not None else ():
        listing.read(pack, region, context)
    if region is not None:
        pack_agreed.read(pack, context, AGREED, find_segment)


def write(context: Context) -> dict[str, Any]:
    """What belongs to the scheme that is written, or to none."""
    region, scheme = context["region"], context.get("scheme")
    data = {one.key: one.write(region, lambda row: _of(row, scheme)) for one in LISTS}
    data[pack_agreed.KEY] = pack_agreed.write(context, AGREED, segment_name)
    return {key: rows for key, rows in data.items() if rows}


def _of(row: Any, scheme: Any) -> bool:
    segment = getattr(row, "segment", None)
    return segment is None or segment.scheme == scheme
