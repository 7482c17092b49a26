"""Lists on screen: sorting by a declared column, pages that stay right when rows come and go."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)
PER_PAGE = 50
Columns = Mapping[str, str | tuple[str, ...]]


class Sorting:
    """Sorts by `?sorteer=naam` or `-naam`; only declared columns. Ties go by the further columns of
    a declaration, always upward, and by primary key."""

    def __init__(self, request: HttpRequest, columns: Columns, default: str) -> None:
        self.columns = columns
        asked = request.GET.get("sorteer", default)
        self.key = asked if asked.removeprefix("-") in columns else default

    def apply(self, rows: QuerySet[M]) -> QuerySet[M]:
        sign = "-" if self.key.startswith("-") else ""
        declared = self.columns[self.key.removeprefix("-")]
        first, *ties = (declared,) if isinstance(declared, str) else declared
        return rows.order_by(f"{sign}{first}", *ties, "pk")

    def direction(self, column: str) -> str:
        """Value of `aria-sort` for a column."""
        if self.key.removeprefix("-") != column:
            return "none"
        return "descending" if self.key.startswith("-") else "ascending"

    def next_key(self, column: str) -> str:
        return f"-{column}" if self.key == column else column


def page_of(request: HttpRequest, rows: Any, per_page: int = PER_PAGE) -> Page[Any]:
    """The page that `?pagina=` asks for; a number that does not exist gives the nearest."""
    return Paginator(rows, per_page).get_page(request.GET.get("pagina"))
