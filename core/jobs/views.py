"""Background work on screen: what runs, how far it is, and stopping or restarting it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.ui.tables import page_of

from . import access, domain
from .enums import JobState
from .forms import JobFilter
from .models import Job
from .registry import outcome_of


def job_list(request: HttpRequest, region: Any) -> HttpResponse:
    asked = JobFilter(request.GET)
    rows = (
        access.visible_to(request.user).filter(tenant_id=region.pk).select_related("requested_by")
    )
    if asked.is_valid() and asked.cleaned_data["stand"]:
        rows = rows.filter(state=asked.cleaned_data["stand"])
    return render(request, "jobs/jobs.html", {"filter": asked, "page": page_of(request, rows)})


def job_page(request: HttpRequest, region: Any, pk: UUID) -> HttpResponse:
    """The whole page, or for htmx only the part that moves."""
    job = _find(request, region, pk)
    done = outcome_of(job.kind) if job.state == JobState.DONE else None
    context = {
        "job": job,
        "may_handle": access.can_handle(request.user, job),
        "outcome": (reverse(done[0], args=[region.slug]), done[1]) if done else None,
    }
    part = request.headers.get("HX-Request") == "true"
    return render(request, "jobs/progress.html" if part else "jobs/job.html", context)


@require_POST
def cancel(request: HttpRequest, region: Any, pk: UUID) -> HttpResponse:
    job = _find(request, region, pk)
    access.check_can_handle(request.user, job)
    domain.cancel(job=job, by=request.user)
    messages.success(request, "De taak stopt.")
    return redirect("job", region=region.slug, pk=job.pk)


@require_POST
def restart(request: HttpRequest, region: Any, pk: UUID) -> HttpResponse:
    job = _find(request, region, pk)
    access.check_can_handle(request.user, job)
    again = domain.restart(job=job, by=request.user)
    messages.success(request, "De taak is opnieuw aangevraagd.")
    return redirect("job", region=region.slug, pk=again.pk)


def _find(request: HttpRequest, region: Any, pk: UUID) -> Job:
    return get_object_or_404(access.visible_to(request.user), pk=pk, tenant_id=region.pk)
