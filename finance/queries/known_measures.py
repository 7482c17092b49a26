"""Measures that were agreed, as far as they still have to work."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ..domain.known_steps import MEASURE, AgreedMeasures, KnownStep, StepLine
from ..domain.measures import MeasureInput
from ..enums import Direction, Sureness
from ..models import Measure
from .kinds_of_care import care_of, slots_of
from .measure_inputs import measure_input
from .measure_volumes import Volumes
from .movements import Outlook, month_number
from .registers import Registers

IN_SERIES = "zit in de geplande besparing waarmee deze prognose rekent: telt niet nog eens mee"
NO_EFFECT = "het effect is nog niet bepaald: telt niet mee"


def known_measures(
    look: Outlook, registers: Registers
) -> tuple[tuple[KnownStep, ...], AgreedMeasures | None]:
    """Steps that do not count, with why, and those that do. A planned saving is what measures
    have to bring, so that measures that save do not count beside it."""
    told: list[KnownStep] = []
    counted: list[MeasureInput] = []
    volumes = Volumes.of(look)
    for one in _to_come(look, registers):
        given = measure_input(one, one, volumes)
        if given is None:
            told.append(_told(one, NO_EFFECT))
        elif look.with_savings and one.direction == Direction.CHEAPER:
            told.append(_told(one, IN_SERIES))
        else:
            counted.append(replace(given, code=f"measure:{one.pk}"))
    if not counted:
        return tuple(told), None
    _, lasts = care_of(look)
    return tuple(told), AgreedMeasures(tuple(counted), slots_of(look), lasts)


def _to_come(look: Outlook, registers: Registers) -> list[Measure]:
    """Agreed measures that are not at full reach yet in the as-of month and begin in time."""
    rows = [
        row
        for row in registers.measures()
        if row.sureness == Sureness.AGREED
        and row.starts_on < look.until
        and _reached_in(row) > month_number(look.as_of)
    ]
    return sorted(rows, key=lambda row: (row.order, row.code))


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
