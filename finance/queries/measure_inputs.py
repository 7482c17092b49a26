"""Measures as they are kept, in the plain values that are computed with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ..domain.measures import MeasureInput, Scope
from ..domain.months import Month
from ..models import Measure
from ..models.measures import Effect


def measure_input(measure: Measure, effect: Effect) -> MeasureInput:
    """A measure with a range, in the plain values that are computed with."""
    return MeasureInput(
        code=measure.code,
        name=measure.name,
        driver=measure.driver,
        scope=Scope(
            measure.municipality.gm_code if measure.municipality else "",
            measure.segment,
            measure.category,
            measure.product,
        ),
        target=Scope("", measure.target_segment, measure.target_category, measure.target_product),
        first=_month(measure.starts_on),
        delay=measure.delay_months,
        ramp=measure.ramp_months,
        low=_points(effect.effect_low),
        central=_points(effect.effect_central),
        high=_points(effect.effect_high),
        ratio=_points(_or(effect.replacement, measure.replacement)),
        order=measure.order,
    )


def _month(day: date) -> Month:
    return day.year * 12 + day.month - 1


def _points(percentage: Decimal | None) -> int:
    return int((percentage or Decimal(0)) * 100)


def _or(own: Decimal | None, usual: Decimal | None) -> Decimal:
    return own if own is not None else usual or Decimal(0)
