"""The providers of a region, to read."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from core.ui import panels
from regions.models import Region
from regions.queries.access import access_of

from ..desk import PROVIDER_PAGE
from ..forms import ProviderFilter
from ..queries import providers
from ..registers import PROVIDERS
from ..rules import can_manage_providers


@PROVIDERS.page
def provider_list(request: HttpRequest, region: Region) -> HttpResponseBase:
    asked = ProviderFilter(request.GET)
    rows = providers.visible_to(request.user).filter(region=region)
    if asked.is_valid():
        rows = providers.matching(rows, asked.cleaned_data["zoek"].strip())
        rows = rows.filter(kind__contains=asked.cleaned_data["soort"])
    context = {"filter": asked, "may_manage": can_manage_providers(request.user, region)}
    return PROVIDERS.answer(request, rows, "providers/providers.html", context)


def provider_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    provider = get_object_or_404(providers.visible_to(request.user), pk=pk, region=region)
    contacts = providers.contacts_visible_to(request.user).filter(provider=provider)
    context = {
        "provider": provider,
        "contacts": contacts,
        "locations": providers.locations_visible_to(request.user).filter(provider=provider),
        "is_staff": access_of(request.user).is_staff_of(region.pk),
        "may_manage": can_manage_providers(request.user, region),
        "panels": panels(PROVIDER_PAGE, request.place, provider),  # type: ignore[attr-defined]
    }
    return render(request, "providers/provider.html", context)
