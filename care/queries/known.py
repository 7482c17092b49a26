"""Up to when the region is known."""

from datetime import date

from django.db.models import Max, Min

from core.intake.api import RunState
from core.intake.models import IntakeRun
from core.periods import HalfYear

from ..models import ReceivedRun


def last_run(region_id: int) -> int:
    """The last run that brought messages or a table; 0 where nothing came in."""
    messages = ReceivedRun.objects.filter(region_id=region_id).aggregate(last=Max("run"))["last"]
    delivered = IntakeRun.objects.filter(tenant_id=region_id, state=RunState.DONE)
    return max(messages or 0, delivered.aggregate(last=Max("number"))["last"] or 0)


def last_known_on(region_id: int, cutoff_run: int | None = None) -> date | None:
    """The last Dagtekening seen, as of a cut-off run; None where nothing came in yet."""
    runs = ReceivedRun.objects.filter(region_id=region_id)
    if cutoff_run is not None:
        runs = runs.filter(run__lte=cutoff_run)
    latest: date | None = runs.aggregate(latest=Max("last_dagtekening"))["latest"]
    return latest


def first_half_year(region_id: int) -> HalfYear | None:
    """The half-year of the first Dagtekening seen: before it there is nothing to compare with."""
    runs = ReceivedRun.objects.filter(region_id=region_id)
    first: date | None = runs.aggregate(first=Min("first_dagtekening"))["first"]
    return HalfYear.of(first) if first else None
