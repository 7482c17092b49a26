"""Verbs of measures: keep one, remove one that nothing uses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from django.db import transaction

from core.errors import DomainError
from core.formats import date_long

from ..models import Measure, MeasureStep
from ..rules import check_can_manage_measures
from .budgeting import check_segment_known


class PhaseGiven(NamedTuple):
    """A step of a phased introduction: from when, how much of the measure works (in percent), and
    what begins then."""

    starts_on: date
    share: Decimal
    name: str = ""


@transaction.atomic
def keep_measure(
    *, measure: Measure, by: Any, steps: Sequence[PhaseGiven] | None = None
) -> Measure:
    """Record or change a measure. What was computed with it keeps the values it was made from.
    Effects: the row and, where given, exactly these steps."""
    check_can_manage_measures(by, measure.region)
    for code in (measure.segment, measure.target_segment):
        check_segment_known(measure.region, code)
    measure.full_clean()
    measure.save()
    if steps is not None:
        _keep_steps(measure, sorted(steps))
    return measure


def _keep_steps(measure: Measure, steps: Sequence[PhaseGiven]) -> None:
    if steps and steps[0].starts_on != measure.starts_on:
        raise DomainError(
            f"De eerste stap begint op {date_long(measure.starts_on)}, als de maatregel zelf.",
            code="eerste-stap",
        )
    if any(after.share <= before.share for before, after in pairwise(steps)):
        raise DomainError(
            "Elke stap werkt verder dan de stap ervoor: zet het deel dat dan werkt van laag naar "
            "hoog, tot en met 100 procent.",
            code="stappen-lopen-op",
        )
    measure.steps.all().delete()
    for one in steps:
        row = MeasureStep(measure=measure, **one._asdict())
        row.full_clean()
        row.save()


@transaction.atomic
def remove_measure(*, measure: Measure, by: Any) -> None:
    """Effects: the measure is gone. Refused where a scenario holds it."""
    check_can_manage_measures(by, measure.region)
    scenario = measure.chosen.select_related("scenario").first()
    if scenario is not None:
        raise DomainError(
            f"'{measure}' zit in het scenario '{scenario.scenario}' en blijft daarom bewaard. "
            "Laat de maatregel uit nieuwe scenario's weg.",
            code="maatregel-in-gebruik",
        )
    measure.delete()
