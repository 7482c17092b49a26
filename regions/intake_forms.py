"""What comes in as a table about a region itself, and who may deliver such tables."""

from typing import Any

from core.intake.cells import code, day, whole, yes_no
from core.intake.modelrows import Ledger, Row, RowRefused, model_rows_form
from core.intake.registry import register_form
from core.intake.tables import TableColumn, TableForm

from .enums import Role
from .models import Municipality, Region, YouthPopulation
from .queries.access import access_of

SETUP_ROLES = (Role.REGIONAL_ADMIN, Role.CONTRACT_MANAGER, Role.CONTROLLER, Role.API_CLIENT)

FICTITIOUS = TableColumn(
    "fictief",
    "fictitious",
    yes_no(),
    required=False,
    help="ja: een verzonnen getal, dat overal zo wordt getoond",
)


def may_deliver_setup(user: Any, region_id: int) -> bool:
    """`user` is None where the system itself delivers: a command or a scheduled job."""
    return user is None or access_of(user).has(*SETUP_ROLES, region_id=region_id)


def member_municipality(region_id: int, gm_code: str) -> Municipality:
    """The municipality if it ever belonged to the region; raises RowRefused."""
    found = Municipality.objects.filter(gm_code=gm_code, memberships__region=region_id).first()
    if found is None:
        raise RowRefused(
            "gemeente-buiten-regio",
            "gemeente",
            "De gemeente hoort niet bij deze regio.",
            "Controleer de gemeentecode, of pas de gemeenten van de regio aan.",
        )
    return found


def is_fictitious(region_id: int, stated: bool | None) -> bool:
    """What the row says; a demonstration region holds nothing else unless it says so."""
    if stated is not None:
        return stated
    return Region.objects.filter(pk=region_id, is_demo=True).exists()


_YOUTHS = TableForm(
    "youth",
    (
        TableColumn("gemeente", "municipality", code(4, example="0503")),
        TableColumn("peildatum", "counted_on", day(example="2025-01-01")),
        TableColumn(
            "aantal", "count", whole(0, 1_000_000, example="21500"), help="jeugdigen van 0-17 jaar"
        ),
        FICTITIOUS,
    ),
    file_name="jeugdigen",
)


def _put_youths(ledger: Ledger, region_id: int, row: Row) -> None:
    member_municipality(region_id, row["municipality"])
    ledger.put(
        YouthPopulation,
        key={
            "region_id": region_id,
            "municipality": row["municipality"],
            "counted_on": row["counted_on"],
        },
        values={"count": row["count"], "fictitious": is_fictitious(region_id, row["fictitious"])},
        once={"intake_run": ledger.run},
    )


def register() -> None:
    register_form(
        model_rows_form(
            code="jeugdigen",
            title="Aantallen jeugdigen",
            description="Hoeveel jeugdigen van 0-17 jaar een gemeente telt, per peildatum.",
            table=_YOUTHS,
            put_row=_put_youths,
            may_use=may_deliver_setup,
        )
    )
