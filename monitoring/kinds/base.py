from collections.abc import Callable
from typing import Any

from core.ui import Place
from core.ui.kinds import Kind, register_kind
from regions.models import Region

from ..domain.steering import rows
from ..rules.steering import REGION_PATHS, check_can_write, roles_for

SOURCE = {"source": "In welk document dit staat."}
Back = Callable[[Place, Any], str]


def _check(user: Any, region: Region, row: Any) -> None:
    check_can_write(user, region, row)


def page(name: str, fallback: str, attr: str = "pk") -> Back:
    """The page of the row, or of what it belongs to; the list where there is none (any more)."""

    def back(place: Place, row: Any) -> str:
        pk = getattr(row, attr)
        return place.url(name, pk=pk) if pk else place.url(fallback)

    return back


def of_list(name: str) -> Back:
    return lambda place, row: place.url(name)


def add(code: str, noun: str, model: Any, fields: str, **rest: Any) -> None:
    """Register a kind of this subject: the rules and verbs are the same for all."""
    table = rows.TABLES.get(model)
    register_kind(
        Kind(
            code=code,
            noun=noun,
            model=model,
            fields=tuple(fields.split()),
            tenant_path=REGION_PATHS[model],
            check=_check,
            keep=rows.keep,
            remove=rows.remove,
            table=table,
            take=rows.take if table else None,
            roles=roles_for if table else None,
            **rest,
        )
    )
