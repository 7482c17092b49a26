"""The register of transition plans as people sort and download it."""

from core.ui.registers import Field, Register

TRANSITIONS = Register(
    code="transitions",
    title="Overgangsplannen",
    sorting={
        "aanbieder": "provider__sort_name",
        "vanaf": "starts_on",
        "over": "ends_on",
        "wie": "owner__name",
    },
    default="over",
    fields=(
        Field("Aanbieder", "provider.name", width=40),
        Field("Product", "product_code", "Leeg: alles wat de aanbieder levert."),
        Field("Waarom", "get_reason_display", width=30),
        Field("Contract", "contract.number"),
        Field("Vanaf", "starts_on"),
        Field("Iedereen over op", "ends_on"),
        Field("Wie leidt het plan", "owner.name", width=30),
        Field("Stand", "get_state_display"),
        Field("Fictief", "fictitious", "Verzonnen voor de demonstratie."),
    ),
)
