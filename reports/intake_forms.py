"""National figures of CBS as a table."""

from core.intake.cells import choice, half_year, text, whole
from core.intake.modelrows import Ledger, Row, model_rows_form
from core.intake.registry import register_form
from core.intake.tables import TableColumn, TableForm
from regions.intake_forms import may_deliver_setup

from .enums import NationalMeasure, NationalStatus
from .models import NationalFigure

MEASURES = {measure.value: measure.value for measure in NationalMeasure}
_TABLE = TableForm(
    "national_figure",
    (
        TableColumn("halfjaar", "half_year", half_year()),
        TableColumn(
            "maat",
            "measure",
            choice(MEASURES),
            help="; ".join(f"{m.value}: {m.label}" for m in NationalMeasure),
        ),
        TableColumn("aantal", "value", whole(0, 20_000_000, example="389265")),
        TableColumn(
            "stand",
            "status",
            choice({"voorlopig": "provisional", "definitief": "definitive"}),
            required=False,
            help="leeg: voorlopig",
        ),
        TableColumn("bron", "source", text(300, example="CBS, Jeugdhulp 1e halfjaar 2023")),
    ),
    file_name="landelijke-cijfers",
)


def _put(ledger: Ledger, region_id: int, row: Row) -> None:
    """A figure that is known already with another number gets a next version beside it."""
    key = {"region_id": region_id, "half_year": row["half_year"], "measure": row["measure"]}
    status = row["status"] or NationalStatus.PROVISIONAL
    known = NationalFigure.objects.filter(**key).order_by("-version").first()
    if known and (known.value, known.status) == (row["value"], status):
        return
    ledger.put(
        NationalFigure,
        key={**key, "version": known.version + 1 if known else 1},
        values={
            "value": row["value"],
            "status": status,
            "source": row["source"],
            "intake_run": ledger.run,
        },
    )


def register() -> None:
    register_form(
        model_rows_form(
            code="landelijk",
            title="Landelijke cijfers",
            description=(
                "Aantallen voor heel Nederland per halfjaar, zoals het CBS ze publiceert. In de "
                "rapportages staan zij naast de eigen cijfers, als achtergrond."
            ),
            table=_TABLE,
            put_row=_put,
            may_use=may_deliver_setup,
        )
    )
