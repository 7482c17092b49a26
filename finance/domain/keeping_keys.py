"""Verbs of allocation keys: propose, change a proposal, and the moves of its table."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from core.errors import DomainError
from core.states.api import take
from core.states.models import Step
from regions.models import Municipality
from regions.queries.access import access_of

from ..enums import KEY, KeyState
from ..models import AllocationKey, FixedShare
from ..rules import check_can_manage_budgets
from .budgeting import check_segment_known


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
    key is in force for one of its years."""
    if move == "adopt":
        _check_free(key)
    return take(
        key,
        KEY,
        move,
        by=by,
        roles=access_of(by).roles_in(key.region_id),
        tenant_id=key.region_id,
        reason=reason,
    )


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
