"""Lists on screen: sorting by a declared column, pages that stay right when rows come and go."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)
PER_PAGE = 50


class Sorting:
    """Sorts by `?sorteer=naam` or `-naam`; only declared columns, and ties by primary key."""

    def __init__(self, request: HttpRequest, columns: Mapping[str, str], default: str) -> None:
        self.columns = columns
        asked = request.GET.get("sorteer", default)
        self.key = asked if asked.removeprefix("-") in columns else default

    def apply(self, rows: QuerySet[M]) -> QuerySet[M]:
        sign = "-" if self.key.startswith("-") else ""
        return rows.order_by(f"{sign}{self.columns[self.key.removeprefix('-')]}", "pk")

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
