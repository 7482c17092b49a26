"""Verbs of allocation keys: propose, change a proposal, the moves of its table, and fixing what the
shares of a year rest on."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from typing import Any

from django.db import transaction

from core import clock
from core.errors import DomainError
from core.states.api import take
from core.states.models import Step
from regions.models import Municipality
from regions.queries.access import access_of
from segments.queries.framework import scheme_to_show

from ..enums import KEY, KeyState
from ..models import AllocationKey, FixedShare, KeyBasis
from ..queries.keys import KeyBook
from ..rules import check_can_manage_budgets
from .budgeting import check_segment_known
from .keys import Facts, Weights, shares_of


@transaction.atomic
def keep_key(
    *, key: AllocationKey, fixed: Mapping[Municipality, Decimal | None], by: Any
) -> AllocationKey:
    """Record a proposal, or change one. Effects: the key and its fixed shares, validated; what has
    been adopted never changes: withdraw it and propose another."""
    check_can_manage_budgets(by, key.region)
    check_segment_known(key.region, key.segment)
    if key.state != KeyState.PROPOSED:
        raise DomainError(
            f"Deze sleutel is {key.get_state_display()} en verandert niet meer. Stel een nieuwe "
            "sleutel voor.",
            code="sleutel-vastgesteld",
        )
    key.full_clean()
    key.save()
    key.fixed_shares.all().delete()
    for municipality, share in fixed.items():
        if share:
            row = FixedShare(key=key, municipality=municipality, share=share)
            row.full_clean()
            row.save()
    return key


@transaction.atomic
def move_key(*, key: AllocationKey, move: str, by: Any, reason: str = "") -> Step:
    """One move of the table. Effects: the state and its step; adopting is refused where another
    key is in force for one of its years, and fixes the years up to the next where their basis is
    there."""
    if move == "adopt":
        _check_free(key)
    step = take(
        key,
        KEY,
        move,
        by=by,
        roles=access_of(by).roles_in(key.region_id),
        tenant_id=key.region_id,
        reason=reason,
    )
    if move == "adopt":
        with suppress(DomainError):
            while (year := year_to_fix(key)) is not None:
                fix_year(key=key, year=year, by=by)
    return step


def year_to_fix(key: AllocationKey) -> int | None:
    """The first year of an adopted key of which the shares may be fixed now: not later than next
    year, of which the years before are (nearly) known. None where there is none."""
    if key.state != KeyState.ADOPTED:
        return None
    fixed = set(key.bases.values_list("year", flat=True))
    coming = clock.today().year + 1
    last = min(key.last_year or coming, coming)
    return next((year for year in range(key.first_year, last + 1) if year not in fixed), None)


@transaction.atomic
def fix_year(*, key: AllocationKey, year: int, by: Any) -> None:
    """Keep what the shares of a year rest on, of the key's segment and, where it is for all, of
    each of them. Effects: rows that never change; refused out of turn, or without a basis."""
    check_can_manage_budgets(by, key.region)
    AllocationKey.objects.select_for_update().get(pk=key.pk)
    if year != year_to_fix(key):
        raise DomainError(
            f"De aandelen van {year} zijn nu niet vast te leggen: dat kan bij een vastgestelde "
            "sleutel, jaar voor jaar, tot en met het komende jaar.",
            code="jaar-niet-aan-de-beurt",
        )
    scheme = scheme_to_show(key.region)
    if scheme is None:
        raise DomainError(
            "Er is nog geen indeling in segmenten. Leg die eerst vast.", code="geen-indeling"
        )
    KeyBasis.objects.bulk_create(
        KeyBasis(key=key, year=of, segment=segment, facts=facts.as_json(), fixed_by=by)
        for of, segment, facts in _bases(key, year, KeyBook(key.region, scheme))
    )


def _bases(key: AllocationKey, year: int, book: KeyBook) -> Iterator[tuple[int, str, Facts]]:
    weights = Weights(key.weight_population, key.weight_use, key.weight_fixed)
    shares_of(book.facts_now(key, year), weights)
    segments = [] if key.segment else sorted(one.code for one in book.scheme.segments.all())
    for segment in (key.segment, *segments):
        own = book.in_segment(key, segment)
        yield year, segment, book.facts_now(own, year)
        if year == key.first_year:
            yield year - 1, segment, book.start_now(own)


def _check_free(key: AllocationKey) -> None:
    rows = AllocationKey.objects.select_for_update().filter(
        region=key.region, segment=key.segment, state=KeyState.ADOPTED
    )
    for other in rows.exclude(pk=key.pk):
        if (other.last_year or 9999) >= key.first_year and other.first_year <= (
            key.last_year or 9999
        ):
            raise DomainError(
                f"'{other}' is al vastgesteld voor een van deze jaren. Trek die eerst in.",
                code="sleutel-bestaat-al",
            )
