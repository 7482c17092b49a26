"""Pages of ceilings, and of what falls away with a provider."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import clock
from core.errors import NotAllowed
from providers.models import Provider
from regions.models import Municipality, Region

from ..queries.ceilings import can_see_ceilings, ceiling_uses, falls_away
from ..rules import check_can_see_lines
from .money import YearForm

YEARS = 4


class ProviderForm(forms.Form):
    aanbieder = forms.ChoiceField(label="Aanbieder")

    def __init__(self, *args: Any, providers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["aanbieder"].choices = [("", "Kies een aanbieder"), *providers]  # type: ignore[attr-defined]


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


def falling(request: HttpRequest, region: Region) -> HttpResponse:
    """What if this provider falls away."""
    check_can_see_lines(request.user, region)
    rows = Provider.objects.filter(region=region).order_by("sort_name")
    asked = ProviderForm(request.GET or None, providers=list(rows.values_list("agb_code", "name")))
    chosen = asked.cleaned_data["aanbieder"] if asked.is_valid() else ""
    places = Municipality.objects.filter(memberships__region=region)
    context = {
        "filter": asked,
        "provider": rows.filter(agb_code=chosen).first() if chosen else None,
        "falling": falls_away(region, chosen) if chosen else None,
        "names": dict(places.values_list("gm_code", "name")),
    }
    return render(request, "finance/falling.html", context)
