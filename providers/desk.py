"""What providers add to shared pages."""

from collections.abc import Iterable
from typing import Any

from core.audit.registry import HistorySubject, register_history
from core.documents.desk import register_documents
from core.documents.models import Confidentiality
from core.documents.registry import DocumentSubject
from core.ui import Hit, NavItem, Place, SearchSource, best_first, register_nav, register_search
from regions.desk import BUY
from regions.queries.access import access_of
from regions.registry import register_provider_organisations

from .models import Provider
from .queries.providers import FOUND_BY, organisations_of, visible_to
from .rules import check_can_manage_providers

# Panels on the page of a provider; their subject is the provider.
PROVIDER_PAGE = "provider"


def works_here(place: Place) -> bool:
    return place.tenant_id in access_of(place.user).region_ids


def find_providers(place: Place, words: str, limit: int) -> Iterable[Hit]:
    rows = best_first(visible_to(place.user).filter(region=place.tenant_id), words, FOUND_BY)
    for provider in rows[:limit]:
        address = place.url("provider", pk=provider.pk)
        yield Hit(provider.name, address, f"AGB-code {provider.agb_code}")


def sees_confidential(user: Any, provider: Provider) -> bool:
    return access_of(user).is_staff_of(provider.region_id)


register_nav(NavItem("Aanbieders", "providers", BUY, 20, works_here))
register_search(SearchSource("providers", "Aanbieders", find_providers, order=20))
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
register_documents(
    DocumentSubject(
        code="aanbieder",
        title="Aanbieder",
        rows=lambda user, tenant_id: visible_to(user).filter(region=tenant_id),
        url=lambda place, provider: place.url("provider", pk=provider.pk),
        check_keep=lambda user, provider: check_can_manage_providers(user, provider.region),
        sees_confidential=sees_confidential,
        confidentiality=Confidentiality.CONFIDENTIAL,
    ),
    slot=PROVIDER_PAGE,
)
