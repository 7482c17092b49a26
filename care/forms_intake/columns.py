"""Columns that several forms share, and the code lists of iJw that they accept."""

from core.intake.cells import choice, citizen_number, code, day, text, whole
from core.intake.tables import TableColumn

# COD327: who referred.
REFERRERS = ("01", "02", "03", "04", "05", "06", "08")
# JZ588: why care ended.
END_REASONS = ("02", "20", "31", "32", "33", "34", "35", "36", "37", "38", "39")
# WJ756: the units in which care is counted.
UNITS = ("01", "04", "14", "16", "82", "83", "84")

MUNICIPALITY = TableColumn(
    "gemeente", "municipality", code(4, example="0503"), help="CBS-code met voorloopnul"
)
PROVIDER = TableColumn("aanbieder", "provider", code(8, example="65650011"), help="AGB-code")
SEGMENT = TableColumn("segment", "segment", text(20, example="S5"), help="code van het segment")


def codes(values: tuple[str, ...]) -> dict[str, str]:
    return {value: value for value in values}


def allocation_key(*, number_required: bool = True) -> tuple[TableColumn, ...]:
    """Municipality, provider, number and client: which allocation a row is about."""
    return (
        MUNICIPALITY,
        PROVIDER,
        TableColumn(
            "toewijzingnummer",
            "allocation_number",
            whole(1, 999_999_999, example="1001"),
            required=number_required,
        ),
        TableColumn(
            "bsn", "client", citizen_number(), help="wordt bij het inlezen onherkenbaar gemaakt"
        ),
    )


def product_columns(*, category_required: bool) -> tuple[TableColumn, ...]:
    return (
        TableColumn(
            "productcategorie",
            "category",
            code(2, example="45"),
            required=category_required,
            help="JZ020",
        ),
        TableColumn("productcode", "product", text(5, example="45A48"), required=False),
    )


def optional_choice(header: str, name: str, values: tuple[str, ...], *, help: str) -> TableColumn:
    return TableColumn(header, name, choice(codes(values)), required=False, help=help)


def optional_day(header: str, name: str, *, help: str = "") -> TableColumn:
    return TableColumn(header, name, day(), required=False, help=help)
