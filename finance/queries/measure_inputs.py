"""Measures as they are kept, in the plain values that are computed with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from ..domain.measures import MeasureInput, Scope
from ..domain.months import Month
from ..models import Measure
from ..models.measures import Effect
from .measure_volumes import Points, Volumes, as_points, scope_of


def measure_input(
    measure: Measure, effect: Effect, volumes: Volumes | None = None
) -> MeasureInput | None:
    """A measure with a range, in the plain values that are computed with; a range given as a
    volume becomes a part of what `volumes` holds. None where its size is not known."""
    given = _without_size(measure, effect)
    points = _range(measure, given, effect, volumes)
    if points is None:
        return None
    low, central, high = points
    return replace(given, low=low, central=central, high=high)


def _without_size(measure: Measure, effect: Effect) -> MeasureInput:
    return MeasureInput(
        code=measure.code,
        name=measure.name,
        driver=measure.driver,
        scope=scope_of(measure),
        target=Scope("", measure.target_segment, measure.target_category, measure.target_product),
        first=_month(measure.starts_on),
        delay=measure.delay_months,
        ramp=measure.ramp_months,
        low=0,
        central=0,
        high=0,
        ratio=_points(_or(effect.replacement, measure.replacement)),
        order=measure.order,
        changes_agreed=measure.changes_agreed,
        steps=tuple((_month(one.starts_on), _points(one.share)) for one in measure.steps.all()),
    )


def _range(
    measure: Measure, given: MeasureInput, effect: Effect, volumes: Volumes | None
) -> Points | None:
    if effect.has_effect:
        return (
            _points(effect.effect_low),
            _points(effect.effect_central),
            _points(effect.effect_high),
        )
    return as_points(measure, given, volumes) if measure.has_volume and volumes else None


def _month(day: date) -> Month:
    return day.year * 12 + day.month - 1


def _points(percentage: Decimal | None) -> int:
    return int((percentage or Decimal(0)) * 100)


def _or(own: Decimal | None, usual: Decimal | None) -> Decimal:
    return own if own is not None else usual or Decimal(0)
