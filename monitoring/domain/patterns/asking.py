"""The job that looks for patterns after figures were computed."""

from typing import Any

from core.jobs.api import Job, RunningJob, enqueue

from ...models import FigureSet, PatternRun
from ...queries.figures import LONGEST_HISTORY, history_of
from ..figures import compute_figures
from ..protecting import protect_for_councils
from ..steering.learning import open_inquiries
from .searching import find_patterns
from .signalling import record_obliged

PATTERNS_JOB = "monitoring.patterns"


def ask_for_patterns(figure_set: FigureSet) -> Job:
    """Effects: one job; call it in the transaction in which the set was stored."""
    return enqueue(
        kind=PATTERNS_JOB,
        title=f"Patronen {figure_set.period.title}",
        params={"figure_set": figure_set.pk},
        tenant_id=figure_set.region_id,
        by=None,
    )


def make_patterns(job: RunningJob) -> dict[str, Any]:
    """Do a job of kind `monitoring.patterns`; run again, it finds what is there already.

    Effects: sets of earlier half-years where they are missing and there was care (a course needs
    them), one PatternRun, signals of worse outcomes, which oblige an improvement plan, and
    inquiries into better ones.
    """
    figure_set = FigureSet.objects.select_related("region", "scheme").get(
        pk=job.params["figure_set"]
    )
    missing = _missing(figure_set)
    for number, step in enumerate(missing):
        past = figure_set.period.shift(-step)
        job.progress(number, len(missing) + 1, f"cijfers van het {past.title}")
        if not _has_flow(_compute(figure_set, step)):
            break
    if missing:
        protect_for_councils(history_of(figure_set))
    job.progress(len(missing), len(missing) + 1, "patronen zoeken")
    run = find_patterns(figure_set)
    return job.finish_with(lambda: _follow_up(run))


def _follow_up(run: PatternRun) -> dict[str, Any]:
    """A worse outcome obliges a plan, a better one is looked into (004:L981-983)."""
    return {
        "pattern_run": run.pk,
        "signals": record_obliged(run),
        "inquiries": open_inquiries(run),
    }


def _missing(figure_set: FigureSet) -> list[int]:
    known = {one.half_year for one in history_of(figure_set)}
    return [
        step
        for step in range(1, LONGEST_HISTORY)
        if figure_set.period.shift(-step).label not in known
    ]


def _compute(figure_set: FigureSet, step: int) -> FigureSet:
    return compute_figures(
        region=figure_set.region,
        half_year=figure_set.period.shift(-step),
        scheme=figure_set.scheme,
        scheme_on=figure_set.scheme_on,
        known_on=figure_set.known_on,
        cutoff_run=figure_set.cutoff_run,
    )


def _has_flow(one: FigureSet) -> bool:
    return one.values.filter(code="inflow", municipality="", numerator__gt=0).exists()
