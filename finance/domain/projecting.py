"""Ask for a projection, and make it: the row first, the work as a job."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from care.queries.known import last_known_on, last_run
from core import clock
from core.errors import DomainError
from core.formats import MONTHS
from core.jobs.api import RunningJob, enqueue
from core.periods import add_months
from procurement.enums.contracts import PhaseKind
from procurement.models import SchemePhase
from regions.models import Region
from segments.models import SegmentScheme

from ..models import ProjectionRun, SavingsSeries
from ..queries.gather import gather_inputs
from ..queries.movements import last_full_month
from ..rules import check_can_project
from ..version import CALCULATION
from .projection import project

JOB_KIND = "finance.project"
YEARS_WITHOUT_PHASE = 4
MOST_YEARS = 15
DEFAULT_PATHS = 10_000


@transaction.atomic
def start_projection(
    *,
    region: Region,
    scheme: SegmentScheme,
    by: Any,
    as_of: date | None = None,
    until: date | None = None,
    savings: SavingsSeries | None = None,
    seed: int | None = None,
    paths: int = DEFAULT_PATHS,
    title: str = "",
    note: str = "",
) -> ProjectionRun:
    """Ask for a projection; `until` is the day after the last one.

    Without `as_of` it looks from the last month known in full, without `until` to the end of the
    contract phase. Effects: one run, and one job in the same transaction.
    """
    check_can_project(by, region)
    return start_by_schedule(
        region=region,
        scheme=scheme,
        by=by,
        as_of=as_of,
        until=until,
        savings=savings,
        seed=seed,
        paths=paths,
        title=title,
        note=note,
    )


@transaction.atomic
def start_by_schedule(
    *,
    region: Region,
    scheme: SegmentScheme,
    by: Any = None,
    as_of: date | None = None,
    until: date | None = None,
    savings: SavingsSeries | None = None,
    seed: int | None = None,
    paths: int = DEFAULT_PATHS,
    title: str = "",
    note: str = "",
) -> ProjectionRun:
    """Ask without a user: as `start_projection`, of which the caller answers for the right."""
    known = last_full_month(as_of) if as_of else default_as_of(region.pk)
    end = until or end_of_phase(scheme, known)
    _check_period(known, end)
    run = ProjectionRun(
        region=region,
        scheme=scheme,
        title=title or f"Prognose {MONTHS[known.month - 1]} {known.year}",
        as_of=known,
        until=end,
        cutoff_run=last_run(region.pk),
        registers_on=_registers_on(region.pk, known),
        savings=savings,
        seed=secrets.randbelow(2**31) if seed is None else seed,
        paths=paths,
        note=note,
        created_by=by,
        code_version=CALCULATION,
    )
    run.full_clean(exclude=["job", "inputs", "result"])
    run.save()
    run.job = enqueue(
        kind=JOB_KIND,
        title=f"Prognose {run.title}" if title else run.title,
        params={"projection": run.pk},
        tenant_id=region.pk,
        by=by,
    )
    run.save(update_fields=["job"])
    return run


def _registers_on(region_id: int, as_of: date) -> date | None:
    """None for the newest month. Who looks from an earlier one knows no more of contracts and
    tariffs than of declarations."""
    known = last_known_on(region_id)
    newest = known is None or as_of >= last_full_month(min(known, clock.today()))
    return None if newest else as_of


def default_as_of(region_id: int) -> date:
    """The last day of the last month of which all messages can be in."""
    known = last_known_on(region_id)
    if known is None:
        raise DomainError(
            "Er zijn nog geen berichten ingelezen, dus er valt niets door te rekenen.",
            code="geen-kosten-bekend",
        )
    return last_full_month(min(known, clock.today()))


def end_of_phase(scheme: SegmentScheme, as_of: date) -> date:
    """The end of the contract phase that runs on the day after `as_of`, or of the first to come;
    four whole years on where the scheme names no phases."""
    term = Q(kind=PhaseKind.TERM, end_date__gt=add_months(as_of, 1))
    phase = SchemePhase.objects.filter(term, scheme=scheme).order_by("start_date").first()
    return phase.end_date if phase else date(as_of.year + YEARS_WITHOUT_PHASE + 1, 1, 1)


def _check_period(as_of: date, until: date) -> None:
    if until.day != 1:
        raise DomainError(
            "Een prognose eindigt op de laatste dag van een maand.", code="einde-geen-maandgrens"
        )
    if not as_of < until <= date(as_of.year + MOST_YEARS, 12, 31):
        raise DomainError(
            f"Een prognose loopt tot na {as_of.day}-{as_of.month}-{as_of.year} en ten hoogste "
            f"{MOST_YEARS} jaar vooruit. Kies een ander einde.",
            code="einde-onmogelijk",
        )


def make_projection(job: RunningJob) -> dict[str, Any]:
    """Do a job of kind `finance.project`: gather, compute, and store under the fencing token."""
    run = ProjectionRun.objects.select_related("scheme", "savings__municipality").get(
        pk=job.params["projection"]
    )
    job.progress(0, 3, "kosten verzamelen")
    inputs = gather_inputs(run)
    job.progress(1, 3, f"{len(inputs.cells)} cellen doorrekenen")
    result = project(inputs)
    job.progress(2, 3, "uitkomst bewaren")

    def store() -> dict[str, Any]:
        run.inputs, run.inputs_checksum = inputs.as_json(), inputs.checksum
        run.result, run.result_checksum = result.as_json(), result.checksum
        run.finished_at = clock.now()
        run.save()
        return {"projection": run.pk, "checksum": run.result_checksum}

    return job.finish_with(store)


def recompute_matches(run: ProjectionRun) -> bool:
    """Whether the stored inputs give the stored result again, to the last digit."""
    if run.stored_inputs is None:
        raise DomainError(
            "Deze prognose is nog niet klaar en kan dus niet worden nagerekend.",
            code="prognose-niet-klaar",
        )
    return project(run.stored_inputs).checksum == run.result_checksum
