"""Up to when the region is known."""

from datetime import date

from django.db.models import Max, Min

from core.periods import HalfYear

from ..models import ReceivedRun


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
