"""How much hangs on each provider, and what falls away with one: page and workbook."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from core import clock
from core.exports import Cell, Column, Sheet, write_xlsx
from core.formats import date_long
from providers.models import Provider
from regions.models import Municipality, Region

from ..queries.falling import (
    Alternative,
    Falling,
    FallingProduct,
    concentration,
    dependences,
    falls_away,
    last_settled,
)
from ..rules import check_can_see_lines
from ..workbooks import euros, inputs_sheet
from .projections import XLSX

PLACES = (
    Column("Gemeente", "CBS-code", width=10),
    Column("Gemeente (naam)", width=24),
    Column("Jeugdigen", "Nu in zorg bij deze aanbieder", width=10),
    Column(
        "Nergens terecht",
        "Jeugdigen met een product waarvoor geen ander contract in de gemeente nu iemand aanneemt",
        width=14,
    ),
    euros("Kosten", "Twaalf maanden, met termijnbetalingen", total=True),
)
PRODUCTS = (
    Column("Product", "Code", width=10),
    Column("Product (naam)", width=40),
    Column("Jeugdigen", "Nu in zorg bij deze aanbieder", width=10),
    Column("Jeugdigen elders", "Nu met dit product bij anderen", width=14),
    Column("Nemen aan", "Andere aanbieders met een contract en zonder stop", width=10),
    euros("Kosten", "Twaalf maanden, zonder termijnbetalingen", total=True),
)
OTHERS = (
    Column("Product", "Code", width=10),
    Column("Aanbieder", "AGB-code", width=12),
    Column("Aanbieder (naam)", width=36),
    Column("Contract", "Ja: heeft nu een contract voor dit product", width=10),
    Column("Gemeenten", "CBS-codes van het contract; leeg: alle of geen contract", width=24),
    Column("Cliëntenstop", "Ja: neemt nu niemand aan", width=12),
    Column("Jeugdigen", "Die daar nu dit product krijgen", width=10),
    Column("Wachttijd", "Opgegeven, in dagen; leeg: niet opgegeven", width=10),
)


ALL = (
    Column("Aanbieder", "AGB-code", width=12),
    Column("Aanbieder (naam)", width=36),
    Column("Jeugdigen", "Nu in zorg", width=10),
    euros("Kosten", "Twaalf maanden, met termijnbetalingen", total=True),
    Column("Aandeel", "Van de kosten in de regio, van 0 tot 1", 4),
    Column("Alleen hier", "Producten die nu geen ander levert of in een contract heeft", width=40),
)


class ProviderForm(forms.Form):
    aanbieder = forms.ChoiceField(label="Aanbieder")

    def __init__(self, *args: Any, providers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["aanbieder"].choices = [("", "Alle aanbieders"), *providers]  # type: ignore[attr-defined]


def falling(request: HttpRequest, region: Region) -> HttpResponse:
    """What if this provider falls away; of none, how much hangs on each."""
    check_can_see_lines(request.user, region)
    rows = Provider.objects.filter(region=region).order_by("sort_name")
    asked = ProviderForm(request.GET or None, providers=list(rows.values_list("agb_code", "name")))
    chosen = asked.cleaned_data["aanbieder"] if asked.is_valid() else ""
    context: dict[str, Any] = {"filter": asked}
    if chosen:
        context |= {
            "provider": rows.get(agb_code=chosen),
            "falling": falls_away(region, chosen),
            "names": _places(region),
        }
    else:
        all_rows = dependences(region)
        context |= {
            "dependences": all_rows,
            "concentration": concentration(all_rows),
            "largest_three": sum(one.share for one in all_rows[:3]),
            "alone": sum(len(one.alone) for one in all_rows),
        }
    return render(request, "finance/falling.html", context)


def falling_file(request: HttpRequest, region: Region) -> FileResponse:
    """The same as a workbook."""
    check_can_see_lines(request.user, region)
    agb = request.GET.get("aanbieder", "")
    if not agb:
        return _workbook(f"afhankelijkheid-{region.slug}.xlsx", _sheets_of_all(region))
    provider = get_object_or_404(Provider, region=region, agb_code=agb)
    return _workbook(f"wegvallen-{region.slug}-{agb}.xlsx", _sheets_of(region, provider))


def _workbook(name: str, sheets: list[Sheet]) -> FileResponse:
    target = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by the response
    write_xlsx(target, sheets)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=name, content_type=XLSX)


def _sheets_of_all(region: Region) -> list[Sheet]:
    found = dependences(region)
    rows = [
        (one.provider.agb_code, one.provider.name, one.clients, one.euros, one.share,
         ", ".join(one.alone))
        for one in found
    ]  # fmt: skip
    told = [*_about(region, last_settled(clock.today())), ("Concentratie", concentration(found))]
    return [Sheet("Aanbieders", ALL, rows), inputs_sheet(told)]


def _sheets_of(region: Region, provider: Provider) -> list[Sheet]:
    found = falls_away(region, provider.agb_code)
    names = _places(region)
    told = [
        ("Aanbieder", f"{provider.agb_code} {provider.name}"),
        *_about(region, found.until),
        ("Waarvan termijnbetalingen", found.instalments),
    ]
    return [
        Sheet(
            "Per gemeente",
            PLACES,
            [
                (one.code, names.get(one.code, ""), one.clients, one.nowhere, one.euros)
                for one in found.places
            ],
        ),
        Sheet("Per product", PRODUCTS, [_product(one) for one in found.products]),
        Sheet("Wie het ook biedt", OTHERS, list(_other_rows(found))),
        inputs_sheet(told),
    ]


def _places(region: Region) -> dict[str, str]:
    rows = Municipality.objects.filter(memberships__region=region)
    return dict(rows.values_list("gm_code", "name"))


def _product(one: FallingProduct) -> tuple[Cell, ...]:
    return one.code, one.name, one.clients, one.elsewhere, one.taking, one.euros


def _other_rows(found: Falling) -> Iterator[tuple[Cell, ...]]:
    for product in found.products:
        for one in product.alternatives:
            yield product.code, *_other(one)


def _other(one: Alternative) -> tuple[Cell, ...]:
    return (
        one.provider.agb_code,
        one.provider.name,
        one.has_contract,
        ", ".join(sorted(one.places or ())),
        one.is_stopped,
        one.clients,
        one.wait_days,
    )


def _about(region: Region, until: date) -> list[tuple[str, Cell]]:
    return [
        ("Regio", region.name),
        ("Stand van", clock.today()),
        ("Kosten van twaalf maanden tot", date_long(until)),
        ("Fictief", "ja: demonstratiegegevens" if region.is_demo else "nee"),
    ]
