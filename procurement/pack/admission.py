"""Admission's part of a pack (`toelating`): the requirements and the state of the open house."""

from typing import Any

from core.packs import Node, save_or_complain
from providers.enums import DocumentKind
from regions.pack import filled
from segments.models import Segment

from ..enums.admission import OpenHouseState, RequirementKind
from ..models import EligibilityRequirement, OpenHouse

KEYS = ("toelating",)
STATES = {
    "open": OpenHouseState.OPEN,
    "gesloten": OpenHouseState.CLOSED,
    "missend aanbod": OpenHouseState.MISSING,
}
KINDS = {
    "knock-out": RequirementKind.KNOCK_OUT,
    "inhoudelijk": RequirementKind.CONTENT,
    "bedrijfsmatig": RequirementKind.BUSINESS,
}
EVIDENCE = {str(label).lower(): value for value, label in DocumentKind.choices}


def read(pack: Node, context: dict[str, Any]) -> None:
    node = pack.get("toelating")
    if node is None:
        return
    node.only("eisen", "open_house")
    for item in node.items("eisen"):
        _read_requirement(item, context)
    for item in node.items("open_house"):
        _read_house(item, context)


def _read_requirement(node: Node, context: dict[str, Any]) -> None:
    node.only("code", "soort", "eis", "segment", "bewijsstuk", "laagste_score", "vanaf", "tot",
              "bron")  # fmt: skip
    key = {"region": context["region"], "code": node.text("code", max_length=20),
           "valid_from": node.day("vanaf")}  # fmt: skip
    row = EligibilityRequirement.objects.filter(**key).first() or EligibilityRequirement(**key)
    row.kind = node.choice("soort", KINDS)
    row.text = node.text("eis")
    row.segment = _segment(node, context)
    row.evidence = node.choice("bewijsstuk", EVIDENCE, "")
    row.least_score = node.integer("laagste_score", 6)
    row.valid_to = node.day("tot", None)
    row.source = node.text("bron", "")
    save_or_complain(row, node)


def _read_house(node: Node, context: dict[str, Any]) -> None:
    node.only("segment", "stand", "reden", "vanaf", "tot", "bron")
    key = {"region": context["region"], "segment": _segment(node, context),
           "valid_from": node.day("vanaf")}  # fmt: skip
    row = OpenHouse.objects.filter(**key).first() or OpenHouse(**key)
    row.state = node.choice("stand", STATES)
    row.reason = node.text("reden", "")
    row.valid_to = node.day("tot", None)
    row.source = node.text("bron", "")
    save_or_complain(row, node)


def _segment(node: Node, context: dict[str, Any]) -> Segment | None:
    code, scheme = node.text("segment", ""), context.get("scheme")
    if not code:
        return None
    found = Segment.objects.filter(scheme=scheme, code=code).first()
    if found is None:
        node.problem(f"de indeling kent geen segment {code}")
    return found


def write(context: dict[str, Any]) -> dict[str, Any]:
    """What holds for the region as a whole, and for the segments of the scheme that is written."""
    region, scheme = context["region"], context.get("scheme")
    requirements = [r for r in region.requirements.order_by("code") if _within(r, scheme)]
    houses = [h for h in region.open_houses.order_by("valid_from", "pk") if _within(h, scheme)]
    found = filled(
        {
            "eisen": [_write_requirement(row) for row in requirements],
            "open_house": [_write_house(row) for row in houses],
        }
    )
    return {"toelating": found} if found else {}


def _within(row: Any, scheme: Any) -> bool:
    """A region may have a pack per scheme: a row belongs to the one in whose period it begins."""
    if scheme is None:
        return True
    begun = scheme.valid_from <= row.valid_from
    in_time = begun and (scheme.valid_to is None or row.valid_from < scheme.valid_to)
    return in_time and (row.segment is None or row.segment.scheme == scheme)


def _word(words: dict[str, Any], value: Any) -> str:
    return next((word for word, known in words.items() if known == value), "")


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None


def _write_requirement(row: EligibilityRequirement) -> dict[str, Any]:
    return filled(
        {
            "code": row.code,
            "soort": _word(KINDS, row.kind),
            "eis": row.text,
            "segment": row.segment.code if row.segment else None,
            "bewijsstuk": _word(EVIDENCE, row.evidence),
            "laagste_score": row.least_score if row.least_score != 6 else None,
            "vanaf": _day(row.valid_from),
            "tot": _day(row.valid_to),
            "bron": row.source,
        }
    )


def _write_house(row: OpenHouse) -> dict[str, Any]:
    return filled(
        {
            "segment": row.segment.code if row.segment else None,
            "stand": _word(STATES, row.state),
            "reden": row.reason,
            "vanaf": _day(row.valid_from),
            "tot": _day(row.valid_to),
            "bron": row.source,
        }
    )
