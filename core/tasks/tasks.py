"""By the clock: terms into tasks, and reminders by mail."""

from dataclasses import asdict
from typing import Any

from celery import shared_task

from core.errors import DomainError
from core.jobs.api import RunningJob, job_handler

from .domain import remind, sync


@shared_task(name="tasks.sync_tenant")
def sync_tenant(tenant_id: int) -> None:
    sync.sync_now(tenant_id=tenant_id)


@shared_task(name="tasks.sync_all")
def sync_all() -> int:
    return sync.ask_for_all()


@job_handler(sync.SYNC)
def run_sync(job: RunningJob) -> dict[str, Any]:
    done = sync.sync_now(tenant_id=int(job.tenant_id or 0))
    if done.failed:
        raise DomainError(
            "De termijnen van deze onderdelen konden niet worden bepaald: "
            f"{', '.join(done.failed)}. De andere zijn bijgewerkt.",
            code="termijnen-onvolledig",
        )
    return asdict(done)


@shared_task(name="tasks.remind")
def remind_all() -> None:
    remind.ask_for_mails()


@job_handler(remind.REMIND)
def run_remind(job: RunningJob) -> dict[str, Any]:
    return remind.send_all(job)
