"""The register of admissions as people sort, download and act on it."""

from core.ui.registers import Field, Register, last_day

ADMISSIONS = Register(
    code="admissions",
    title="Toelatingen",
    sorting={
        "aanbieder": "provider__sort_name",
        "product": "product__code",
        "aangevraagd": "applied_on",
        "besluit": "decided_on",
    },
    default="aanbieder",
    fields=(
        Field("Aanbieder", "provider.name", width=40),
        Field("AGB-code", "provider.agb_code"),
        Field("Productcode", "product.code"),
        Field("Product", "product.name", width=40),
        Field("Stand", "get_state_display", width=28),
        Field("Aangevraagd op", "applied_on"),
        Field("Besluit op", "decided_on"),
        Field("Geldig tot en met", last_day("valid_to")),
        Field("Voorwaarden", "conditions", width=40),
        Field("Fictief", "fictitious", "Verzonnen voor de demonstratie."),
    ),
)
