"""Who sees which jobs. Core knows no roles: an upper app says of which tenants a user is staff."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q, QuerySet

from core.errors import NotAllowed

from .models import Job

StaffedTenants = Callable[[Any], Iterable[int]]
_sources: list[StaffedTenants] = []


def register_staff(source: StaffedTenants) -> None:
    """Say of which tenants a user sees, stops and restarts all jobs."""
    if source not in _sources:
        _sources.append(source)


def staffed_tenants(user: Any) -> set[int]:
    return {tenant for source in _sources for tenant in source(user)}


def visible_to(user: Any) -> QuerySet[Job]:
    """A user's own jobs, and those of tenants of which the user is staff."""
    mine = Q(requested_by=user.pk)
    return Job.objects.filter(mine | Q(tenant_id__in=staffed_tenants(user)))


def can_handle(user: Any, job: Job) -> bool:
    return job.requested_by_id == user.pk or job.tenant_id in staffed_tenants(user)


def check_can_handle(user: Any, job: Job) -> None:
    """Whether this user may stop or restart a job."""
    if not can_handle(user, job):
        raise NotAllowed(
            "Alleen wie deze taak aanvroeg, of een medewerker van de regionale organisatie, kan "
            "hem stoppen of opnieuw starten."
        )
