"""Which part of an agreed amount each municipality pays: by the allocation key in force."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from core.errors import DomainError
from segments.models import SegmentScheme

from ..domain.keys import Shares
from ..enums import KeyState
from ..models import AllocationKey
from .keys import KeyBook
from .movements import Outlook


def shares_in_force(look: Outlook, segments: Collection[str]) -> dict[str, dict[int, Shares]]:
    """Per segment and year of the outlook, where a key was adopted; one for the segment goes before
    one for all. A look from an earlier month does not know the keys of now."""
    if look.registers_on is not None or not segments:
        return {}
    last = look.until.year
    keys = list(
        AllocationKey.objects.filter(
            Q(last_year__isnull=True) | Q(last_year__gte=look.as_of.year),
            region=look.region_id,
            state=KeyState.ADOPTED,
            segment__in=["", *segments],
            first_year__lte=last,
        ).order_by("segment", "first_year")
    )
    if not keys:
        return {}
    scheme = SegmentScheme.objects.select_related("region").get(pk=look.scheme_id)
    book = KeyBook(scheme.region, scheme)
    found: dict[str, dict[int, Shares]] = {code: {} for code in segments}
    for key in keys:
        for code in [key.segment] if key.segment else segments:
            found[code] |= _of(book, key, code, min(key.last_year or last, last))
    return found


def _of(book: KeyBook, key: AllocationKey, segment: str, last: int) -> dict[int, Shares]:
    """Nothing where the key rests on figures that are not there."""
    try:
        return book.shares_in(key, segment, last)
    except DomainError:
        return {}
