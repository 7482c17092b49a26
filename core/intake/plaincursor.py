"""A cursor for merges: takes SQL composed by psycopg wherever it is run.

Django hands statements to its execute wrappers as they come; the one of the audit trail, active
inside a request, wants text.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from psycopg.sql import Composable


class PlainCursor:
    """Django's cursor with composed statements turned into text first."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def execute(self, statement: Any, params: Any = None) -> Any:
        return self._cursor.execute(self._text(statement), params)

    def executemany(self, statement: Any, params: Any) -> Any:
        return self._cursor.executemany(self._text(statement), params)

    def _text(self, statement: Any) -> Any:
        if isinstance(statement, Composable):
            return statement.as_string(connection.connection)
        return statement

    def __iter__(self) -> Iterator[Any]:
        return iter(self._cursor)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


@contextmanager
def plain_cursor() -> Iterator[PlainCursor]:
    with connection.cursor() as cursor:
        yield PlainCursor(cursor)
