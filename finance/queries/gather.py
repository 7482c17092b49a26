"""Gather what a projection is made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from core.errors import DomainError

from ..domain.months import Month
from ..domain.projection_inputs import (
    CellInputs,
    Movement,
    PaidSegment,
    PlannedSaving,
    ProjectionInputs,
)
from ..domain.silence import Sent, silences, silent_providers
from ..models import ProjectionRun, SavingsSeries
from .known import gather_known
from .movements import (
    Payment,
    View,
    month_number,
    payments,
    sent_rows,
    triangle_rows,
    view_of,
)
from .registers import Registers

Cells = dict[tuple[str, str], list[Movement]]


def gather_inputs(run: ProjectionRun) -> ProjectionInputs:
    """Everything known to the run's as-of month and cut-off, as plain values.

    Raises DomainError where there is nothing to project from.
    """
    view = view_of(run)
    as_of = month_number(run.as_of)
    cells, declared = _declared(view)
    paid_to = _add_payments(cells, payments(view), as_of, declared)
    first = _first_month(cells, as_of)
    registers = Registers(run.region_id, view.registers_on)
    known = gather_known(view, registers, paid=paid_to)
    return ProjectionInputs(
        first=first,
        as_of=as_of,
        last=month_number(run.until) - 1,
        cells=tuple(
            CellInputs(municipality, segment, tuple(movements))
            for (municipality, segment), movements in sorted(cells.items())
            if any(first <= move.care <= as_of for move in movements)
        ),
        indexation=registers.index_years(),
        savings=planned_savings(run.savings) if run.savings else (),
        paid=tuple(PaidSegment(segment, until) for segment, until in sorted(paid_to.items())),
        seed=run.seed,
        paths=run.paths,
        chosen=True,
        silent=silences(silent_providers(gather_sent(run), as_of=as_of)),
        steps=known.steps,
        agreed=known.agreed,
    )


def gather_sent(run: ProjectionRun) -> list[Sent]:
    """What every provider sent, month by month, as far as the run knows."""
    return [
        Sent(segment, provider, month_number(known), cents)
        for segment, provider, known, cents in sent_rows(view_of(run))
    ]


def _declared(view: View) -> tuple[Cells, set[str]]:
    """Movements per cell, and the segments that declare at all."""
    cells: Cells = defaultdict(list)
    for municipality, segment, care, known, cents in triangle_rows(view):
        move = Movement(month_number(care), month_number(known), cents)
        cells[municipality, segment].append(move)
    return cells, {segment for _, segment in cells}


def _add_payments(
    cells: Cells, paid: Iterable[Payment], as_of: Month, declared: set[str]
) -> dict[str, Month]:
    """Add instalments month by month; the last month paid per segment without declarations."""
    until: dict[str, Month] = {}
    for payment in paid:
        for day, cents in payment.months():
            month = month_number(day)
            if month > as_of:
                break
            key = (payment.municipality, payment.segment)
            cells[key].append(Movement(month, month, cents))
            if payment.segment not in declared:
                until[payment.segment] = max(month, until.get(payment.segment, month))
    return until


def _first_month(cells: Cells, as_of: Month) -> Month:
    """The month before the first message: of care before it only a part can have come in."""
    moves = [move for movements in cells.values() for move in movements if move.known <= as_of]
    if not moves:
        raise DomainError(
            "Er zijn nog geen declaraties of termijnbetalingen tot en met deze maand. Lees eerst "
            "berichten in, of kies een latere peilmaand.",
            code="geen-kosten-bekend",
        )
    return max(min(m.care for m in moves), min(m.known for m in moves) - 1)


def planned_savings(series: SavingsSeries) -> tuple[PlannedSaving, ...]:
    """A series as levels in cents, with its sign as given."""
    municipality = series.municipality.gm_code if series.municipality else None
    return tuple(
        PlannedSaving(row.year, int(row.in_euros * 100), municipality, series.segment or None)
        for row in series.years.select_related("series")
    )
