"""The providers of a region and their files, to read."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from core import clock
from core.ui import page_of, panels
from regions.models import Region
from regions.queries.access import access_of

from .. import enums, models
from ..desk import PROVIDER_PAGE
from ..forms import ProviderFilter
from ..models import Provider
from ..queries import file, providers
from ..queries.soundness import figures_of, limits_of, signals_of, signals_of_all
from ..registers import PROVIDERS
from ..rules import can_manage_providers, can_propose, can_see_file


@PROVIDERS.page
def provider_list(request: HttpRequest, region: Region) -> HttpResponseBase:
    asked = ProviderFilter(request.GET)
    rows = providers.visible_to(request.user).filter(region=region)
    if asked.is_valid():
        rows = providers.matching(rows, asked.cleaned_data["zoek"].strip())
        rows = rows.filter(kind__contains=asked.cleaned_data["soort"])
    staff = access_of(request.user).is_staff_of(region.pk)
    context = {
        "filter": asked,
        "signals": signals_of_all(rows) if staff else {},
        "is_staff": staff,
        "may_manage": can_manage_providers(request.user, region),
    }
    return PROVIDERS.answer(request, rows, "providers/providers.html", context)


def provider_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    provider = _provider(request, region, pk)
    user, today = request.user, clock.today()
    context = {
        **_frame(request, provider, "provider"),
        "contacts": providers.contacts_visible_to(user).filter(provider=provider),
        "locations": providers.locations_visible_to(user).filter(provider=provider),
        "codes": provider.codes.all(),
        "holders": file.holders_on(file.holders_visible_to(user), today).filter(provider=provider),
        "next": file.planned_conversations(user).filter(provider=provider).first(),
        "agreements": file.open_agreements(user).filter(provider=provider),
        "incidents": file.open_incidents(user).filter(provider=provider),
        "ending": file.ending_documents(
            file.documents_visible_to(user).filter(provider=provider), today
        ),
        "proposals": file.parts_visible_to(user, models.ChangeProposal).filter(provider=provider)[
            :5
        ],
        "panels": panels(PROVIDER_PAGE, request.place, provider),  # type: ignore[attr-defined]
    }
    return render(request, "providers/provider.html", context)


def provider_contact(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """Conversations and what was agreed in them."""
    provider = _whole_file(request, region, pk)
    user = request.user
    talks = file.parts_visible_to(user, models.ProviderConversation).filter(provider=provider)
    agreements = file.parts_visible_to(user, models.ProviderAgreement).filter(provider=provider)
    context = {
        **_frame(request, provider, "provider-contact"),
        "page": page_of(request, talks.prefetch_related("agreements__owner"), 10),
        "agreements": agreements.select_related("owner", "conversation").order_by("due_on", "pk"),
        "CONVERSATION": enums.CONVERSATION,
        "AGREEMENT": enums.AGREEMENT,
    }
    return render(request, "providers/contact.html", context)


def provider_trust(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """Business figures, incidents and subcontractors."""
    provider = _whole_file(request, region, pk)
    user = request.user
    years = file.parts_visible_to(user, models.BusinessYear).filter(provider=provider)
    incidents = file.parts_visible_to(user, models.ProviderIncident).filter(provider=provider)
    firms = file.parts_visible_to(user, models.Subcontracting).filter(provider=provider)
    context = {
        **_frame(request, provider, "provider-trust"),
        "years": [(row, figures_of(row)) for row in years],
        "limits": limits_of(region.pk),
        "incidents": incidents,
        "firms": firms.select_related("firm"),
        "works_for": provider.main_contractors.select_related("provider"),
        "INCIDENT": enums.INCIDENT,
    }
    return render(request, "providers/trust.html", context)


def provider_documents(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    provider = _whole_file(request, region, pk)
    rows = file.documents_visible_to(request.user).filter(provider=provider)
    context = {
        **_frame(request, provider, "provider-documents"),
        "rows": rows.prefetch_related("document__versions"),
        "soon": clock.today() + file.SOON,
    }
    return render(request, "providers/documents.html", context)


def signal_list(request: HttpRequest, region: Region) -> HttpResponse:
    """Every provider about which something asks for a conversation."""
    seen = list(providers.visible_to(request.user).filter(region=region))
    staff = access_of(request.user).is_staff_of(region.pk)
    signals = signals_of_all(seen) if staff else {}
    context = {
        "rows": [(p, signals[p.pk]) for p in seen if p.pk in signals],
        "limits": limits_of(region.pk),
        "is_staff": staff,
        "may_manage": can_manage_providers(request.user, region),
    }
    return render(request, "providers/signals.html", context)


def proposal_list(request: HttpRequest, region: Region) -> HttpResponse:
    """What providers asked to change, the open ones first."""
    rows = file.parts_visible_to(request.user, models.ChangeProposal)
    rows = rows.filter(provider__region=region).select_related("provider", "proposed_by")
    context = {
        "page": page_of(request, rows.order_by("-state", "-proposed_at", "-pk")),
        "roles": access_of(request.user).roles_in(region.pk),
        "PROPOSAL": enums.PROPOSAL,
    }
    return render(request, "providers/proposals.html", context)


def _provider(request: HttpRequest, region: Region, pk: int) -> Provider:
    return get_object_or_404(providers.visible_to(request.user), pk=pk, region=region)


def _whole_file(request: HttpRequest, region: Region, pk: int) -> Provider:
    provider = _provider(request, region, pk)
    if not can_see_file(request.user, provider):
        raise Http404
    return provider


def _frame(request: HttpRequest, provider: Provider, tab: str) -> dict[str, Any]:
    """What every page of the file needs: the tabs, the signals and what the user may do."""
    region, access = provider.region, access_of(request.user)
    is_staff = access.is_staff_of(region.pk)
    tabs = [
        ("Overzicht", "provider"),
        ("Gesprekken en afspraken", "provider-contact"),
        ("Bedrijf en incidenten", "provider-trust"),
        ("Documenten", "provider-documents"),
    ]
    whole = can_see_file(request.user, provider)
    return {
        "provider": provider,
        "tabs": [
            (text, reverse(name, args=[region.slug, provider.pk]), name == tab)
            for text, name in (tabs if whole else [])
        ],
        "signals": signals_of(provider) if is_staff else [],
        "is_staff": is_staff,
        "whole": whole,
        "today": clock.today(),
        "roles": access.roles_in(region.pk),
        "may_manage": can_manage_providers(request.user, region),
        "may_propose": can_propose(request.user, provider),
    }
