"""The register of risks and chances as people sort and download it."""

from typing import Any

from core.ui.registers import Field, Register


def _latest(attr: str) -> Any:
    return lambda row: getattr(row.latest, attr, None)


RISKS = Register(
    code="risks",
    title="Risico's en kansen",
    sorting={"titel": "title", "bekijken": "review_on", "stand": "state"},
    default="titel",
    fields=(
        Field("Soort", "get_kind_display"),
        Field("Titel", "title", width=40),
        Field("Toelichting", "description", width=60),
        Field("Oorzaak", "cause", width=40),
        Field("Gevolg", "effect", width=40),
        Field("Segment", "segment.code"),
        Field("Waarschijnlijkheid", _latest("likelihood"), "Van 1 tot 5; leeg: niet ingeschat."),
        Field("Gevolg (1-5)", _latest("impact"), "Van 1 tot 5; leeg: niet ingeschat."),
        Field("Verloop", lambda row: str(row.trend.label)),
        Field("Eigenaar", "owner.name"),
        Field("Opnieuw bekijken op", "review_on"),
        Field("Stand", "get_state_display"),
        Field("Bron", "source", width=30),
        Field("Fictief", "fictitious", "Verzonnen voor de demonstratie."),
    ),
)
