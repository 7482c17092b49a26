"""Writing down what is interpreted, judged and decided, and moving it along."""

from collections.abc import Callable
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError

from core.errors import DomainError
from core.states import StateTable
from core.states.api import take as take_step
from core.states.models import Step
from core.tasks.api import sync_tasks

from ...rules.steering import REGION_PATHS, check_can_write, region_of, roles_for
from ..cases.signals import check_names_nobody

TABLES: dict[type[Any], StateTable] = {}
# What must hold before a row is kept or goes, and what follows when it is kept; what must hold
# before a move (it may write what the new state asks for), and what follows after one.
KEEPING: dict[type[Any], Callable[[Any, Any], None]] = {}
KEPT: dict[type[Any], Callable[[Any, Any], None]] = {}
REMOVING: dict[type[Any], Callable[[Any], None]] = {}
BEFORE: dict[tuple[str, str], Callable[[Any], None]] = {}
AFTER: dict[tuple[str, str], Callable[[Any], None]] = {}


@transaction.atomic
def keep(*, row: Any, by: Any) -> Any:
    """Add or change a row. Raises ValidationError when a constraint refuses.

    Effects: its terms become tasks. Everything the row names belongs to the same region; no text
    names a person by number.
    """
    region = region_of(row)
    check_can_write(by, region, row)
    check_one_region(row)
    check_names_nobody(*_texts(row))
    KEEPING.get(type(row), _nothing)(row, by)
    row.full_clean()
    row.save()
    KEPT.get(type(row), _nothing)(row, by)
    sync_tasks(region.pk)
    return row


def _nothing(*args: Any) -> None:
    return None


def _texts(row: Any) -> list[str]:
    fields = (f for f in row._meta.concrete_fields if isinstance(f, models.TextField))
    return [getattr(row, field.name) or "" for field in fields]


@transaction.atomic
def remove(*, row: Any, by: Any) -> None:
    """Take a row away; one that others rest on stays."""
    region = region_of(row)
    check_can_write(by, region, row)
    REMOVING.get(type(row), _nothing)(row)
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError as error:
        raise DomainError(
            f"‘{row}’ kan niet weg: er wordt naar verwezen. Haal eerst die verwijzing weg.",
            code="nog-in-gebruik",
        ) from error
    sync_tasks(region.pk)


def check_one_region(row: Any) -> None:
    region = region_of(row)
    for field in row._meta.concrete_fields:
        if not isinstance(field, models.ForeignKey):
            continue
        other = getattr(row, field.name)
        if other is not None and _region_id(other, region.pk) != region.pk:
            raise DomainError(
                f"‘{other}’ hoort bij een andere regio. Kies iets van {region}.",
                code="andere-regio",
            )


def _region_id(other: Any, here: int) -> int:
    """The region of what a row names; what belongs to no region is of all."""
    if type(other) in REGION_PATHS:
        return region_of(other).pk
    for path in (
        "region_id", "scheme.region_id", "segment.scheme.region_id", "contract.region_id",
    ):  # fmt: skip
        found = other
        for name in path.split("."):
            found = getattr(found, name, None)
        if found is not None:
            return int(found)
    return here


@transaction.atomic
def take(*, row: Any, move: str, by: Any, reason: str = "") -> Step:
    """Move a row along its table of states.

    Effects: the guard of the move is asked, the state changes, a step is kept, and what follows
    from the move is done; terms become tasks. Raises DomainError or NotAllowed.
    """
    table = TABLES[type(row)]
    region = region_of(row)
    roles = roles_for(by, row)
    type(row)._default_manager.select_for_update().get(pk=row.pk)
    row.refresh_from_db()
    table.check(row.state, move, roles, reason)
    check_names_nobody(reason)
    BEFORE.get((table.code, move), _nothing)(row)
    step = take_step(row, table, move, by=by, roles=roles, tenant_id=region.pk, reason=reason)
    AFTER.get((table.code, move), _nothing)(row)
    sync_tasks(region.pk)
    return step
