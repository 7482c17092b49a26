"""The register of deviations: what was found in the declarations, as people act on it."""

from typing import Any

from core.ui.bulk import BulkAction
from core.ui.registers import Field, Register

from .deviation_enums import DEVIATION
from .domain.deviating import move_deviation
from .forms_deviations import ReasonForMany
from .models import Deviation
from .rules import can_handle_deviations


def _verb(move: str) -> Any:
    def act(row: Deviation, request: Any, values: dict[str, Any]) -> str:
        move_deviation(deviation=row, move=move, by=request.user, reason=values["reason"])
        return f"Wordt: {row.get_state_display()}."

    return act


def _may(request: Any) -> bool:
    return can_handle_deviations(request.user, request.place.tenant)


def _bulk(name: str) -> BulkAction:
    label = next(move.label for move in DEVIATION.moves if move.name == name)
    return BulkAction(name, label, _verb(name), ReasonForMany, may=_may)


DEVIATIONS = Register(
    code="deviations",
    title="Afwijkingen in declaraties",
    sorting={
        "bedrag": "amount",
        "aanbieder": "provider",
        "toets": "kind",
        "maand": "care_month",
        "stand": "state",
        "gevonden": "found_on",
    },
    default="-bedrag",
    fields=(
        Field("Aanbieder (AGB)", "provider", "Landelijk nummer van de zorgaanbieder."),
        Field("Toets", "get_kind_display", width=30),
        Field("Wat het betekent", "meaning", width=60),
        Field("Maand van de zorg", "care_month", "Eerste dag van de maand."),
        Field("Regels", "lines", "Aantal regels dat afwijkt.", decimals=0),
        Field("Afwijking", "amount", "Wat afwijkt, zonder uitgezonderde regels.", decimals=2),
        Field("Stand", "get_state_display", width=24),
        Field("Gevonden op", "found_on"),
        Field("Laatste stap", "moved_on"),
        Field("Antwoord uiterlijk", "answer_by"),
        Field("Teruggevorderd", "claimed", "Bedrag van de terugvordering.", decimals=2),
        Field("Ontvangen", "received", "Wat is ontvangen of verrekend.", decimals=2),
    ),
    actions=tuple(_bulk(name) for name in ("ask", "claim", "accept")),
    notes=("Bedragen in euro. Een regel kan bij meer dan een toets afwijken.",),
)
