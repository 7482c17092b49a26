"""Measures that were agreed, as far as they still have to work."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ..domain.known_steps import MEASURE, AgreedMeasures, KnownStep, StepLine
from ..domain.measures import MeasureInput
from ..enums import Direction, Sureness
from ..models import Measure, ProjectionRun
from .kinds_of_care import care_of, slots_of
from .measure_inputs import measure_input
from .measure_volumes import Volumes
from .movements import month_number

IN_SERIES = "zit in de geplande besparing waarmee deze prognose rekent: telt niet nog eens mee"
NO_EFFECT = "het effect is nog niet bepaald: telt niet mee"


def known_measures(run: ProjectionRun) -> tuple[tuple[KnownStep, ...], AgreedMeasures | None]:
    """Steps that do not count, with why, and those that do. A planned saving is what measures
    have to bring, so that measures that save do not count beside it."""
    told: list[KnownStep] = []
    counted: list[MeasureInput] = []
    volumes = Volumes.of(run)
    for one in _to_come(run):
        given = measure_input(one, one, volumes)
        if given is None:
            told.append(_told(one, NO_EFFECT))
        elif run.savings_id and one.direction == Direction.CHEAPER:
            told.append(_told(one, IN_SERIES))
        else:
            counted.append(replace(given, code=f"measure:{one.pk}"))
    if not counted:
        return tuple(told), None
    _, lasts = care_of(run)
    return tuple(told), AgreedMeasures(tuple(counted), slots_of(run), lasts)


def _to_come(run: ProjectionRun) -> list[Measure]:
    """Agreed measures that are not at full reach yet in the as-of month and begin in time."""
    rows = (
        Measure.objects.filter(
            region=run.region_id, sureness=Sureness.AGREED, starts_on__lt=run.until
        )
        .select_related("municipality")
        .prefetch_related("steps")
    )
    as_of = month_number(run.as_of)
    return [row for row in rows.order_by("order", "code") if _reached_in(row) > as_of]


def _reached_in(row: Measure) -> int:
    """The month in which all of it works."""
    steps = [one.starts_on for one in row.steps.all()]
    if steps:
        return month_number(max(steps)) + row.delay_months
    return month_number(row.starts_on) + row.delay_months + max(row.ramp_months, 1) - 1


def _told(row: Measure, why: str) -> KnownStep:
    day: date = row.starts_on
    line = StepLine(row.where, f"measure:{row.pk}", 0, None, why)
    return KnownStep(MEASURE, f"measure:{row.pk}", row.name, day.isoformat(), lines=(line,))
