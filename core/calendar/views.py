"""The calendar of a tenant: on the page, as a file, and for a calendar program to follow."""

from datetime import date
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from core import clock
from core.tasks.api import calendar_reader, tenants_of
from core.ui import Place, panels

from .feed import as_ics
from .forms import CalendarFilter
from .registry import CALENDAR_PAGE, Placed, entries


def calendar_page(request: HttpRequest, region: Any) -> HttpResponse:
    asked = CalendarFilter(request.GET)
    start, last, level, codes = asked.asked()
    place: Place = request.place  # type: ignore[attr-defined]
    found = entries(place, start, last, codes=codes, level=level)
    context = {
        "filter": asked,
        "start": start,
        "last": last,
        "count": len(found),
        "months": _by_month(found, start),
        "today": clock.today(),
        "panels": panels(CALENDAR_PAGE, place),
        "query": request.GET.urlencode(),
    }
    return render(request, "calendar/calendar.html", context)


def _by_month(found: list[Placed], start: date) -> list[tuple[date, list[Placed]]]:
    """What began before the first day stands in the first month."""

    def month(one: Placed) -> date:
        return max(one.entry.day, start).replace(day=1)

    return [(key, list(rows)) for key, rows in groupby(found, key=month)]


def calendar_file(request: HttpRequest, region: Any) -> HttpResponse:
    start, last, level, codes = CalendarFilter(request.GET).asked()
    place: Place = request.place  # type: ignore[attr-defined]
    return _answer(place, entries(place, start, last, codes=codes, level=level))


@login_not_required
def planning_feed(request: HttpRequest, secret: str, slug: str) -> HttpResponse:
    """For programs: the address is the key, and gives what its owner may see in one tenant."""
    user = calendar_reader(secret)
    tenant = next((t for t in tenants_of(user) if t.slug == slug), None) if user else None
    if tenant is None:
        raise Http404("onbekend agenda-adres")
    start, last, level, codes = CalendarFilter(request.GET).asked()
    place = Place(user, tenant)
    return _answer(place, entries(place, start, last, codes=codes, level=level))


def _answer(place: Place, found: list[Placed]) -> HttpResponse:
    answer = HttpResponse(as_ics(place, found), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="planning-{place.tenant.slug}.ics"'
    answer["Cache-Control"] = "private, max-age=900"
    return answer
