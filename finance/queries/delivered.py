"""What one delivery meant for the money, and whether its lines were checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max, Sum
from django.db.models.functions import ExtractYear

from care.models import SpendMovement
from core import clock

from ..deviation_enums import DeviationState
from ..domain.checking import waiting_runs
from ..models import CheckedRun, Deviation


@dataclass(frozen=True)
class DeliveredYear:
    """What a delivery added to the cost of a year of care, corrections taken off; in euros."""

    year: int
    euros: Decimal


@dataclass(frozen=True)
class Delivered:
    """`since`: the day of the check; `found`: how many deviations found from that day on nobody has
    judged yet."""

    years: Sequence[DeliveredYear]
    last_month: date
    waits: bool
    since: date | None
    found: int

    @property
    def together(self) -> Decimal:
        return sum((one.euros for one in self.years), Decimal(0))


def delivered(region_id: int, run: int) -> Delivered | None:
    """None for a delivery that changed no declared money."""
    rows = SpendMovement.objects.filter(region_id=region_id, run=run)
    found = rows.annotate(year=ExtractYear("care_month")).values_list("year")
    years = [
        DeliveredYear(year, Decimal(cents).scaleb(-2))
        for year, cents in found.annotate(cents=Sum("amount_cents")).order_by("year")
    ]
    if not years:
        return None
    checked = CheckedRun.objects.filter(region_id=region_id, run=run).first()
    since = clock.day_of(checked.checked_at) if checked else None
    new = _to_judge(region_id, since) if since else 0
    return Delivered(
        years=years,
        last_month=rows.aggregate(last=Max("care_month"))["last"],
        waits=run in waiting_runs(region_id),
        since=since,
        found=new,
    )


def _to_judge(region_id: int, since: date) -> int:
    rows = Deviation.objects.filter(region=region_id, found_on__gte=since)
    return rows.filter(state=DeviationState.FOUND).count()
