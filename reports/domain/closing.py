"""A half-year closes by itself: its figures, a projection, and then the editions."""

from datetime import datetime

import structlog
from django.utils import timezone

from care.queries.known import last_known_on
from core import clock
from core.errors import DomainError
from core.jobs.api import Job
from core.periods import HalfYear
from finance.domain.projecting import start_by_schedule as start_projection
from finance.models import ProjectionRun
from monitoring.domain.requesting import close_half_year as close_figures
from monitoring.domain.scope import scheme_for
from monitoring.models import FigureSet
from regions.models import Region

from ..models import Edition
from .requesting import JOB_KIND, ask_by_schedule

log = structlog.get_logger()


def close_half_years() -> list[Job]:
    """Take the next step in every region for the half-year that ended last.

    First its figures and a projection that looks back on it; when both have ended, whether they
    succeeded or not, the editions. Effects: jobs. What is there already, or was asked for since the
    half-year ended, is not asked for again, so asking every few minutes does no harm.
    """
    half = HalfYear.of(clock.today()).previous()
    asked = close_figures()
    for region in Region.objects.filter(schemes__isnull=False).distinct():
        if last_known_on(region.pk) is not None:
            asked += _next_step(region, half)
    log.info("half_year_closing", half_year=half.label, jobs=len(asked))
    return asked


def _next_step(region: Region, half: HalfYear) -> list[Job]:
    since = _moment(half)
    projections = ProjectionRun.objects.filter(region=region, created_at__gte=since)
    if not projections.exists():
        try:
            run = start_projection(region=region, scheme=scheme_for(region, half))
        except DomainError as refusal:
            log.info("half_year_without_projection", region=region.pk, code=refusal.code)
        else:
            return [run.job] if run.job else []
    if projections.filter(job__finished_at__isnull=True, job__isnull=False).exists():
        return []
    if _has_figures(region, half, since) and not _has_editions(region, half, since):
        return [ask_by_schedule(region=region, half_year=half)]
    return []


def _moment(half: HalfYear) -> datetime:
    """When the half-year ended."""
    return datetime(
        half.end.year, half.end.month, half.end.day, tzinfo=timezone.get_default_timezone()
    )


def _has_figures(region: Region, half: HalfYear, since: datetime) -> bool:
    sets = FigureSet.objects.filter(region=region, half_year=half.label, created_at__gte=since)
    return sets.filter(is_own_scheme=True).exists()


def _has_editions(region: Region, half: HalfYear, since: datetime) -> bool:
    """Made, or asked for since: a job that failed is for people to look at."""
    made = Edition.objects.filter(region=region, half_year=half.label, made_at__gte=since)
    asked = Job.objects.filter(
        kind=JOB_KIND,
        tenant_id=region.pk,
        params__half_year=half.label,
        created_at__gte=since,
    )
    return made.exists() or asked.exists()
