"""Asking for figures, and computing them in a job; closing a half-year by schedule."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction

from care.queries.known import last_known_on
from core import clock
from core.errors import DomainError
from core.jobs.api import Job, RunningJob, enqueue
from core.periods import HalfYear
from regions.models import Region
from segments.models import SegmentScheme

from ..models import FigureSet
from ..queries.freshness import (
    JOB_KIND,
    asked_since,
    is_protected,
    is_receiving,
    newer_than,
    newest_of_all,
)
from ..rules import check_can_compute
from .figures import compute_figures
from .patterns.asking import ask_for_patterns
from .protecting import protect_for_councils
from .scope import Scope, scope_of

# The half-year itself, the one before it and that of a year ago.
COMPARED = 3
# What could not be protected is tried again after this long.
AGAIN_AFTER = timedelta(hours=1)
log = structlog.get_logger()


def request_figures(
    *,
    region: Region,
    half_year: HalfYear,
    by: Any,
    scheme: SegmentScheme | None = None,
    history: int = COMPARED,
) -> Job:
    """Ask for the figures of a half-year and those before it, all in its scheme.

    Effects: one job, unless the same is already waiting or running; then that one.
    """
    check_can_compute(by, region)
    return ask_by_schedule(region, half_year, by=by, scheme=scheme, history=history)


def ask_by_schedule(
    region: Region,
    half_year: HalfYear,
    *,
    by: Any = None,
    scheme: SegmentScheme | None = None,
    history: int = COMPARED,
) -> Job:
    """Ask without a user; the same question that waits or runs already is its answer."""
    if half_year.start > clock.today():
        raise DomainError(
            f"Het {half_year.title} moet nog beginnen; kies een eerder halfjaar.",
            code="halfjaar-in-toekomst",
        )
    params = {
        "half_year": half_year.label,
        "scheme": scheme.pk if scheme else None,
        "history": history,
    }
    with transaction.atomic():
        Region.objects.select_for_update().get(pk=region.pk)
        open_jobs = Job.objects.filter(
            kind=JOB_KIND, tenant_id=region.pk, params=params, finished_at__isnull=True
        )
        return open_jobs.first() or enqueue(
            kind=JOB_KIND,
            title=f"Cijfers {half_year.title}",
            params=params,
            tenant_id=region.pk,
            by=by,
        )


def make_figures(job: RunningJob) -> dict[str, Any]:
    """Do a job of kind `monitoring.figures`. Sets never change, so it may be run again."""
    region = Region.objects.get(pk=int(job.tenant_id or 0))
    half_year = HalfYear.parse(job.params["half_year"])
    scheme_id = job.params.get("scheme")
    scheme = SegmentScheme.objects.get(pk=scheme_id, region=region) if scheme_id else None
    scope = scope_of(region=region, half_year=half_year, scheme=scheme)
    total = int(job.params.get("history") or COMPARED)
    sets: list[FigureSet] = []
    for step in range(total):
        past = half_year.shift(-step)
        job.progress(step, total, f"cijfers van het {past.title}")
        sets += _sets_of(scope, past)
    job.progress(total, total + 1, "kleine aantallen afschermen")
    _protect(sets)
    return job.finish_with(lambda: _follow_up(sets))


def _follow_up(sets: list[FigureSet]) -> dict[str, Any]:
    """What the job gives back. New figures lead to a search for patterns in the newest set; what
    obliges a plan or deserves an inquiry follows from that search."""
    ask_for_patterns(sets[0])
    return {"figure_sets": [one.pk for one in sets]}


def _protect(sets: Iterable[FigureSet]) -> None:
    """What councils may see, per scheme; a page only looks it up."""
    per_scheme: dict[tuple[int, date], list[FigureSet]] = {}
    for one in sorted(sets, key=lambda one: one.half_year):
        per_scheme.setdefault((one.scheme_id, one.scheme_on), []).append(one)
    for together in per_scheme.values():
        protect_for_councils(together)


def _sets_of(scope: Scope, past: HalfYear) -> list[FigureSet]:
    """A half-year in the scheme of the one it stands beside, and in its own where that differs."""
    compute = partial(
        compute_figures,
        region=scope.region,
        half_year=past,
        known_on=scope.seen.known_on,
        cutoff_run=scope.seen.cutoff_run,
    )
    beside = compute(scheme=scope.scheme, scheme_on=scope.scheme_on)
    return [beside] if beside.is_own_scheme else [beside, compute()]


def refresh_figures() -> list[Job]:
    """Ask again for the newest figures of every region in which something came in since.

    Deliveries often come one after another: it waits until none is under way and the last is
    FIGURES_QUIET_SECONDS old. Figures whose protection was worked out under other thresholds than
    the region has now are asked for too. Effects: at most one job per region, however many
    deliveries there were; what was asked for since, or is being computed, is not asked for again.
    """
    sets = (newest_of_all(pk) for pk in Region.objects.values_list("pk", flat=True))
    jobs = [_ask_again(one) for one in sets if one is not None and _is_due(one)]
    if jobs:
        log.info("figures_refreshed", regions=[job.tenant_id for job in jobs])
    return jobs


def _is_due(one: FigureSet) -> bool:
    if not is_protected(one):
        return not asked_since(one, clock.now() - AGAIN_AFTER)
    newer = newer_than(one)
    if newer is None or is_receiving(one.region_id) or asked_since(one, newer.changed_at):
        return False
    return clock.now() - newer.changed_at >= timedelta(seconds=settings.FIGURES_QUIET_SECONDS)


def _ask_again(one: FigureSet) -> Job:
    scheme = None if one.is_own_scheme else one.scheme
    return ask_by_schedule(one.region, one.period, scheme=scheme)


def close_half_year() -> list[Job]:
    """Ask for the last half-year that has ended, in every region that has no figures of it yet.

    Effects: one job per region with messages of which no set was computed since that half-year
    ended. Asked every day, it makes up for a day on which nothing ran.
    """
    half_year = HalfYear.of(clock.today()).previous()
    jobs = [ask_by_schedule(region, half_year) for region in _regions_to_close(half_year)]
    log.info("half_year_closing", half_year=half_year.label, regions=len(jobs))
    return jobs


def _regions_to_close(half_year: HalfYear) -> list[Region]:
    closed = FigureSet.objects.filter(
        half_year=half_year.label, is_own_scheme=True, created_at__date__gte=half_year.end
    ).values("region")
    regions = Region.objects.exclude(pk__in=closed).filter(schemes__isnull=False).distinct()
    return [region for region in regions if last_known_on(region.pk) is not None]
