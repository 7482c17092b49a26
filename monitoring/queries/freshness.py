"""Whether something came in, or went, since figures were computed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from core.intake.api import RunState
from core.intake.models import IntakeRun
from core.jobs.api import Job, JobState

from ..models import FigureSet, SuppressionResult

JOB_KIND = "monitoring.figures"


@dataclass(frozen=True)
class Newer:
    """Deliveries that a set does not know of: how many, and when the last was merged or undone."""

    runs: int
    changed_at: datetime


def newer_than(figure_set: FigureSet) -> Newer | None:
    """What touched the half-year of a set after it was computed; None when it is up to date.

    A delivery touches the half-years from that of its first day of care on; which those are stands
    in its notes, and a delivery that does not say so touches all. One that was undone counts too.
    """
    since = Q(state=RunState.DONE, number__gt=figure_set.cutoff_run)
    since |= Q(
        state=RunState.UNDONE,
        number__lte=figure_set.cutoff_run,
        undone_at__gt=figure_set.created_at,
    )
    runs = IntakeRun.objects.filter(since, tenant_id=figure_set.region_id)
    rows = runs.filter(Q(accepted__gt=0) | Q(changed__gt=0) | Q(waiting__gt=0)).annotate(
        changed_at=Coalesce("undone_at", "finished_at")
    )
    moments = _touching(rows.values_list("changed_at", "notes"), figure_set)
    if not moments or _computed_again(figure_set, max(moments)):
        return None
    return Newer(runs=len(moments), changed_at=max(moments))


def _touching(
    rows: Iterable[tuple[datetime, dict[str, object]]], figure_set: FigureSet
) -> list[datetime]:
    end = figure_set.period.end
    return [moment for moment, notes in rows if _first_day(notes) < end]


def _first_day(notes: dict[str, object]) -> date:
    told = notes.get("touches_from")
    return date.fromisoformat(str(told)) if told else date.min


def _computed_again(figure_set: FigureSet, moment: datetime) -> bool:
    """Computed after it, with this same set as the answer: what came in changed nothing."""
    return Job.objects.filter(
        kind=JOB_KIND,
        tenant_id=figure_set.region_id,
        state=JobState.DONE,
        started_at__gt=moment,
        result__figure_sets__contains=[figure_set.pk],
    ).exists()


def asked_since(figure_set: FigureSet, moment: datetime) -> bool:
    """Whether figures were asked for after a moment, whatever became of it."""
    jobs = Job.objects.filter(kind=JOB_KIND, tenant_id=figure_set.region_id)
    return jobs.filter(Q(created_at__gt=moment) | Q(finished_at__isnull=True)).exists()


def newest_of_all(region_id: int) -> FigureSet | None:
    """The set of the latest half-year that was computed last."""
    sets = FigureSet.objects.filter(region=region_id).select_related("region", "scheme")
    return sets.order_by("-half_year", F("created_at").desc(), "-pk").first()


def is_receiving(region_id: int) -> bool:
    """Whether a delivery waits or is being merged."""
    return IntakeRun.objects.filter(tenant_id=region_id, state__in=RunState.OPEN).exists()


def is_protected(one: FigureSet) -> bool:
    """Whether it is known what councils may see of a set, under the thresholds of today."""
    region = one.region
    return SuppressionResult.objects.filter(
        figure_sets=one, min_cases=region.min_cases, min_providers=region.min_providers
    ).exists()
