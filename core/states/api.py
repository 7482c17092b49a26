"""Moving an object and asking what happened to it."""

from collections.abc import Collection
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import QuerySet

from .models import Step
from .table import StateTable

M = TypeVar("M", bound=models.Model)


@transaction.atomic
def take(
    obj: M,
    table: StateTable,
    move: str,
    *,
    by: Any,
    roles: Collection[str] | None,
    tenant_id: int | None,
    reason: str = "",
    field: str = "state",
) -> Step:
    """Make one move of `obj`; raises DomainError or NotAllowed when the table has no such way.

    Effects: the row is locked and its state read afresh (the second of two people who move at
    once is refused), the field is written, a Step is added. `obj` gets the new state. `roles`
    None means that the system itself moves.
    """
    manager = type(obj)._default_manager
    state = manager.select_for_update().values_list(field, flat=True).get(pk=obj.pk)
    found = table.check(state, move, roles, reason)
    manager.filter(pk=obj.pk).update(**{field: found.target})
    setattr(obj, field, found.target)
    return Step.objects.create(
        tenant_id=tenant_id,
        table=table.code,
        subject=str(obj.pk),
        move=found.name,
        source=state,
        target=found.target,
        reason=reason.strip(),
        by=by,
    )


def steps_of(obj: models.Model, table: StateTable) -> QuerySet[Step]:
    """The moves of one object, oldest first, with who made them."""
    steps = Step.objects.filter(table=table.code, subject=str(obj.pk))
    return steps.select_related("by")
