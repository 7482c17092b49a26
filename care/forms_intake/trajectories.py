from core.intake.cells import day, text, whole, yes_no
from core.intake.registry import IntakeForm
from core.intake.tables import TableColumn, TableForm

from ..domain.merge_trajectories import merge_trajectories
from ..domain.undo import undo_records
from ..rules import can_deliver_messages
from .columns import (
    END_REASONS,
    REFERRERS,
    allocation_key,
    optional_choice,
    optional_day,
    product_columns,
)

_TRAJECTORIES = TableForm(
    "trajectory",
    (
        *allocation_key(),
        *product_columns(category_required=True),
        TableColumn("toewijzingsdatum", "allocated_on", day(example="2025-01-06")),
        TableColumn(
            "ingangsdatum", "valid_from", day(example="2025-01-20"), help="begin van de toewijzing"
        ),
        optional_day("einddatum_toewijzing", "valid_through", help="laatste dag; leeg: open"),
        optional_day("begindatum", "started_on", help="eerste dag van de zorg; leeg: nog wachtend"),
        optional_day("einddatum", "stopped_on", help="laatste dag van de zorg; leeg: loopt nog"),
        optional_choice("reden_beeindiging", "end_reason", END_REASONS, help="JZ588"),
        optional_choice("verwijzer", "referrer", REFERRERS, help="COD327"),
        TableColumn(
            "gedwongen",
            "forced",
            yes_no(),
            required=False,
            help="ja: er geldt een juridische maatregel",
        ),
        TableColumn(
            "leeftijd",
            "age",
            whole(0, 30, example="12"),
            required=False,
            help="in hele jaren bij het begin",
        ),
        TableColumn("referentie_aanbieder", "reference", text(40), required=False),
        optional_day(
            "dagtekening",
            "dagtekening",
            help="dag waarop dit bekend was; leeg: de laatste datum van toewijzing, begin en einde",
        ),
    ),
    in_order=(("ingangsdatum", "einddatum_toewijzing"), ("begindatum", "einddatum")),
    file_name="trajecten",
)

TRAJECTORIES = IntakeForm(
    code="trajecten",
    title="Trajecten",
    description=(
        "Toewijzing, begin en einde van de zorg in één rij, voor regio's zonder berichtenverkeer. "
        "Een nieuwe rij over dezelfde toewijzing vervangt de vorige."
    ),
    record_types=(_TRAJECTORIES.record_type,),
    open_reader=_TRAJECTORIES.open_reader,
    merge=merge_trajectories,
    undo=undo_records,
    may_use=can_deliver_messages,
    accepts=(".csv", ".xlsx"),
    table=_TRAJECTORIES,
)
