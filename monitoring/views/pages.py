"""Pages about figures."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core import clock
from core.periods import HalfYear
from regions.models import Region

from ..domain.requesting import request_figures
from ..presenters import FEEDS, IndicatorPage, Overview, Row
from ..queries.freshness import newer_than
from ..queries.providers import comparable, compare_providers
from ..queries.why import Split, why
from ..rules import (
    can_compare_providers,
    can_compute,
    check_can_compare_providers,
    check_can_see_figures,
)
from .asked import Asked, asked_of, query_of

SPLIT_TITLES = {
    "municipality": "Per gemeente",
    "segment": "Per segment",
    "category": "Per categorie",
    "provider": "Per aanbieder",
}


def indicators(request: HttpRequest, region: Region) -> HttpResponse:
    """All indicators of one cell, beside the half-year before and a year ago."""
    check_can_see_figures(request.user, region)
    asked = asked_of(request, region)
    if asked is None:
        return _none_yet(request, region)
    theme = asked.filter.cleaned_data.get("thema", "") if asked.filter.is_valid() else ""
    context = {
        "overview": Overview(request.user, asked.figures, asked.where, theme),
        **_shared(request, asked),
    }
    return render(request, "monitoring/indicators.html", context)


def indicator(request: HttpRequest, region: Region, code: str) -> HttpResponse:
    """One indicator: its course over time, and the parts of the cell."""
    check_can_see_figures(request.user, region)
    asked = asked_of(request, region, without=("thema",))
    if asked is None:
        return _none_yet(request, region)
    shown = IndicatorPage(
        request.user,
        asked.figures,
        asked.where,
        asked.indicator(code),
        asked.place,
        asked.names,
    )
    compared = comparable(shown.indicator) and can_compare_providers(request.user, region)
    context = {"shown": shown, "may_compare": compared, **_shared(request, asked)}
    return render(request, "monitoring/indicator.html", context)


def indicator_why(request: HttpRequest, region: Region, code: str) -> HttpResponse:
    """Why is this figure so: definition, parts, deliveries and inputs."""
    check_can_see_figures(request.user, region)
    asked = asked_of(request, region)
    if asked is None:
        return _none_yet(request, region)
    found = why(request.user, asked.figures.now, asked.indicator(code), asked.where)
    context = {
        "why": found,
        "row": Row(found.indicator, found.reading, found.reading, found.reading),
        "feed": FEEDS[found.indicator.feed],
        "splits": [_split(asked, found.indicator, split) for split in found.splits],
        **_shared(request, asked),
    }
    return render(request, "monitoring/why.html", context)


def indicator_providers(request: HttpRequest, region: Region, code: str) -> HttpResponse:
    """Providers of every segment around its value, with the limits of chance."""
    check_can_compare_providers(request.user, region)
    asked = asked_of(request, region, without=("thema", "gemeente", "categorie", "aanbieder"))
    if asked is None:
        return _none_yet(request, region)
    chosen = asked.indicator(code)
    if not comparable(chosen):
        raise Http404
    segments = asked.names["segment"]
    if asked.where.segment:
        segments = {asked.where.segment: segments.get(asked.where.segment, asked.where.segment)}
    found = [
        (label, compare_providers(asked.figures.now, chosen, segment, f"{chosen.name}: {label}"))
        for segment, label in segments.items()
    ]
    context = {
        "indicator": chosen,
        "comparisons": [
            (f"trechter-{number}", label, one)
            for number, (label, one) in enumerate(found, start=1)
            if one
        ],
        "without": [label for label, one in found if one is None],
        **_shared(request, asked),
    }
    return render(request, "monitoring/providers.html", context)


@require_POST
def compute(request: HttpRequest, region: Region) -> HttpResponse:
    """Ask for the figures of a half-year."""
    try:
        half_year = HalfYear.parse(request.POST.get("halfjaar", ""))
    except ValueError:
        half_year = HalfYear.of(clock.today())
    job = request_figures(region=region, half_year=half_year, by=request.user)
    messages.success(request, f"De cijfers van het {half_year.title} worden berekend.")
    return redirect(reverse("job", args=[region.slug, job.pk]))


def _split(asked: Asked, chosen: Any, split: Split) -> dict[str, Any]:
    rows = [
        {
            "label": asked.label(split.dimension, getattr(cell, split.dimension)),
            "row": Row(chosen, reading, reading, reading),
            "query": query_of(asked.figures.now.half_year, cell),
        }
        for cell, reading in split.parts
    ]
    return {"title": SPLIT_TITLES[split.dimension], "rows": rows, "adds_up": split.adds_up}


def _shared(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    return {
        "asked": asked,
        "filter": asked.filter,
        "figures": asked.figures,
        "half_year": asked.figures.now.period,
        "place_name": asked.place,
        "query": asked.query,
        "may_compute": can_compute(request.user, asked.region),
        "newer": newer_than(asked.figures.now),
    }


def _none_yet(request: HttpRequest, region: Region) -> HttpResponse:
    context = {
        "may_compute": can_compute(request.user, region),
        "half_year": HalfYear.of(clock.today()).previous(),
    }
    return render(request, "monitoring/none.html", context)
