"""Pages about patterns, for those who manage the contracts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.charts import LineChart, Series
from core.errors import DomainError
from core.periods import HalfYear
from regions.models import Region

from ..domain.patterns.signalling import case_of, signal_of
from ..enums.patterns import Finding
from ..indicators import get
from ..models import PatternRun
from ..queries.course import course_of_pattern
from ..queries.patterns import (
    Seen,
    brought_together,
    half_years_searched,
    in_words,
    newest_run,
    party_of,
    visible_to,
)
from ..rules.cases import can_manage_cases, check_can_manage_cases
from ..rules.figures import check_can_compare_providers

PARTIES = {"provider": "aanbieders", "municipality": "gemeenten"}


def pattern_page(request: HttpRequest, region: Region) -> HttpResponse:
    """Which patterns deserve a conversation, and which differences are noise."""
    check_can_compare_providers(request.user, region)
    run = newest_run(region, _asked(request))
    if run is None:
        return render(request, "monitoring/patterns_none.html", {})
    seen = in_words(visible_to(request.user).filter(run=run), run)
    context = {
        "run": run,
        "halves": half_years_searched(region),
        "talks": brought_together(s for s in seen if s.row.finding in ASKING),
        "praise": brought_together(s for s in seen if s.row.finding == Finding.PRAISE),
        "noise": [s for s in seen if s.row.finding == Finding.NOISE],
        "scopes": [_scope(scope) for scope in run.scopes],
        "rate": run.rate,
        "may_signal": can_manage_cases(request.user, region),
    }
    return render(request, "monitoring/patterns.html", context)


ASKING = (Finding.CONVERSATION, Finding.OPEN)


def one_pattern(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """On which figures a pattern rests: course, rule, uncertainty."""
    check_can_compare_providers(request.user, region)
    row = get_object_or_404(visible_to(request.user), pk=pk, run__region=region)
    seen = in_words([row], row.run)[0]
    context = {
        "seen": seen,
        "run": row.run,
        "chart": _chart(seen),
        "course": course_of_pattern(seen),
        "scope": _scope_of(row.run, row.code, party_of(row)),
        "may_signal": bool(row.provider) and can_manage_cases(request.user, region),
    }
    return render(request, "monitoring/pattern.html", context)


@require_POST
def raise_signal(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """Hand a pattern over to the cases."""
    check_can_manage_cases(request.user, region)
    row = get_object_or_404(visible_to(request.user), pk=pk, run__region=region)
    seen = in_words([row], row.run)[0]
    try:
        signal_of(pattern=row, text=seen.sentence, by=request.user)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect(reverse("pattern", args=[region.slug, pk]))
    messages.success(request, "Het signaal is vastgelegd.")
    return redirect(reverse("case-signals", args=[region.slug]))


@require_POST
def raise_case(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """Open a case on all that stands out of a provider and theme, in one click."""
    check_can_manage_cases(request.user, region)
    row = get_object_or_404(visible_to(request.user), pk=pk, run__region=region)
    try:
        case = case_of(pattern=row, by=request.user)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect(reverse("pattern", args=[region.slug, pk]))
    messages.success(request, "De patronen staan als signaal in deze zaak.")
    return redirect(reverse("case", args=[region.slug, case.pk]))


def _asked(request: HttpRequest) -> HalfYear | None:
    try:
        return HalfYear.parse(request.GET.get("halfjaar", ""))
    except ValueError:
        return None


def _scope(scope: dict[str, Any]) -> dict[str, Any]:
    return {**scope, "name": get(scope["code"]).name, "parties": PARTIES[scope["party"]]}


def _scope_of(run: PatternRun, code: str, party: str) -> dict[str, Any]:
    return next((_scope(s) for s in run.scopes if s["code"] == code and s["party"] == party), {})


def _chart(seen: Seen) -> LineChart:
    course = [point for point in seen.row.course if point[2] > 0]
    return LineChart(
        title=f"{seen.indicator.name}, {seen.party}",
        periods=tuple(label for label, *_ in course),
        series=(
            Series(seen.party, tuple(above / below for _, above, below, _ in course)),
            Series("rest van het segment", tuple(other for *_, other in course)),
        ),
        unit=seen.indicator.unit,
        zero=True,
    )
