"""Admissions for who may see them, the state of the open house, and what asks for something."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from core import clock
from core.ui import matches
from regions.models import Region
from regions.queries.access import access_of
from segments.models import Product, ProductPlacement, Segment

from ..enums.admission import AdmissionState, OpenHouseState
from ..models import (
    Admission,
    AdmissionJudgement,
    AdmissionLetter,
    AdmissionObjection,
    EligibilityRequirement,
    Evidence,
    OpenHouse,
)


def admissions_visible_to(user: Any) -> QuerySet[Admission]:
    """For staff of the region; a provider sees its own."""
    access = access_of(user)
    seen = Q(region__in=access.staff_region_ids)
    for region in access.region_ids:
        own = access.provider_organisations_in(region)
        if own:
            seen |= Q(region=region, provider__organisation__in=own)
    return Admission.objects.filter(seen).select_related("provider", "product", "region")


def evidence_visible_to(user: Any) -> QuerySet[Evidence]:
    rows = Evidence.objects.filter(admission__in=admissions_visible_to(user))
    return rows.select_related("admission__provider", "requirement", "document")


def judgements_visible_to(user: Any) -> QuerySet[AdmissionJudgement]:
    """For staff of the region: an applicant hears the decision, not the scores."""
    rows = AdmissionJudgement.objects.filter(admission__region__in=access_of(user).staff_region_ids)
    return rows.select_related("admission", "requirement", "assessor")


def letters_visible_to(user: Any) -> QuerySet[AdmissionLetter]:
    rows = AdmissionLetter.objects.filter(admission__in=admissions_visible_to(user))
    return rows.select_related("pdf", "docx", "document", "admission")


def objections_visible_to(user: Any) -> QuerySet[AdmissionObjection]:
    rows = AdmissionObjection.objects.filter(admission__in=admissions_visible_to(user))
    return rows.select_related("letter", "admission__provider", "admission__product")


def requirements_visible_to(user: Any) -> QuerySet[EligibilityRequirement]:
    """What the region asks is no secret for who works there."""
    rows = EligibilityRequirement.objects.filter(region__in=access_of(user).region_ids)
    return rows.select_related("segment", "product", "region")


def open_houses_visible_to(user: Any) -> QuerySet[OpenHouse]:
    rows = OpenHouse.objects.filter(region__in=access_of(user).region_ids)
    return rows.select_related("segment", "region").prefetch_related("missing")


FOUND_BY = ("provider__name", "provider__agb_code", "product__code", "product__name")


def matching(rows: QuerySet[Admission], words: str) -> QuerySet[Admission]:
    return matches(rows, words, FOUND_BY)


def valid_on(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


def segments_of(product: Product, day: date) -> list[int]:
    """Keys of the segments in which a product stands on a day, the newest division first."""
    rows = ProductPlacement.objects.filter(
        scheme__region=product.region_id, product_code=product.code
    )
    placed = valid_on(rows, day).order_by("-scheme__valid_from", "segment")
    return list(placed.values_list("segment", flat=True))


def requirements_of(product: Product, day: date) -> QuerySet[EligibilityRequirement]:
    """What holds for a product on a day: for everyone, for its segment, and for itself."""
    rows = EligibilityRequirement.objects.filter(region=product.region_id).filter(
        Q(segment__isnull=True, product__isnull=True)
        | Q(segment__in=segments_of(product, day))
        | Q(product=product)
    )
    return valid_on(rows, day).order_by("-kind", "code", "pk")


def open_house_for(product: Product, day: date) -> OpenHouse | None:
    """The state that counts for a product: that of its segment, else that of the region."""
    rows = valid_on(OpenHouse.objects.filter(region=product.region_id), day)
    of_segment = rows.filter(segment__in=segments_of(product, day)).first()
    return of_segment or rows.filter(segment__isnull=True).first()


def may_apply(product: Product, day: date) -> bool:
    """Without a written state the open house is open."""
    house = open_house_for(product, day)
    if house is None or house.state == OpenHouseState.OPEN:
        return True
    return house.state == OpenHouseState.MISSING and product in house.missing.all()


def admitted_products(provider: Any) -> QuerySet[Admission]:
    return Admission.objects.filter(provider=provider, state__in=AdmissionState.IN_FORCE)


def failing_evidence(admission: Admission, day: date) -> list[Evidence]:
    """Evidence that does not show on a day what its requirement asks."""
    rows = admission.evidence.select_related("requirement", "document")
    return [row for row in rows if not row.holds_on(day)]


def in_force_with_expired_evidence(region_id: int, day: date) -> Iterable[Admission]:
    """Admissions that rest on a document that no longer holds."""
    expired = Evidence.objects.filter(document__valid_to__lte=day).exclude(requirement__evidence="")
    return Admission.objects.filter(
        region=region_id,
        state__in=AdmissionState.IN_FORCE,
        pk__in=expired.values("admission"),
    ).select_related("provider", "product")


def segments_with_house(region: Region) -> list[tuple[Segment | None, OpenHouse]]:
    """The state of every segment that has one, and of the region."""
    rows = valid_on(OpenHouse.objects.filter(region=region), clock.today())
    found = rows.select_related("segment").prefetch_related("missing")
    return [(row.segment, row) for row in found]
