"""Signals about ceilings for who may see them."""

from typing import Any

from django.db.models import Q, QuerySet

from core.ui import matches
from regions.models import Region

from ..enums.ceilings import CeilingState
from ..enums.contracts import ContractStatus
from ..models import CeilingLetter, CeilingSignal, Contract, SpendingCap
from .contracts import visible_to

FOUND_BY = ("cap__contract__number", "cap__contract__name", "cap__contract__provider__name", "note")


def caps_visible_to(user: Any) -> QuerySet[SpendingCap]:
    """Ceilings of the contracts that the user may see."""
    own = visible_to(user)
    return SpendingCap.objects.filter(contract__in=own, valid_to__isnull=True)


def signals_visible_to(user: Any) -> QuerySet[CeilingSignal]:
    """Those of the contracts that the user sees; a provider its own."""
    rows = CeilingSignal.objects.filter(cap__contract__in=visible_to(user))
    return rows.select_related("cap__contract__provider", "cap__contract__region")


def letters_visible_to(user: Any) -> QuerySet[CeilingLetter]:
    rows = CeilingLetter.objects.filter(signal__in=signals_visible_to(user))
    return rows.select_related("pdf", "docx")


def matching(rows: QuerySet[CeilingSignal], words: str) -> QuerySet[CeilingSignal]:
    return matches(rows, words, FOUND_BY)


def open_signals(region: Region) -> QuerySet[CeilingSignal]:
    rows = CeilingSignal.objects.filter(cap__contract__region=region, state__in=CeilingState.OPEN)
    return rows.select_related("cap__contract__provider")


def caps_without_signal(user: Any, region: Region) -> QuerySet[SpendingCap]:
    """Ceilings that hold in running contracts and about which nothing was signalled."""
    rows = SpendingCap.objects.filter(
        contract__in=visible_to(user), contract__region=region,
        contract__status__in=ContractStatus.LIVE, valid_to__isnull=True, signal__isnull=True,
    )  # fmt: skip
    return rows.select_related("contract__provider").order_by("contract__number", "-year")


def without_next_year(region_id: int, year: int) -> QuerySet[Contract]:
    """Running contracts with a ceiling in a year that go on after it, without one for the next."""
    rows = Contract.objects.filter(
        Q(end_date__isnull=True) | Q(end_date__year__gt=year + 1)
        | Q(end_date__year=year + 1, end_date__month__gt=1)
        | Q(end_date__year=year + 1, end_date__day__gt=1),
        region=region_id, status__in=ContractStatus.LIVE,
        caps__year=year, caps__valid_to__isnull=True,
    )  # fmt: skip
    return rows.exclude(caps__year=year + 1).distinct().order_by("number")
