"""Verbs of measures: keep one, remove one that nothing uses."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from core.errors import DomainError

from ..models import Measure
from ..rules import check_can_manage_measures
from .budgeting import check_segment_known


@transaction.atomic
def keep_measure(*, measure: Measure, by: Any) -> Measure:
    """Record or change a measure. What was computed with it keeps the values it was made from."""
    check_can_manage_measures(by, measure.region)
    for code in (measure.segment, measure.target_segment):
        check_segment_known(measure.region, code)
    measure.full_clean()
    measure.save()
    return measure


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
