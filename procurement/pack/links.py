"""What works out what, across the whole of a pack; read after all that may hang on something."""

from typing import Any

from core.packs import Node
from core.packs.listing import Choice, Context, Entry, Listing, Ref
from segments.models import SegmentScheme

from ..enums.policy import LinkKind
from ..models import PolicyLink
from .naming import (
    find_framework,
    find_goal,
    find_segment,
    goal_name,
    section_of,
    segment_name,
)

KEYS = ("verbanden",)
SOURCE = Entry("bron", "source")


def _choice_of(attr: str) -> Any:
    """Finds the choice of a segment ('scheme/segment')."""

    def find(context: Context, word: str) -> Any:
        segment = find_segment(context, word)
        return getattr(segment, attr, None) if segment else None

    return find


def _of_segment(choice: Any) -> str:
    return segment_name(choice.segment)


LINKS = Listing(
    "verbanden", PolicyLink, "region",
    (
        Choice("soort", "kind", of=LinkKind, default=LinkKind.ELABORATES),
        section_of("hoofdstuk", "section"),
        Ref("doel", "goal", find=find_goal, name=goal_name),
        Ref("bekostigingskeuze", "funding_choice", find=_choice_of("funding_choice"),
            name=_of_segment),
        Ref("procedurekeuze", "procedure_choice", find=_choice_of("procedure_choice"),
            name=_of_segment),
        section_of("onder_hoofdstuk", "upper_section"),
        Ref("onder_doel", "upper_goal", find=find_goal, name=goal_name),
        Ref("onder_kader", "upper_framework", find=find_framework),
        Entry("toelichting", "note"), SOURCE,
    ),
    identity=(
        "section", "goal", "funding_choice", "procedure_choice", "upper_section", "upper_goal",
        "upper_framework",
    ),
)  # fmt: skip


def read(pack: Node, context: Context) -> None:
    region = context.get("region")
    if region is not None and not pack.problems:
        LINKS.read(pack, region, context)


def write(context: Context) -> dict[str, Any]:
    region, scheme = context["region"], context.get("scheme")
    left = {p.pk for p in region.plans.exclude(scheme=None).exclude(scheme=scheme)}
    rows = LINKS.write(region, lambda row: _in_scheme(row, left, scheme))
    return {LINKS.key: rows} if rows else {}


def _in_scheme(link: PolicyLink, left: set[int], scheme: SegmentScheme | None) -> bool:
    sections = (link.section, link.upper_section)
    goals = (link.goal, link.upper_goal, link.funding_choice, link.procedure_choice)
    return not any(s is not None and s.document_id in left for s in sections) and not any(
        g is not None and g.segment.scheme != scheme for g in goals
    )
