"""The contract register and the region's tariffs, to read."""

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from core import clock
from regions.models import Region
from regions.queries.access import access_of

from ..forms.contracts import ContractFilter, DayForm
from ..models import CostComponents
from ..queries import contracts, tariffs
from ..registers.contracts import CONTRACTS, TARIFFS
from ..rules.contracts import can_manage_contracts


@CONTRACTS.page
def contract_list(request: HttpRequest, region: Region) -> HttpResponseBase:
    asked = ContractFilter(request.GET, region=region)
    rows = contracts.visible_to(request.user).filter(region=region).prefetch_related("segments")
    if asked.is_valid():
        rows = contracts.matching(rows, asked.cleaned_data["zoek"].strip())
        rows = rows.filter(**asked.chosen())
    context = {"filter": asked, "may_manage": can_manage_contracts(request.user, region)}
    return CONTRACTS.answer(request, rows, "procurement/contracts.html", context)


@TARIFFS.page
def tariff_list(request: HttpRequest, region: Region) -> HttpResponseBase:
    """What the region pays for each product on a day, the same for every provider."""
    asked, day = asked_day(request)
    rows = tariffs.tariffs_visible_to(request.user).filter(region=region, contract__isnull=True)
    rows = tariffs.with_previous(tariffs.on(rows, day).select_related("lot"))
    staff = access_of(request.user).is_staff_of(region.pk)
    context = {
        "filter": asked,
        "day": day,
        "names": dict(region.products.values_list("code", "name")),
        "unequal": sorted(tariffs.unequal(region, day)) if staff else [],
        "sees_indexation": staff,
        "may_manage": can_manage_contracts(request.user, region),
    }
    return TARIFFS.answer(request, rows, "procurement/tariffs.html", context)


def tariff_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """One tariff: what it is made of, and how it came to be."""
    seen = tariffs.tariffs_visible_to(request.user).filter(region=region)
    tariff = get_object_or_404(seen.select_related("lot", "contract"), pk=pk)
    same = seen.filter(
        product_code=tariff.product_code,
        unit=tariff.unit,
        contract=tariff.contract,
        lot=tariff.lot,
    )
    context = {
        "tariff": tariff,
        "product": region.products.filter(code=tariff.product_code).first(),
        "components": CostComponents.objects.filter(tariff=tariff).first(),
        "history": tariffs.with_previous(same).order_by("-valid_from"),
        "may_manage": can_manage_contracts(request.user, region),
    }
    return render(request, "procurement/tariff.html", context)


def asked_day(request: HttpRequest) -> tuple[DayForm, date]:
    """The day that `?op=` asks for; today when it is left out or is no day."""
    asked = DayForm(request.GET if request.GET.get("op") else {"op": clock.today().isoformat()})
    return asked, (asked.cleaned_data["op"] if asked.is_valid() else None) or clock.today()
