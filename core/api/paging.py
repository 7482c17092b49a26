"""Two ways through a list: by page number for registers, by cursor where counting would hurt."""

import base64
import binascii
import json
from collections.abc import Callable
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThanOrEqual
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from .rows import Found, counted

Read = Callable[[Any], list[dict[str, Any]]]
SIZE = "paginaGrootte"
DEFAULT_SIZE, MOST = 50, 200
LAST_PAGE = 100_000
URI = {"type": "string", "format": "uri", "nullable": True}
SIZE_PARAMETER = {
    "name": SIZE,
    "in": "query",
    "description": f"Aantal rijen per antwoord, 1 tot en met {MOST}.",
    "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_SIZE},
}


class Pager(BasePagination):
    """`keys` are its query keys; `body` reads one part of a list and gives the whole answer."""

    keys: tuple[str, ...] = ()

    def body(self, request: Request, queryset: Any, read: Read) -> dict[str, Any]:
        raise NotImplementedError


class Pages(Pager):
    """Page by number, of a queryset or of a list.

    Counting costs no query when the first page holds everything, nor with `count_along`: then the
    statement of the page counts too, which suits registers but not hundreds of thousands of rows.
    """

    keys = ("pagina", SIZE)

    def __init__(self, *, count_along: bool = False) -> None:
        self.count_along = count_along

    def body(self, request: Request, queryset: Any, read: Read) -> dict[str, Any]:
        size = size_asked(request)
        number = _whole(request, "pagina", default=1, most=LAST_PAGE)
        start = (number - 1) * size
        along = self.count_along and not queryset.query.distinct
        rows = read((counted(queryset) if along else queryset)[start : start + size])
        if number > 1 and not rows:
            raise NotFound
        total = len(rows) if number == 1 and len(rows) < size else _length(queryset, rows)
        here = request.build_absolute_uri()
        return {
            "aantal": total,
            "vorige": replace_query_param(here, "pagina", number - 1) if number > 1 else None,
            "volgende": (
                replace_query_param(here, "pagina", number + 1) if start + size < total else None
            ),
            "resultaten": rows,
        }

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["aantal", "vorige", "volgende", "resultaten"],
            "properties": {
                "aantal": {"type": "integer", "description": "Aantal rijen op alle pagina's."},
                "vorige": URI,
                "volgende": URI,
                "resultaten": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        number = {
            "name": "pagina",
            "in": "query",
            "description": "Nummer van de pagina.",
            "schema": {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1},
        }
        return [number, SIZE_PARAMETER]


class Cursor(Pager):
    """On from the last row seen, along columns that are unique together. There is no count.

    A view names them: `cursor_columns = ("run", "seq")`, backed by an index.
    """

    keys = ("cursor", SIZE)

    def __init__(self, columns: tuple[str, ...] = ("pk",)) -> None:
        self.columns = columns

    def body(self, request: Request, queryset: Any, read: Read) -> dict[str, Any]:
        size = size_asked(request)
        asked = request.query_params.get("cursor")
        if asked:
            queryset = queryset.filter(after(self.columns, decoded(asked, len(self.columns))))
        ordered = queryset.order_by(*self.columns)
        rows = read(ordered[:size])
        following = None
        if len(rows) == size:
            last = ordered.values_list(*self.columns)[size - 1 : size].get()
            following = replace_query_param(request.build_absolute_uri(), "cursor", encoded(last))
        return {"volgende": following, "resultaten": rows}

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["volgende", "resultaten"],
            "properties": {"volgende": URI, "resultaten": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        cursor = {
            "name": "cursor",
            "in": "query",
            "description": "Plaats in de lijst, zoals `volgende` die noemt.",
            "schema": {"type": "string"},
        }
        return [cursor, SIZE_PARAMETER]


def _length(queryset: QuerySet[Any] | list[Any], page: list[Any]) -> int:
    if isinstance(page, Found) and page.total is not None:
        return page.total
    return len(queryset) if isinstance(queryset, list) else queryset.count()


def size_asked(request: Request) -> int:
    return _whole(request, SIZE, default=DEFAULT_SIZE, most=MOST)


def after(columns: tuple[str, ...], values: list[int]) -> Any:
    """Rows beyond these values, compared as a whole: so the walk of an index begins at the place,
    also deep in a delivery of a million lines.

    Said as 'from the next one on': PostgreSQL estimates a comparison of rows by its first column
    alone, and would take 'beyond the newest run' for nothing and read the whole table instead.
    """
    if len(columns) == 1:
        return Q(**{f"{columns[0]}__gt": values[0]})
    return TupleGreaterThanOrEqual(Tuple(*map(F, columns)), [*values[:-1], values[-1] + 1])


def encoded(values: tuple[int, ...]) -> str:
    return base64.urlsafe_b64encode(json.dumps(list(values)).encode()).decode().rstrip("=")


def decoded(text: str, length: int) -> list[int]:
    """Raises a 400 for anything that `encoded` would not have written."""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise _no_cursor() from error
    whole = isinstance(values, list) and all(type(v) is int and abs(v) < 2**63 for v in values)
    if not whole or len(values) != length:
        raise _no_cursor()
    return list(values)


def _no_cursor() -> ValidationError:
    return ValidationError({"cursor": "Neem de cursor over uit het veld `volgende`."})


def _whole(request: Request, key: str, *, default: int, most: int) -> int:
    text = request.query_params.get(key)
    if text is None:
        return default
    if text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= most:
        return int(text)
    raise ValidationError({key: f"Geef een geheel getal van 1 tot en met {most}."})
