"""Which projections councils may see: a month is smaller than a half-year."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

from care.models import DeclarationLine
from core.suppression import Thresholds
from finance.models import ProjectionRun
from monitoring.domain.protecting import thresholds_of

Month = int
MONTHS_A_YEAR = 12
# One that is hidden alone is the region minus the others; of two, each knows what the other has.
FEWEST_HIDDEN = 3


@dataclass(frozen=True)
class MonthlyCare:
    """Per month how many youths and providers a municipality had money of, and how much in all."""

    months: Mapping[Month, tuple[int, int]]
    cents: int


@dataclass(frozen=True)
class TellableMonths:
    """Projections begin in the month `since`; those of the places `away` ('' is the region) are
    not shown."""

    since: Month
    away: frozenset[str] = frozenset()


def tellable_months(run: ProjectionRun, hidden: Collection[str]) -> TellableMonths:
    """For editions that say what councils may be told; `hidden` are municipalities with a
    half-year whose money is hidden."""
    return tellable(
        monthly_care(run),
        as_of=_month(run.as_of),
        hidden=hidden,
        thresholds=thresholds_of(run.region),
    )


def tellable(
    care: Mapping[str, MonthlyCare],
    *,
    as_of: Month,
    hidden: Collection[str],
    thresholds: Thresholds,
) -> TellableMonths:
    """Money of few youths or providers in a month of the last year keeps a municipality's whole
    projection away; further back all projections begin after it. What is away is never alone."""
    few = {place: _months_of_few(one, as_of, thresholds) for place, one in care.items()}
    recent = as_of - MONTHS_A_YEAR
    away = set(hidden) & care.keys() | {p for p, months in few.items() if max(months) > recent}
    if away:
        others = sorted(care.keys() - away, key=lambda place: (care[place].cents, place))
        away.update(others[: max(0, FEWEST_HIDDEN - len(away))])
        if len(away) < FEWEST_HIDDEN:
            away.add("")
    since = max((max(months) for place, months in few.items() if place not in away), default=0)
    return TellableMonths(since + 1, frozenset(away))


def _months_of_few(one: MonthlyCare, as_of: Month, thresholds: Thresholds) -> list[Month]:
    return [0] + [
        month
        for month, (youths, providers) in one.months.items()
        if month <= as_of and (youths < thresholds.cases or providers < thresholds.providers)
    ]


def monthly_care(run: ProjectionRun) -> dict[str, MonthlyCare]:
    """From every line that the run knows of, refused ones too, so that it stays the same answer."""
    lines = DeclarationLine.objects.filter(region_id=run.region_id)
    if run.cutoff_run is not None:
        lines = lines.filter(run__lte=run.cutoff_run)
    rows = lines.values_list("municipality", TruncMonth("begin_on")).annotate(
        Count("client", distinct=True), Count("provider", distinct=True), Sum("amount_cents")
    )
    months: dict[str, dict[Month, tuple[int, int]]] = {}
    cents: dict[str, int] = {}
    for place, day, youths, providers, amount in rows.order_by("municipality"):
        months.setdefault(place, {})[_month(day)] = (youths, providers)
        cents[place] = cents.get(place, 0) + amount
    return {place: MonthlyCare(found, cents[place]) for place, found in months.items()}


def _month(day: date) -> Month:
    return day.year * MONTHS_A_YEAR + day.month - 1
