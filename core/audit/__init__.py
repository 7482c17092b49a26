"""Who changed what, when: recorded by database triggers, so that no path around it exists.

Front door: the decorator `audited` on a model; `core.audit.queries.history_of(obj)` for the screen,
`core.audit.registry.register_history` to give an object a page of its own, and
`core.audit.then.known_then` for a register as it was known on a day in the past.
"""

from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db import models

from .triggerbook import keep_indexes

keep_indexes()
M = TypeVar("M", bound=type[models.Model])


def audited(*, exclude: tuple[str, ...] = ()) -> Callable[[M], M]:
    """Record every insert, update and delete of a model, also by raw SQL, with its context."""
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(exclude) or None,
    )
