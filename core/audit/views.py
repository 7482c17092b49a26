"""Who did what, when: one page for every object that an app registered."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from .queries import history_of
from .registry import history_subject


def history(request: HttpRequest, region: Any, subject: str, pk: int) -> HttpResponse:
    kind = history_subject(subject)
    obj = get_object_or_404(kind.rows(request.user, region.pk), pk=pk)
    context = {
        "subject": kind,
        "obj": obj,
        "address": kind.url(request.place, obj),  # type: ignore[attr-defined]
        "entries": history_of(obj),
    }
    return render(request, "audit/history.html", context)
