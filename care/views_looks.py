"""Who looked at rows of single clients, for whoever must answer for it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.audit.models import Look
from core.ui import page_of
from regions.models import Region

from .rules import check_can_see_looks


def looks(request: HttpRequest, region: Region) -> HttpResponse:
    """Newest first; who has looked most of late stands above it."""
    check_can_see_looks(request.user, region.pk)
    rows = Look.objects.filter(tenant_id=region.pk).select_related("user")
    return render(request, "care/looks.html", {"page": page_of(request, rows, 50)})
