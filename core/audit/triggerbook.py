"""pgtrigger's book of triggers, with its indexes kept.

pgtrigger looks through all triggers that are known each time one is registered: with the five
hundred of this project that took a third of the start of every process. What it looks up is kept
here instead; the checks are its own.
"""

from typing import Any, cast

from pgtrigger import registry
from pgtrigger.core import Trigger


class _Indexed(registry._Registry):
    def __init__(self) -> None:
        self._by_table: dict[tuple[str, str], Trigger] = {}
        self._functions: set[str] = set()
        super().__init__()

    @property
    def by_db_table(self) -> dict[tuple[str, str], Trigger]:
        return self._by_table

    @property
    def pg_function_names(self) -> set[str]:
        return self._functions

    def __setitem__(self, key: str, value: tuple[Any, Trigger]) -> None:
        super().__setitem__(key, value)
        model, trigger = value
        self._by_table[model._meta.db_table, trigger.name] = trigger
        self._functions.add(trigger.get_pgid(model))

    def __delitem__(self, key: str) -> None:
        model, trigger = self[key]
        super().__delitem__(key)
        del self._by_table[model._meta.db_table, trigger.name]
        self._functions.discard(trigger.get_pgid(model))


def keep_indexes() -> None:
    """Call before the first trigger is registered; later calls change nothing."""
    if not isinstance(registry._registry, _Indexed):
        known = cast("registry._Registry", registry._registry)
        registry._registry = _Indexed()
        for key, value in known.data.items():
            registry._registry[key] = value
