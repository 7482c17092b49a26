"""The register of votes as people sort and download it."""

from typing import Any

from core.ui.registers import Field, Register

from ..domain.tally import needed_of


def _needed(ballot: Any) -> int | None:
    """Needs `queries.voting.with_counts`."""
    return needed_of(ballot.voters, ballot.rule.majority) if ballot.rule else None


BALLOTS = Register(
    code="ballots",
    title="Stemmingen",
    sorting={
        "nummer": "number",
        "over": "provider__sort_name",
        "uiterlijk": "vote_before",
        "laatste-dag": "last_day",
    },
    default="-nummer",
    fields=(
        Field("Nummer", "number"),
        Field("Over", "about", width=50),
        Field("Wat gebeurt er", "get_ending_display", width=30),
        Field("Stand", "get_state_display", width=26),
        Field("Stemmen uiterlijk op", "vote_before"),
        Field("Stemgerechtigd", "voters", "Colleges die mogen stemmen."),
        Field("Nodig", _needed, "Zoveel stemmen voor zijn genoeg."),
        Field("Voor", "yes"),
        Field("Tegen", "no"),
        Field("Onthoudingen", "abstained"),
        Field("Besloten op", "decided_on"),
        Field("Laatste dag in het aanbod", "last_day"),
        Field("Fictief", "fictitious", "Verzonnen voor de demonstratie."),
    ),
)
