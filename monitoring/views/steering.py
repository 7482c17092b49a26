"""Risks and chances, local teams, and what is tried and learned."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from core import clock
from core.ui import matches
from regions.models import Region

from ..domain.change import NOTHING
from ..enums.steering import (
    INITIATIVE,
    INQUIRY,
    RISK,
    SELF_ASSESSMENT,
    AssessmentState,
    InitiativeState,
    RiskKind,
    RiskState,
)
from ..indicators import find
from ..models import Risk
from ..presenters import Row
from ..queries import steering as seen
from ..queries.figures import figures_for, half_years_of
from ..queries.reading import Where, readings
from ..registers import RISKS
from ..rules.steering import check_can_interpret, check_is_inside, is_inside


class RiskFilter(forms.Form):
    zoek = forms.CharField(label="Woorden", required=False)
    soort = forms.ChoiceField(
        label="Soort", required=False, choices=[("", "alle"), *RiskKind.choices]
    )
    stand = forms.ChoiceField(
        label="Stand", required=False, choices=[("", "alle"), *RiskState.choices]
    )


@RISKS.page
def risk_list(request: HttpRequest, region: Region) -> HttpResponseBase:
    check_is_inside(request.user, region)
    asked = RiskFilter(request.GET)
    every = seen.risks_visible_to(request.user).filter(region=region)
    rows = every
    if asked.is_valid():
        given = asked.cleaned_data
        rows = matches(rows, given["zoek"].strip(), ("title", "description", "cause", "effect"))
        rows = rows.filter(kind=given["soort"]) if given["soort"] else rows
        rows = rows.filter(state=given["stand"]) if given["stand"] else rows
    context = {
        "filter": asked,
        "matrices": [
            (kind.label, seen.matrix(every.filter(kind=kind)), every.filter(kind=kind).count())
            for kind in RiskKind
        ],
    }
    return RISKS.answer(request, rows, "monitoring/risks.html", context)


def risk_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    check_is_inside(request.user, region)
    rows = seen.risks_visible_to(request.user).filter(region=region)
    risk = get_object_or_404(rows, pk=pk)
    context = {
        "risk": risk,
        "table": RISK,
        "latest": risk.latest,
        "assessments": sorted(risk.assessments.all(), key=lambda row: row.on, reverse=True),
        "measures": seen.mitigations_visible_to(request.user).filter(risk=risk),
        "goals": risk.goals.select_related("segment"),
        "figures": _figures(request.user, region, risk),
        "today": clock.today(),
    }
    return render(request, "monitoring/risk.html", context)


def _figures(user: Any, region: Region, risk: Risk) -> list[Row]:
    """What the indicators of a risk show in the newest half-year."""
    codes = list(risk.indicators.values_list("code", flat=True))
    halves = half_years_of(region) if codes else []
    figures = figures_for(region, halves[0]) if halves else None
    if figures is None:
        return []
    own = risk.segment is not None and figures.now.scheme_id == risk.segment.scheme_id
    where = Where(segment=risk.segment.code) if own and risk.segment else Where()
    now, year_ago = (
        readings(user, one, where, codes) if one else {} for one in (figures.now, figures.year_ago)
    )
    found = ((find(code), code) for code in codes)
    return [
        Row(one, now.get(code, NOTHING), NOTHING, year_ago.get(code, NOTHING))
        for one, code in found
        if one is not None
    ]


def local_teams(request: HttpRequest, region: Region) -> HttpResponse:
    check_is_inside(request.user, region)
    years = seen.years_of(request.user, region)
    asked = request.GET.get("jaar", "")
    year = int(asked) if asked.isdigit() and int(asked) in years else max(years, default=None)
    columns, lines = seen.compare(request.user, region, year) if year else ([], [])
    context = {
        "features": seen.features_visible_to(request.user).filter(region=region),
        "year": year,
        "tabs": [(str(one), f"?jaar={one}", one == year) for one in years],
        "columns": columns,
        "lines": lines,
    }
    return render(request, "monitoring/local_teams.html", context)


def self_assessment(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    check_is_inside(request.user, region)
    rows = seen.self_assessments_visible_to(request.user).filter(region=region)
    assessment = get_object_or_404(rows, pk=pk)
    years, trend = seen.over_the_years(request.user, assessment)
    context = {
        "assessment": assessment,
        "table": SELF_ASSESSMENT,
        "scores": assessment.scores.select_related("feature"),
        "is_draft": assessment.state == AssessmentState.DRAFT,
        "years": years,
        "trend": trend,
    }
    return render(request, "monitoring/self_assessment.html", context)


def learning_list(request: HttpRequest, region: Region) -> HttpResponse:
    check_can_interpret(request.user, region)
    initiatives = seen.initiatives_visible_to(request.user).filter(region=region)
    context = {
        "inquiries": seen.inquiries_visible_to(request.user).filter(region=region),
        "initiatives": initiatives,
        "today": clock.today(),
        "ended": (InitiativeState.STOPPED, InitiativeState.CONTINUED, InitiativeState.SPREAD),
    }
    return render(request, "monitoring/learning.html", context)


def inquiry_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    check_can_interpret(request.user, region)
    rows = seen.inquiries_visible_to(request.user).filter(region=region)
    inquiry = get_object_or_404(rows, pk=pk)
    indicator = find(inquiry.indicator) if inquiry.indicator else None
    context = {
        "inquiry": inquiry,
        "table": INQUIRY,
        "indicator": indicator,
        "followers": seen.followers_visible_to(request.user).filter(inquiry=inquiry),
        "inside": is_inside(request.user, region),
    }
    return render(request, "monitoring/inquiry.html", context)


def initiative_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    check_can_interpret(request.user, region)
    rows = seen.initiatives_visible_to(request.user).filter(region=region)
    initiative = get_object_or_404(rows, pk=pk)
    context = {
        "initiative": initiative,
        "table": INITIATIVE,
        "inside": is_inside(request.user, region),
        "today": clock.today(),
    }
    return render(request, "monitoring/initiative.html", context)
