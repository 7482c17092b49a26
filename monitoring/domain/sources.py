"""Which tables a figure reads, for a day known on and a cut-off.

Care says where its messages stand (`care.queries.snapshot`); what was delivered in tables is seen
from its intake run on, a measurement from its own date on.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from care.queries.known import last_known_on, last_run
from care.queries.snapshot import Snapshot, snapshot
from core.errors import DomainError


@dataclass(frozen=True)
class Seen:
    """What a figure may know: messages dated up to `known_on`, in runs up to `cutoff_run`."""

    region_id: int
    known_on: date
    cutoff_run: int


def resolve(*, region_id: int, known_on: date | None, cutoff_run: int | None) -> Seen:
    """Fill in what was left open: the last run, and the last Dagtekening seen up to it."""
    run = last_run(region_id) if cutoff_run is None else cutoff_run
    day = known_on or last_known_on(region_id, run)
    if day is None:
        raise DomainError(
            "Er zijn nog geen berichten van deze regio ontvangen. Lever eerst berichten aan.",
            code="nog-geen-berichten",
        )
    return Seen(region_id, day, run)


DELIVERED = (
    "region_id = %(region_id)s AND run <= %(cutoff_run)s"
    " AND (replaced_in IS NULL OR replaced_in > %(cutoff_run)s)"
)
# Names for the braces in the statements, beside the relations of care's snapshot.
TABLES = {
    "measurements": "(SELECT * FROM care_outcomemeasurement"  # noqa: S608 -- constants only
    f" WHERE measured_on <= %(known_on)s AND {DELIVERED})",
    "placements": f"(SELECT * FROM care_stayplacement WHERE {DELIVERED})",  # noqa: S608
    "instalments": f"(SELECT * FROM care_instalment WHERE {DELIVERED})",  # noqa: S608
    "deliveries": f"(SELECT * FROM care_indicatordelivery WHERE {DELIVERED})",  # noqa: S608
    "youth": "(SELECT * FROM regions_youthpopulation WHERE region_id = %(region_id)s"
    " AND (intake_run IS NULL OR intake_run <= %(cutoff_run)s))",
}


class Tables:
    """Fills the names of tables into a statement."""

    def __init__(self, care: Snapshot) -> None:
        self.names = {
            **TABLES,
            "trajectories": care.trajectories,
            "lines": care.lines,
            "records": care.records,
            "offered": care.offered,
        }

    def fill(self, statement: str) -> str:
        return statement.format_map(self.names)


def tables_for(cursor: Any, seen: Seen) -> Tables:
    """The tables as they stand, or derived for another day or cut-off (temporary tables)."""
    return Tables(
        snapshot(
            cursor,
            region_id=seen.region_id,
            known_on=seen.known_on,
            cutoff_run=seen.cutoff_run,
        )
    )
