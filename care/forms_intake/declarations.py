from core.intake.cells import choice, day, euros, text, whole
from core.intake.registry import IntakeForm
from core.intake.tables import TableColumn, TableForm

from ..domain.merge_lines import merge_lines
from ..domain.undo import undo_records
from ..rules import can_deliver_messages
from .columns import UNITS, allocation_key, codes, product_columns

_LINES = TableForm(
    "line",
    (
        *allocation_key(number_required=False),
        TableColumn("referentienummer", "reference", text(40, example="D01")),
        TableColumn(
            "vorig_referentienummer",
            "previous_reference",
            text(40),
            required=False,
            help="bij een credit: het nummer van de debetregel",
        ),
        TableColumn("dagtekening", "dagtekening", day(example="2025-02-05")),
        *product_columns(category_required=False),
        TableColumn("begindatum", "starts_on", day(example="2025-01-01")),
        TableColumn("einddatum", "ends_on", day(), help="laatste dag"),
        TableColumn("volume", "volume", whole(0, 99_999_999, example="600")),
        TableColumn("eenheid", "unit", choice(codes(UNITS)), help="WJ756"),
        TableColumn("tarief", "tariff", euros(example="1,20"), required=False),
        TableColumn("bedrag", "amount", euros(example="720,00"), help="zonder minteken"),
        TableColumn(
            "debet_credit", "debit_credit", choice(codes(("D", "C"))), help="D debet, C credit"
        ),
    ),
    in_order=(("begindatum", "einddatum"),),
    file_name="declaraties",
)

DECLARATIONS = IntakeForm(
    code="declaraties",
    title="Declaratieregels",
    description=(
        "Declaratieregels als tabel, voor wie geen berichten aanlevert. Een regel met hetzelfde "
        "referentienummer en dezelfde periode vervangt de vorige."
    ),
    record_types=(_LINES.record_type,),
    open_reader=_LINES.open_reader,
    merge=merge_lines,
    undo=undo_records,
    may_use=can_deliver_messages,
    accepts=(".csv", ".xlsx"),
    table=_LINES,
)
