"""How long everything is kept, what goes within a year, and what went last."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import clock
from core.jobs.api import Job
from regions.models import Region

from ..domain.retention import JOB_KIND, SOON, TERMS, due_counts
from ..rules import check_can_publish


def retention(request: HttpRequest, region: Region) -> HttpResponse:
    check_can_publish(request.user, region)
    now, soon = (due_counts(region, day) for day in (clock.today(), clock.today() + SOON))
    jobs = Job.objects.filter(kind=JOB_KIND, tenant_id=region.pk, finished_at__isnull=False)
    last = jobs.order_by("-finished_at").first()
    gone = (last.result or {}).get("removed", {}) if last else {}
    rows = [
        {"term": term, "due": now[term.code], "soon": soon[term.code] - now[term.code],
         "gone": gone.get(term.code, 0)}
        for term in TERMS
    ]  # fmt: skip
    return render(request, "reports/retention.html", {"rows": rows, "last": last})
