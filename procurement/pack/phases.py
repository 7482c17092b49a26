"""Procurement's part of a pack: the contract phases that the strategy plans (indeling.fasen)."""

from typing import Any

from core.packs import Node, save_or_complain
from regions.pack import filled

from ..enums.contracts import PhaseKind
from ..models import SchemePhase

KEYS = ()
KINDS = {
    "voorbereiding": PhaseKind.PREPARATION,
    "looptijd": PhaseKind.TERM,
    "verlenging": PhaseKind.EXTENSION,
}


def read(pack: Node, context: dict[str, Any]) -> None:
    head, scheme = pack.get("indeling"), context.get("scheme")
    if head is None or scheme is None:
        return
    for number, node in enumerate(head.items("fasen"), 1):
        node.only("naam", "soort", "vanaf", "tot", "opgaven", "voorwaarde", "bron")
        phase = SchemePhase.objects.filter(scheme=scheme, number=number).first() or SchemePhase(
            scheme=scheme, number=number
        )
        phase.name = node.text("naam", max_length=160)
        phase.kind = node.choice("soort", KINDS, PhaseKind.TERM)
        phase.start_date, phase.end_date = node.day("vanaf"), node.day("tot")
        phase.aims = node.texts("opgaven")
        phase.conditional_on = node.text("voorwaarde", "")
        phase.source = node.text("bron", "")
        save_or_complain(phase, node)


def write(context: dict[str, Any]) -> dict[str, Any]:
    """Adds the phases to the scheme that the segments' part wrote."""
    scheme = context.get("scheme")
    if scheme is not None:
        context["data"]["indeling"]["fasen"] = [_write_phase(p) for p in scheme.phases.all()]
    return {}


def _write_phase(phase: SchemePhase) -> dict[str, Any]:
    words = {value: word for word, value in KINDS.items()}
    return filled(
        {
            "naam": phase.name,
            "soort": words[PhaseKind(phase.kind)],
            "vanaf": phase.start_date.isoformat(),
            "tot": phase.end_date.isoformat(),
            "opgaven": phase.aims,
            "voorwaarde": phase.conditional_on,
            "bron": phase.source,
        }
    )
