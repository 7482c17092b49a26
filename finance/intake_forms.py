"""Budgets as a table."""

from core.intake.cells import choice, code, euros, text, whole
from core.intake.modelrows import Ledger, Row, model_rows_form
from core.intake.registry import register_form
from core.intake.tables import TableColumn, TableForm
from regions.intake_forms import FICTITIOUS, is_fictitious, may_deliver_setup, member_municipality

from .enums import BudgetStatus
from .models import Budget

_BUDGETS = TableForm(
    "budget",
    (
        TableColumn(
            "gemeente",
            "municipality",
            code(4, example="0503"),
            required=False,
            help="leeg: de hele regio",
        ),
        TableColumn(
            "segment",
            "segment",
            text(20, example="S5"),
            required=False,
            help="leeg: alle segmenten samen",
        ),
        TableColumn("jaar", "year", whole(2000, 2100, example="2025")),
        TableColumn(
            "halfjaar",
            "half",
            choice({"1": "1", "2": "2"}),
            required=False,
            help="leeg: het hele jaar",
        ),
        TableColumn("bedrag", "amount", euros(example="400000,00")),
        TableColumn(
            "stand",
            "status",
            choice({"voorstel": "proposed", "vastgesteld": "adopted"}),
            required=False,
            help="leeg: vastgesteld",
        ),
        FICTITIOUS,
    ),
    file_name="begrotingen",
)


def _put_budget(ledger: Ledger, region_id: int, row: Row) -> None:
    """A budget that is known already with another amount gets a new version beside it."""
    place = row["municipality"] and member_municipality(region_id, row["municipality"])
    half = int(row["half"]) if row["half"] else None
    known = (
        Budget.objects.filter(
            region_id=region_id,
            municipality=place or None,
            segment=row["segment"] or "",
            subject=Budget._meta.get_field("subject").default,
            year=row["year"],
            half=half,
        )
        .order_by("-version")
        .first()
    )
    if known and known.amount == row["amount"]:
        return
    status = row["status"] or BudgetStatus.ADOPTED
    amends = known is not None and status == BudgetStatus.ADOPTED
    ledger.put(
        Budget,
        key={
            "region_id": region_id,
            "municipality": place or None,
            "segment": row["segment"] or "",
            "year": row["year"],
            "half": half,
            "version": known.version + 1 if known else 1,
        },
        values={
            "amount": row["amount"],
            "status": BudgetStatus.AMENDED if amends else status,
            "fictitious": is_fictitious(region_id, row["fictitious"]),
            "intake_run": ledger.run,
        },
    )


def register() -> None:
    register_form(
        model_rows_form(
            code="begrotingen",
            title="Begrotingen",
            description="Begrote bedragen per gemeente, segment en jaar of halfjaar.",
            table=_BUDGETS,
            put_row=_put_budget,
            may_use=may_deliver_setup,
        )
    )
