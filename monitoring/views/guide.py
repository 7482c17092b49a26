"""The guide for access teams: a page and a file."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render

from core import clock
from core.exports import Cell, Column, csv_lines
from core.ui import page_of
from regions.models import Region
from regions.models.organisations import sortable

from ..domain.steering.advice import Referral
from ..queries.guide import FEWEST, GuideLine, guide, per_product
from ..rules.steering import check_is_inside

# So many lines are read at a glance, also on a phone; with more one chooses a product first.
FEW = 20
COLUMNS = (
    Column("product", "Code en naam van het product", width=40),
    Column("aanbieder", "Naam van de aanbieder", width=40),
    Column("agbCode", "AGB-code, acht cijfers", width=12),
    Column("wachtdagenEersteGesprek", "Dagen tot het eerste gesprek; leeg: onbekend"),
    Column("wachtdagenHulp", "Dagen van gesprek tot start van de hulp; leeg: onbekend"),
    Column("opgaveVan", "Dag van de opgave van de wachttijd"),
    Column("binnenNorm", "Of de wacht binnen de norm is; leeg: onbekend"),
    Column("clientenstop", "Of er een cliëntenstop geldt"),
    Column("uitkomsten", "Uitkomsten met hun marge, naast het segment", width=60),
    Column("advies", "Meer, zoals afgesproken, minder of niet doorverwijzen", width=24),
    Column("redenen", "Waarom dit advies", width=60),
)


class GuideFilter(forms.Form):
    zoek = forms.CharField(label="Zoek aanbieder of product", required=False)
    product = forms.ChoiceField(label="Product", required=False)
    advies = forms.ChoiceField(
        label="Advies", required=False, choices=[("", "alle"), *Referral.choices]
    )
    wacht = forms.BooleanField(label="Alleen binnen de norm, zonder stop", required=False)

    def __init__(self, *args: Any, lines: list[GuideLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        products = dict(sorted((line.product_code, line.product) for line in lines))
        self.fields["product"].choices = [("", "alle"), *products.items()]  # type: ignore[attr-defined]

    @property
    def asks(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())

    def narrow(self, lines: list[GuideLine]) -> list[GuideLine]:
        if not self.is_valid():
            return lines
        asked = self.cleaned_data
        words = sortable(asked["zoek"]).split()
        return [
            line
            for line in lines
            if asked["product"] in ("", line.product_code)
            and asked["advies"] in ("", line.advice.referral)
            and not (asked["wacht"] and (line.stop or not line.wait or not line.wait.within))
            and all(word in sortable(f"{line.provider.name} {line.product}") for word in words)
        ]


def guide_page(request: HttpRequest, region: Region) -> HttpResponseBase:
    """First the products; the lines of one, or of what was searched for, under its heading."""
    check_is_inside(request.user, region)
    lines = guide(request.user, region)
    asked = GuideFilter(request.GET or None, lines=lines)
    shown = asked.narrow(lines)
    if request.GET.get("bestand") == "csv":
        return _file(region, shown)
    query = request.GET.copy()
    query["bestand"] = "csv"
    context = {
        "filter": asked,
        "products": per_product(lines) if len(lines) > FEW and not asked.asks else (),
        "page": page_of(request, shown),
        "csv": f"{request.path}?{query.urlencode()}",
        "fewest": FEWEST,
        "referrals": [(one.label, one.tone) for one in Referral],
    }
    return render(request, "monitoring/guide.html", context)


def _file(region: Region, lines: list[GuideLine]) -> HttpResponseBase:
    answer = StreamingHttpResponse(
        csv_lines(COLUMNS, map(cells_of, lines)), content_type="text/csv; charset=utf-8"
    )
    name = f"verwijsgids-{region.slug}-{clock.today().isoformat()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def cells_of(line: GuideLine) -> tuple[Cell, ...]:
    wait = line.wait.row if line.wait else None
    within = line.wait.within if line.wait else None
    return (
        line.product,
        line.provider.name,
        line.provider.agb_code,
        wait.intake_days if wait else None,
        wait.treatment_days if wait else None,
        wait.stated_on if wait else None,
        None if within is None else ("ja" if within else "nee"),
        "ja" if line.stop else "nee",
        "; ".join(f"{one.name} {one.interval} ({one.place})" for one in line.outcomes),
        line.advice.label,
        "; ".join(line.advice.reasons),
    )
