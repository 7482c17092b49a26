"""The page of ceilings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import clock
from core.errors import NotAllowed
from regions.models import Region

from ..queries.ceilings import can_see_ceilings, ceiling_uses
from .money import YearForm

YEARS = 4


def ceilings(request: HttpRequest, region: Region) -> HttpResponse:
    if not can_see_ceilings(request.user, region):
        raise NotAllowed(
            "Plafonds staan in contracten. Die ziet wie bij de regionale organisatie werkt of haar "
            "bestuurt."
        )
    this = clock.today().year
    years = list(range(this + 1, this - YEARS, -1))
    asked = YearForm(request.GET or None, years=years, initial={"jaar": this})
    year = (asked.cleaned_data["jaar"] if asked.is_valid() else None) or this
    context = {
        "filter": asked,
        "year": year,
        "uses": ceiling_uses(region_id=region.pk, year=year),
    }
    return render(request, "finance/ceilings.html", context)
