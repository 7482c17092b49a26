"""The register of providers as people sort and download it."""

from core.ui.registers import Field, Register

PROVIDERS = Register(
    code="providers",
    title="Aanbieders",
    sorting={"naam": "sort_name", "agb": "agb_code", "soort": "kind"},
    default="naam",
    fields=(
        Field("Naam", "name", width=40),
        Field("AGB-code", "agb_code", "Landelijk nummer van de zorgaanbieder."),
        Field("KvK-nummer", "chamber_of_commerce_number"),
        Field("Soort", "get_kind_display"),
        Field("Fictief", "fictitious", "Verzonnen voor de demonstratie."),
    ),
)
