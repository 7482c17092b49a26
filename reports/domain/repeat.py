"""Repeating an edition from its inputs: the same to the last digit, or what moved."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from core import clock
from core.jobs.api import Job, JobState, RunningJob, enqueue
from core.periods import HalfYear
from finance.models import ProjectionRun

from ..models import Edition
from ..queries.inputs import changed, undone_since
from ..rules import check_can_make_editions
from ..version import code_version
from .compile import compile_edition
from .freezing import PROTECTION, Frozen, freeze
from .gathering import background_of, plan_of
from .making import content_checksum
from .plan import EditionPlan
from .requesting import Wanted

JOB_KIND = "reports.repeat"


@dataclass(frozen=True)
class Repeated:
    """`moved` says per input that differs what it is, in Dutch."""

    same: bool
    moved: tuple[str, ...]


def ask_repeat(*, edition: Edition, by: Any) -> Job:
    """Effects: one job, unless one is at it already; `last_repeat` finds what came of it."""
    check_can_make_editions(by, edition.region)
    last = last_repeat(edition)
    if last is not None and last.state in JobState.OPEN:
        return last
    return enqueue(
        kind=JOB_KIND,
        title=f"Narekenen van {edition.title}, {edition.period.title}",
        params={"edition": str(edition.pk)},
        tenant_id=edition.region_id,
        by=by,
    )


def last_repeat(edition: Edition) -> Job | None:
    asked = Job.objects.filter(
        kind=JOB_KIND, tenant_id=edition.region_id, params={"edition": str(edition.pk)}
    )
    return asked.select_related("requested_by").order_by("-created_at").first()


def carry_out_repeat(job: RunningJob) -> dict[str, Any]:
    """Do a job of kind `reports.repeat`; the fields of `Repeated` are its result."""
    edition = Edition.objects.select_related("region", "scheme").get(pk=UUID(job.params["edition"]))
    outcome = repeat(edition, job=job)
    return job.finish_with(lambda: asdict(outcome))


def repeat(edition: Edition, *, job: RunningJob | None = None) -> Repeated:
    """Compute the figures again for the edition's day and cut-off and compile it anew."""
    frozen = freeze(
        region=edition.region,
        half=edition.period,
        scheme=edition.scheme,
        known_on=edition.known_on,
        cutoff_run=edition.cutoff_run,
        job=job,
    )
    frozen = replace(frozen, projection=_projection(edition))
    wanted = Wanted(edition.kind, edition.municipality, edition.provider)
    plan = plan_of(
        frozen=frozen,
        wanted=wanted,
        made_on=clock.day_of(edition.made_at),
        background=background_of(frozen=frozen, wanted=wanted, used=edition.inputs),
    )
    same = content_checksum(compile_edition(plan)) == edition.checksum
    moved = () if same else tuple(_moved(edition, frozen, plan))
    return Repeated(same=same, moved=moved)


def _projection(edition: Edition) -> ProjectionRun | None:
    """The one of then; it never changes."""
    return ProjectionRun.objects.filter(pk=edition.inputs.get("projection")).first()


def _moved(edition: Edition, frozen: Frozen, plan: EditionPlan) -> Iterator[str]:
    """First what the edition names itself, then what its figures come from."""
    yield from (told := list(_named(edition, frozen, plan)))
    if edition.code_version != code_version():
        yield f"de versie van de berekening: toen {edition.code_version}, nu {code_version()}"
    elif not told:
        yield "iets dat bij deze rapportage nog niet werd bijgehouden"


def _named(edition: Edition, frozen: Frozen, plan: EditionPlan) -> Iterator[str]:
    stored = {s["half_year"]: s["checksum"] for s in edition.inputs["figure_sets"]}
    undone = undone_since(edition)
    figures = [s.half_year for s in frozen.sets if stored.get(s.half_year) != s.checksum]
    yield from undone
    for half in figures:
        yield f"de cijfers van het {HalfYear.parse(half).title}"
    projection = edition.inputs.get("projection")
    if projection and frozen.projection is None:
        yield "de prognose: die is er niet meer"
    if "marks" in edition.inputs:
        marks = frozen.marks(plan)
        if figures:
            # Other figures are other rows: which of them are protected says nothing then.
            marks[PROTECTION] = edition.inputs["marks"][PROTECTION]
        yield from changed(edition.inputs["marks"], marks)
