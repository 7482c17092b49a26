"""What segments add to shared pages."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from django.db.models import TextField
from django.db.models.functions import Cast

from core.audit.registry import HistorySubject, register_history
from core.documents.desk import register_documents
from core.documents.registry import DocumentSubject
from core.ui import (
    HOME,
    AttentionItem,
    Hit,
    NavItem,
    Panel,
    Place,
    SearchSource,
    best_first,
    register_attention,
    register_nav,
    register_panel,
    register_search,
)
from regions.desk import BUY
from regions.queries.access import access_of

from . import kinds  # noqa: F401 -- registers its kinds
from .queries.framework import (
    products_visible_to,
    scheme_to_show,
    schemes_visible_to,
    segments_visible_to,
    segments_with_counts,
)
from .rules import can_edit_framework, check_can_edit_framework

# Panels on the page of a segment; their subject is the segment.
SEGMENT_PAGE = "segment"
# Panels on the page of a scheme; their subject is the scheme.
SCHEME_PAGE = "scheme"

register_nav(
    NavItem("Segmenten en doelen", "segments", BUY, 10),
    NavItem("Producten", "products", BUY, 35),
)


def segments_panel(place: Place, subject: Any) -> dict[str, Any] | None:
    if access_of(place.user).is_only_provider_in(place.tenant_id):
        return None
    scheme = scheme_to_show(place.tenant)
    if scheme is None:
        return None
    return {"region": place.tenant, "scheme": scheme, "segments": segments_with_counts(scheme)}


def what_is_missing(place: Place) -> Iterable[AttentionItem]:
    """Steps of setting up a region, and goals that nothing follows."""
    if not can_edit_framework(place.user, place.tenant):
        return
    scheme = scheme_to_show(place.tenant)
    if scheme is None:
        yield AttentionItem(
            "Er is nog geen segmentindeling.",
            place.url("scheme-add"),
            note="Een indeling zegt in welke segmenten de regio inkoopt, en vanaf wanneer.",
        )
        return
    if not scheme.segments.exists():
        yield AttentionItem(
            f"De indeling ‘{scheme}’ heeft nog geen segmenten.", place.url("scheme", pk=scheme.pk)
        )
    for segment in segments_with_counts(scheme):
        if not segment.goal_count:  # type: ignore[attr-defined]
            yield AttentionItem(
                f"Segment {segment} heeft nog geen doel.", place.url("segment", pk=segment.pk)
            )


def find_segments(place: Place, words: str, limit: int) -> Iterable[Hit]:
    found = segments_visible_to(place.user).filter(scheme__region=place.tenant_id)
    found = found.annotate(other_names=Cast("aliases", TextField()))
    fields = ("name", "code", "other_names", "goals__text")
    for segment in best_first(found, words, fields).select_related("scheme")[:limit]:
        yield Hit(str(segment), place.url("segment", pk=segment.pk), segment.scheme.name)


def find_products(place: Place, words: str, limit: int) -> Iterable[Hit]:
    found = products_visible_to(place.user).filter(region=place.tenant_id)
    for product in best_first(found, words, ("name", "code"))[:limit]:
        yield Hit(str(product), f"{place.url('products')}?zoek={quote(product.code)}")


register_panel(Panel(HOME, "segments", "segments/panel_segments.html", segments_panel, order=800))
register_attention("segments.missing", what_is_missing)
register_search(SearchSource("segments", "Segmenten en doelen", find_segments, order=10))
register_search(SearchSource("products", "Producten", find_products, order=50))
register_history(
    HistorySubject(
        "segment",
        "Segment",
        lambda user, tenant_id: segments_visible_to(user).filter(scheme__region=tenant_id),
        lambda place, segment: place.url("segment", pk=segment.pk),
    )
)
register_documents(
    DocumentSubject(
        code="indeling",
        title="Segmentindeling",
        rows=lambda user, tenant_id: schemes_visible_to(user).filter(region=tenant_id),
        url=lambda place, scheme: place.url("scheme", pk=scheme.pk),
        check_keep=lambda user, scheme: check_can_edit_framework(user, scheme.region),
        sees_confidential=lambda user, tenant_id: access_of(user).is_staff_of(tenant_id),
    ),
    slot=SCHEME_PAGE,
)
