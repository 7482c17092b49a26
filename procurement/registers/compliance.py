"""The register of check-lists as people sort and download it."""

from core.ui.registers import Field, Register

COMPLIANCE = Register(
    code="compliance",
    title="Nalevingstoetsen",
    sorting={
        "norm": "standard__title",
        "contract": "contract__number",
        "begonnen": "begun_on",
        "niet": "lacking",
    },
    default="-begonnen",
    fields=(
        Field("Norm", "standard.title", width=40),
        Field("Contract", "contract.number"),
        Field("Aanbieder", "contract.provider.name", width=40),
        Field("Plan", "plan.title", width=40),
        Field("Begonnen op", "begun_on"),
        Field("Vastgesteld op", "settled_on"),
        Field("Punten", "points"),
        Field("Voldoet", "met"),
        Field("Voldoet niet", "lacking"),
        Field("Nog te beoordelen", "unjudged"),
        Field("Stand", "get_state_display"),
        Field("Fictief", "fictitious", "Verzonnen voor de demonstratie."),
    ),
)
