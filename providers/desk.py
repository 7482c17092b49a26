"""What providers add to shared pages."""

from collections.abc import Iterable
from typing import Any

from core import clock
from core.audit.registry import HistorySubject, register_history
from core.ui import (
    AttentionItem,
    Hit,
    NavItem,
    Place,
    SearchSource,
    Tone,
    best_first,
    register_attention,
    register_nav,
    register_search,
)
from regions.desk import BUY
from regions.queries.access import access_of
from regions.registry import register_provider_organisations

from . import deadlines
from .enums_supply import StopState
from .models import (
    ClientStop,
    ProviderAgreement,
    ProviderContact,
    ProviderConversation,
    ProviderDocument,
)
from .queries.file import documents_visible_to, open_proposals, parts_visible_to
from .queries.providers import FOUND_BY, organisations_of, visible_to
from .queries.supply import crises_visible_to
from .rules import can_manage_providers
from .rules_supply import can_decide, can_place, can_see_supply

# Panels on the page of a provider; their subject is the provider.
PROVIDER_PAGE = "provider"
# What can be found in a file, by what of it, and the page of the file on which it stands.
IN_FILES: tuple[tuple[Any, tuple[str, ...], str], ...] = (
    (ProviderContact, ("name", "function", "email"), "provider"),
    (ProviderConversation, ("subject", "place"), "provider-contact"),
    (ProviderAgreement, ("text", "owner_name"), "provider-contact"),
    (ProviderDocument, ("title",), "provider-documents"),
)


def works_here(place: Place) -> bool:
    return place.tenant_id in access_of(place.user).region_ids


def find_providers(place: Place, words: str, limit: int) -> Iterable[Hit]:
    rows = best_first(visible_to(place.user).filter(region=place.tenant_id), words, FOUND_BY)
    for provider in rows[:limit]:
        address = place.url("provider", pk=provider.pk)
        yield Hit(provider.name, address, f"AGB-code {provider.agb_code}")


def find_in_files(place: Place, words: str, limit: int) -> Iterable[Hit]:
    """People, conversations, agreements and documents in the files of providers."""
    for model, found_by, page in IN_FILES:
        rows = parts_visible_to(place.user, model)
        if model is ProviderDocument:
            rows = documents_visible_to(place.user)
        rows = rows.filter(provider__region=place.tenant_id).select_related("provider")
        for row in best_first(rows, words, found_by)[:limit]:
            note = f"{model._meta.verbose_name}, {row.provider}"
            yield Hit(str(getattr(row, found_by[0])), place.url(page, pk=row.provider_id), note)


def proposals_waiting(place: Place) -> Iterable[AttentionItem]:
    """For who decides: changes that providers asked for."""
    if not can_manage_providers(place.user, place.tenant):
        return
    count = open_proposals(place.user).filter(provider__region=place.tenant_id).count()
    if count:
        noun = "wijziging" if count == 1 else "wijzigingen"
        text = f"Aanbieders stelden {count} {noun} voor in hun gegevens."
        yield AttentionItem(text, place.url("provider-proposals"))


deadlines.register()
register_attention("providers.proposals", proposals_waiting)
register_nav(NavItem("Aanbieders", "providers", BUY, 20, works_here))


def sees_supply(place: Place) -> bool:
    return can_see_supply(place.user, place.tenant)


def stops_to_decide(place: Place) -> Iterable[AttentionItem]:
    """Client stops that a provider asked for and nobody answered."""
    if not can_decide(place.user, place.tenant):
        return
    waiting = ClientStop.objects.filter(
        provider__region=place.tenant_id, state=StopState.ASKED
    ).select_related("provider")
    for stop in waiting:
        yield AttentionItem(
            f"{stop.provider} vraagt een cliëntenstop.", place.url("client-stops"),
            due=stop.starts_on,
        )  # fmt: skip


def crises_without_help(place: Place) -> Iterable[AttentionItem]:
    """For who places youths: a crisis that was reported and has no help yet, the oldest first."""
    if not can_place(place.user, place.tenant):
        return
    open_ones = crises_visible_to(place.user).filter(region=place.tenant_id, helped_at=None)
    for report in open_ones.order_by("reported_at"):
        yield AttentionItem(
            f"Een crisis in {report.municipality} wacht op hulp.",
            place.url("crisis-change", pk=report.pk),
            Tone.BAD if report.is_late else Tone.ATTENTION,
            due=clock.day_of(report.help_due_at),
            note="Later dan 24 uur na de melding." if report.is_late else "",
        )


register_nav(NavItem("Wachttijden en plekken", "supply", BUY, 25, sees_supply))
register_attention("providers.stops", stops_to_decide)
register_attention("providers.crises", crises_without_help)
register_search(SearchSource("providers", "Aanbieders", find_providers, order=20))
register_search(SearchSource("files", "In dossiers van aanbieders", find_in_files, order=21))
register_provider_organisations("providers", organisations_of)
register_history(
    HistorySubject(
        "aanbieder",
        "Aanbieder",
        lambda user, tenant_id: visible_to(user).filter(
            region__in=access_of(user).staff_region_ids & {tenant_id}
        ),
        lambda place, provider: place.url("provider", pk=provider.pk),
    )
)
