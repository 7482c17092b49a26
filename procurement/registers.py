"""The registers of contracts and tariffs as people sort and download them."""

from typing import Any

from core.ui.registers import Field, Register, last_day


def _segments(contract: Any) -> str:
    return ", ".join(segment.code for segment in contract.segments.all())


CONTRACTS = Register(
    code="contracts",
    title="Contracten",
    sorting={
        "nummer": "number",
        "aanbieder": "provider__sort_name",
        "begin": "start_date",
        "einde": "end_date",
    },
    default="aanbieder",
    fields=(
        Field("Nummer", "number"),
        Field("Naam", "name", width=40),
        Field("Aanbieder", "provider.name", width=40),
        Field("AGB-code", "provider.agb_code"),
        Field("Segmenten", _segments),
        Field("Soort", "get_kind_display"),
        Field("Stand", "get_status_display"),
        Field("Begin", "start_date", "Eerste dag van het contract."),
        Field("Laatste dag", last_day("end_date"), "Leeg: zonder einddatum."),
        Field("Fictief", "fictitious", "Verzonnen voor de demonstratie."),
    ),
)
TARIFFS = Register(
    code="tariffs",
    title="Tarieven",
    sorting={"product": "product_code", "tarief": "amount", "begin": "valid_from"},
    default="product",
    fields=(
        Field("Product", "product_code"),
        Field("Eenheid", "unit_name"),
        Field("Tarief", "amount", "Euro per eenheid.", decimals=2),
        Field("Geldig vanaf", "valid_from"),
        Field("Laatste dag", last_day("valid_to"), "Leeg: tot nader bericht."),
        Field("Fictief", "fictitious", "Verzonnen voor de demonstratie."),
    ),
)
