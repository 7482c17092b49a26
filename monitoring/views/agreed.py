"""Agreed sets: per segment, one set with its versions, and what held on a day."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core import clock
from core.ui.forms import DayField
from regions.models import Region
from segments.queries.framework import scheme_to_show

from ..domain.steering.agreed import begin_version, lacking
from ..enums.agreed import AGREED_VERSION
from ..models import AgreedSet, AgreedVersion
from ..queries import agreed as seen
from ..rules.steering import can_lead, check_can_interpret


class DayFilter(forms.Form):
    op = DayField(label="Wat was afgesproken op", required=False)


def set_list(request: HttpRequest, region: Region) -> HttpResponse:
    """The sets of every segment, as they held on a day."""
    check_can_interpret(request.user, region)
    day = _day(request) or clock.today()
    scheme = scheme_to_show(region, day)
    rows = seen.sets_visible_to(request.user).filter(region=region)
    by_segment: dict[int, list[dict[str, Any]]] = {}
    for row in rows.order_by("provider__name", "contract__number"):
        by_segment.setdefault(row.segment_id, []).append(_entry(request.user, row, day))
    segments = scheme.segments.all() if scheme else []
    earlier = rows.exclude(segment__scheme=scheme) if scheme else rows
    context = {
        "filter": DayFilter({"op": day}),
        "day": day,
        "is_today": day == clock.today(),
        "segments": [(segment, by_segment.get(segment.pk, [])) for segment in segments],
        "earlier": [_entry(request.user, row, day) for row in earlier],
    }
    return render(request, "monitoring/agreed_sets.html", context)


def _entry(user: Any, row: AgreedSet, day: date) -> dict[str, Any]:
    version = seen.version_on(row, day)
    draft = seen.versions_visible_to(user).filter(agreed_set=row, state="draft").first()
    shown = version or draft
    count = shown.rows.count() if shown else 0
    return {
        "row": row, "version": version, "draft": draft, "count": count,
        "warning": seen.beyond_limit(row, count),
    }  # fmt: skip


def set_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    check_can_interpret(request.user, region)
    row = get_object_or_404(seen.sets_visible_to(request.user).filter(region=region), pk=pk)
    versions = list(seen.versions_visible_to(request.user).filter(agreed_set=row))
    version = _chosen(request, row, versions)
    lines = seen.lines(request.user, version) if version else []
    context = {
        "agreed_set": row,
        "tabs": _tabs(versions, version) if len(versions) > 1 else [],
        "version": version,
        "lines": lines,
        "changes": seen.changes(version) if version else [],
        "lacking": lacking(version) if version and version.is_draft else [],
        "warning": seen.beyond_limit(row, len(lines)),
        "table": AGREED_VERSION,
        "may_change": can_lead(request.user, region) and not any(v.is_draft for v in versions),
        "editing": bool(version and version.is_draft and can_lead(request.user, region)),
        "figures": seen.newest_figures(row),
    }
    return render(request, "monitoring/agreed_set.html", context)


def _tabs(
    versions: list[AgreedVersion], shown: AgreedVersion | None
) -> list[tuple[str, str, bool]]:
    return [
        (f"Versie {one.number}{' (concept)' if one.is_draft else ''}", f"?versie={one.number}",
         one == shown)
        for one in versions
    ]  # fmt: skip


def _chosen(
    request: HttpRequest, row: AgreedSet, versions: list[AgreedVersion]
) -> AgreedVersion | None:
    """The version that the address names; on a day; else the one in force, else the newest."""
    number, day = request.GET.get("versie", ""), _day(request)
    if number.isdigit():
        return next((v for v in versions if v.number == int(number)), None)
    if day is not None:
        return seen.version_on(row, day)
    return seen.version_on(row, clock.today()) or next(iter(versions), None)


def _day(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("op", ""))
    except ValueError:
        return None


@require_POST
def begin(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """Open the draft of the next version."""
    row = get_object_or_404(seen.sets_visible_to(request.user).filter(region=region), pk=pk)
    draft = begin_version(agreed_set=row, by=request.user)
    there = reverse("agreed-set", args=[region.slug, row.pk])
    return redirect(f"{there}?versie={draft.number}")
