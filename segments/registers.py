"""The registers of products, and of where they stand in a scheme."""

from core.ui.registers import Field, Register, last_day

PRODUCTS = Register(
    code="products",
    title="Producten",
    sorting={"code": "code", "naam": "name", "categorie": "category"},
    default="code",
    fields=(
        Field("Code", "code"),
        Field("Naam", "name", width=40),
        Field("Categorie", "category"),
        Field("Landelijke code", "standard_code"),
        Field("Normale duur", "normal_duration_days", "In dagen.", decimals=0),
    ),
)
PLACEMENTS = Register(
    code="placements",
    title="Producten in segmenten",
    sorting={"code": "product_code", "segment": "segment__order"},
    default="code",
    fields=(
        Field("Product", "product_code"),
        Field("Segment", "segment.code"),
        Field("Naam van het segment", "segment.name", width=40),
        Field("Geldig vanaf", "valid_from"),
        Field("Laatste dag", last_day("valid_to"), "Leeg: tot nader bericht."),
    ),
)
