"""The contract register and the region's tariffs, to read."""

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from core import clock
from core.ui import panels
from regions.models import Region

from ..desk import CONTRACT_PAGE
from ..forms import ContractFilter, DayForm
from ..queries import contracts, tariffs
from ..registers import CONTRACTS, TARIFFS
from ..rules import can_manage_contracts


@CONTRACTS.page
def contract_list(request: HttpRequest, region: Region) -> HttpResponseBase:
    asked = ContractFilter(request.GET, region=region)
    rows = contracts.visible_to(request.user).filter(region=region).prefetch_related("segments")
    if asked.is_valid():
        rows = contracts.matching(rows, asked.cleaned_data["zoek"].strip())
        if asked.cleaned_data["stand"]:
            rows = rows.filter(status=asked.cleaned_data["stand"])
        if asked.cleaned_data["segment"]:
            rows = rows.filter(segments=asked.cleaned_data["segment"])
    context = {"filter": asked, "may_manage": can_manage_contracts(request.user, region)}
    return CONTRACTS.answer(request, rows, "procurement/contracts.html", context)


def contract_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    contract = get_object_or_404(contracts.visible_to(request.user), pk=pk, region=region)
    asked, day = _asked_day(request)
    prices = tariffs.tariffs_of(contract, day)
    context = {
        "contract": contract,
        "filter": asked,
        "day": day,
        "phases": contract.phases.all(),
        "products": [
            (row, [t for (code, _), t in prices.items() if code == row.product.code])
            for row in contracts.products_on(contract, day)
        ],
        "caps": contract.caps.all(),
        "bespoke": contract.tariffs.order_by("product_code", "-valid_from"),
        "panels": panels(CONTRACT_PAGE, request.place, contract),  # type: ignore[attr-defined]
        "may_manage": can_manage_contracts(request.user, region),
    }
    return render(request, "procurement/contract.html", context)


@TARIFFS.page
def tariff_list(request: HttpRequest, region: Region) -> HttpResponseBase:
    """What the region pays for each product on a day, the same for every provider."""
    asked, day = _asked_day(request)
    rows = tariffs.tariffs_visible_to(request.user).filter(region=region, contract__isnull=True)
    names = dict(region.products.values_list("code", "name"))
    context = {
        "filter": asked,
        "day": day,
        "names": names,
        "may_manage": can_manage_contracts(request.user, region),
    }
    return TARIFFS.answer(request, tariffs.on(rows, day), "procurement/tariffs.html", context)


def _asked_day(request: HttpRequest) -> tuple[DayForm, date]:
    """The day that `?op=` asks for; today when it is left out or is no day."""
    asked = DayForm(request.GET if request.GET.get("op") else {"op": clock.today().isoformat()})
    return asked, (asked.cleaned_data["op"] if asked.is_valid() else None) or clock.today()
