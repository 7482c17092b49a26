"""Waiting times as a table."""

from core.intake.cells import choice, code, day, text, whole
from core.intake.modelrows import Ledger, Row, RowRefused, model_rows_form
from core.intake.registry import register_form
from core.intake.tables import TableColumn, TableForm
from regions.intake_forms import FICTITIOUS, is_fictitious, may_deliver_setup

from .enums_supply import WaitKnown
from .models import Provider, WaitStatement

_WAITS = TableForm(
    "wait",
    (
        TableColumn("agb", "agb_code", code(8, example="65650011"), help="AGB-code"),
        TableColumn("productcode", "product_code", text(5, example="45A48")),
        TableColumn("opgave_van", "stated_on", day(example="2026-05-01")),
        TableColumn("wachttijd", "known", choice({label: v for v, label in WaitKnown.choices})),
        TableColumn(
            "dagen_tot_gesprek", "intake_days", whole(0, 2000, example="21"), required=False
        ),
        TableColumn(
            "dagen_tot_hulp", "treatment_days", whole(0, 2000, example="56"), required=False
        ),
        TableColumn("wachtenden", "waiting", whole(0, 30_000, example="14"), required=False),
        FICTITIOUS,
    ),
    file_name="wachttijden",
)


def _put_wait(ledger: Ledger, region_id: int, row: Row) -> None:
    provider = Provider.objects.filter(region_id=region_id, agb_code=row["agb_code"]).first()
    if provider is None:
        raise RowRefused(
            "aanbieder-onbekend", "agb", "De regio kent geen aanbieder met deze AGB-code.",
            "Lees eerst de aanbieders in, of controleer de code.",
        )  # fmt: skip
    ledger.put(
        WaitStatement,
        key={
            "provider": provider,
            "product_code": row["product_code"],
            "location": None,
            "stated_on": row["stated_on"],
        },
        values={
            "known": row["known"],
            "intake_days": row["intake_days"],
            "treatment_days": row["treatment_days"],
            "waiting": row["waiting"],
            "fictitious": is_fictitious(region_id, row["fictitious"]),
        },
    )


def register() -> None:
    register_form(
        model_rows_form(
            code="wachttijden",
            title="Wachttijden",
            description="Per aanbieder en product de wachttijd in dagen, of dat die onbekend is.",
            table=_WAITS,
            put_row=_put_wait,
            may_use=may_deliver_setup,
        )
    )
