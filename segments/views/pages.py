"""What the region buys and wants, to read."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from core import clock
from core.ui import matches, panels
from regions.models import Region
from regions.queries.membership import municipalities_of

from ..desk import SCHEME_PAGE, SEGMENT_PAGE
from ..enums import MovementKind, TraitKind
from ..forms import ProductFilter
from ..models import SegmentScheme, SegmentTrait
from ..queries.framework import (
    goals_in,
    goals_of,
    movements_visible_to,
    participation_matrix,
    placements_on,
    products_visible_to,
    scheme_to_show,
    schemes_visible_to,
    segments_visible_to,
    segments_with_counts,
)
from ..registers import GOALS, PLACEMENTS, PRODUCTS, TARGETS
from ..rules import can_edit_framework


def current(request: HttpRequest, region: Region) -> HttpResponse:
    """The scheme in force, or an invitation to make the first."""
    scheme = scheme_to_show(region)
    if scheme is None:
        may_edit = can_edit_framework(request.user, region)
        return render(request, "segments/none.html", {"may_edit": may_edit})
    return overview(request, region, scheme)


def scheme_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    scheme = get_object_or_404(schemes_visible_to(request.user), pk=pk, region=region)
    return overview(request, region, scheme)


def overview(request: HttpRequest, region: Region, scheme: SegmentScheme) -> HttpResponse:
    context = {
        "scheme": scheme,
        "schemes": schemes_visible_to(request.user).filter(region=region),
        "segments": segments_with_counts(scheme),
        "scope": _by_kind(scheme.traits.filter(segment=None).exclude(kind=TraitKind.LEVER)),
        "levers": scheme.traits.filter(segment=None, kind=TraitKind.LEVER),
        **_movements(request, scheme),
        "today": clock.today(),
        "panels": panels(SCHEME_PAGE, request.place, scheme),  # type: ignore[attr-defined]
        **_of_scheme(request, region, scheme, "overview"),
    }
    return render(request, "segments/scheme.html", context)


def _movements(request: HttpRequest, scheme: SegmentScheme) -> dict[str, Any]:
    """What the strategy shifts, and apart from it where its money is counted."""
    rows = movements_visible_to(request.user).filter(scheme=scheme)
    rows = rows.select_related("from_category", "to_category")
    found = rows.prefetch_related("goals__segment", "costs", "shifts")
    return {
        "movements": [m for m in found if m.kind == MovementKind.SHIFT],
        "costs": [m for m in found if m.kind == MovementKind.COST],
    }


def participation(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    scheme = get_object_or_404(schemes_visible_to(request.user), pk=pk, region=region)
    members = municipalities_of(region, max(clock.today(), scheme.valid_from))
    segments, rows = participation_matrix(scheme, members)
    context = {"segments": segments, "rows": rows}
    tabs = _of_scheme(request, region, scheme, "participation")
    return render(request, "segments/participation.html", context | tabs)


@GOALS.page
def goals(request: HttpRequest, region: Region, pk: int) -> HttpResponseBase:
    scheme = get_object_or_404(schemes_visible_to(request.user), pk=pk, region=region)
    context = _of_scheme(request, region, scheme, "goals")
    return GOALS.answer(request, goals_in(scheme), "segments/goals.html", context)


@TARGETS.page
def shares(request: HttpRequest, region: Region, pk: int) -> HttpResponseBase:
    """Categories with the shares that the documents state, and the targets."""
    scheme = get_object_or_404(schemes_visible_to(request.user), pk=pk, region=region)
    context = {
        "categories": scheme.categories.all(),
        "indicators": region.indicators.filter(is_computed=True),
        "own_indicators": region.indicators.filter(is_computed=False),
    }
    tabs = _of_scheme(request, region, scheme, "shares")
    targets = scheme.targets.select_related("indicator", "segment")
    return TARGETS.answer(request, targets, "segments/shares.html", context | tabs)


@PLACEMENTS.page
def placements(request: HttpRequest, region: Region, pk: int) -> HttpResponseBase:
    scheme = get_object_or_404(schemes_visible_to(request.user), pk=pk, region=region)
    names = dict(
        products_visible_to(request.user).filter(region=region).values_list("code", "name")
    )
    context = {"names": names, **_of_scheme(request, region, scheme, "placements")}
    rows = placements_on(scheme, clock.today())
    return PLACEMENTS.answer(request, rows, "segments/placements.html", context)


def segment_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    segments = segments_visible_to(request.user).select_related("scheme")
    segment = get_object_or_404(segments, pk=pk, scheme__region=region)
    context = {
        "segment": segment,
        "scheme": segment.scheme,
        "goals": goals_of(segment),
        "tasks": segment.development_tasks.all(),
        "traits": _by_kind(segment.traits.all()),
        "targets": segment.targets.select_related("indicator"),
        "partial": segment.participations.select_related("municipality").exclude(
            participation="full"
        ),
        "panels": panels(SEGMENT_PAGE, request.place, segment),  # type: ignore[attr-defined]
        "may_edit": can_edit_framework(request.user, region),
    }
    return render(request, "segments/segment.html", context)


@PRODUCTS.page
def products(request: HttpRequest, region: Region) -> HttpResponseBase:
    asked = ProductFilter(request.GET)
    words = request.GET.get("zoek", "").strip()
    rows = matches(products_visible_to(request.user).filter(region=region), words, ("code", "name"))
    context = {"filter": asked, "may_edit": can_edit_framework(request.user, region)}
    return PRODUCTS.answer(request, rows, "segments/products.html", context)


def _by_kind(traits: object) -> list[tuple[str, list[SegmentTrait]]]:
    """Traits under the name of their kind, in the order of the kinds; empty kinds left out."""
    rows: list[SegmentTrait] = list(traits)  # type: ignore[call-overload]
    grouped = ((kind.heading, [t for t in rows if t.kind == kind]) for kind in TraitKind)
    return [(label, found) for label, found in grouped if found]


def _of_scheme(
    request: HttpRequest, region: Region, scheme: SegmentScheme, here: str
) -> dict[str, object]:
    """The tabs of a scheme and whether it may be edited."""
    names = {
        "overview": ("Segmenten", "scheme"),
        "goals": ("Doelen", "goals"),
        "participation": ("Deelname", "participation"),
        "placements": ("Producten", "placements"),
        "shares": ("Categorieën en streefwaarden", "shares"),
    }
    tabs = [
        (label, reverse(url, args=[region.slug, scheme.pk]), code == here)
        for code, (label, url) in names.items()
    ]
    return {
        "scheme": scheme,
        "tabs": tabs,
        "may_edit": can_edit_framework(request.user, region),
    }
