"""Ask for the look back of a projection, and make it: the row first, the work as a job."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from core import clock
from core.errors import DomainError
from core.jobs.api import RunningJob, enqueue

from ..models import BackTestRun, ProjectionRun
from ..queries.gather import gather_sent
from ..queries.known_then import known_at
from ..queries.movements import view_of
from ..rules import check_can_project
from ..version import CALCULATION
from .backtest import back_test

JOB_KIND = "finance.look_back"


@transaction.atomic
def start_look_back(*, projection: ProjectionRun, by: Any) -> BackTestRun:
    """Effects: one run and its job. A second time gives the run that is there."""
    check_can_project(by, projection.region)
    if not projection.is_done:
        raise DomainError(
            "Deze prognose is nog niet klaar. Wacht tot zij klaar is en vraag dan de terugblik.",
            code="prognose-niet-klaar",
        )
    run, is_new = BackTestRun.objects.get_or_create(
        projection=projection, defaults={"created_by": by, "code_version": CALCULATION}
    )
    if is_new or (run.finished_at is None and run.job is not None and not run.job.is_open):
        run.job = enqueue(
            kind=JOB_KIND,
            title=f"Terugblik {projection.title}",
            params={"look_back": run.pk},
            tenant_id=projection.region_id,
            by=by,
        )
        run.save(update_fields=["job"])
    return run


def make_look_back(job: RunningJob) -> dict[str, Any]:
    """Do a job of kind `finance.look_back`; the result is stored under the fencing token."""
    run = BackTestRun.objects.select_related("projection__scheme").get(pk=job.params["look_back"])
    inputs, now = run.projection.stored_inputs, run.projection.projection
    if inputs is None or now is None:
        raise DomainError("Deze prognose heeft geen uitkomst.", code="prognose-niet-klaar")
    look, paid = view_of(run.projection), [one.segment for one in inputs.paid]
    result = back_test(
        inputs,
        now,
        sent=gather_sent(run.projection),
        known=lambda origin, last: known_at(look, origin, last, paid=paid),
        progress=lambda done, total: job.progress(done, total, "terugkijken"),
    )

    def store() -> dict[str, Any]:
        run.result, run.result_checksum = result.as_json(), result.checksum
        run.finished_at = clock.now()
        run.save()
        return {"look_back": run.pk, "projection": run.projection_id}

    return job.finish_with(store)
