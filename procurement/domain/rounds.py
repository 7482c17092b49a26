"""What every round does alike: a job applies it, under its fencing token."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from core.errors import DomainError
from core.jobs.api import Job, RunningJob, enqueue
from core.states import StateTable
from regions.queries.access import access_of

from ..rules.contracts import check_can_manage_contracts


@transaction.atomic
def start_job(*, run: Any, table: StateTable, kind: str, title: str, by: Any) -> Job:
    """Ask for the job that applies a round. The state moves when the job has done so."""
    check_can_manage_contracts(by, run.region)
    table.check(run.state, "apply", access_of(by).roles_in(run.region_id))
    if not run.changes:
        raise DomainError(
            "Deze ronde verandert niets: bij elke regel staat waarom. Laat haar vervallen.",
            code="ronde-zonder-wijziging",
        )
    job = enqueue(
        kind=kind, params={"run": run.pk, "by": by.pk}, tenant_id=run.region_id, by=by, title=title
    )
    type(run).objects.filter(pk=run.pk).update(job=job.pk)
    return job


def work_off(
    job: RunningJob, *, model: Any, apply: Callable[..., Any], doing: str
) -> dict[str, Any]:
    """The job itself: a second worker changes nothing."""
    run = model.objects.get(pk=job.params["run"])
    by = get_user_model().objects.get(pk=job.params["by"])
    lines = run.changes
    job.progress(0, lines, doing)

    def effect() -> dict[str, Any]:
        apply(run=run, by=by)
        return {"run": run.pk, "lines": lines}

    return job.finish_with(effect)
