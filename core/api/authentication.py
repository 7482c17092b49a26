"""Who is asking: a token, stored as a digest, that ends on its day."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from hmac import compare_digest
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from knox.settings import CONSTANTS
from rest_framework.exceptions import AuthenticationFailed

from core import clock

from .models import Token

TOKEN = re.compile(rb"[0-9a-zA-Z]{20,128}")
USE_NOTED_EVERY = timedelta(minutes=15)
OWN = ("pk", "digest", "expiry", "last_used_at")
ANY_KEY = "?"


@dataclass(frozen=True)
class AlsoRead:
    """Something about a user that every request needs, read in the statement that finds the token.

    `column(path)` is an expression in which `path` leads to the user; `keep(user, value)` puts what
    was read where the rest of the application looks for it.
    """

    column: Callable[[str], Any]
    keep: Callable[[Any, Any], None]


_also: list[AlsoRead] = []


def read_with_user(column: Callable[[str], Any], keep: Callable[[Any, Any], None]) -> None:
    _also.append(AlsoRead(column, keep))
    _statement.cache_clear()


class Tokens(TokenAuthentication):
    """'Authorization: Token <token>'; no cookie opens the API.

    One query for token, user and rights: nothing is remembered from one request to the next, so a
    right that was withdrawn is gone at once.
    """

    def authenticate_credentials(self, token: bytes) -> Any:
        if not TOKEN.fullmatch(token):
            raise AuthenticationFailed
        text = token.decode("ascii")
        digest = hash_token(text)
        for key, known, ends, used, *about in _rows(text[: CONSTANTS.TOKEN_KEY_LENGTH]):
            if compare_digest(digest, known):
                return _user(about, ends), _noted(key, used)
        raise AuthenticationFailed


def _rows(start: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [start])
        return list(cursor.fetchall())


@cache
def _statement() -> str:
    """Put together by the ORM once; it differs in the start of the token only."""
    about = (f"user__{name}" for name in _fields())
    also = (one.column("user") for one in _also)
    rows = Token.objects.filter(token_key=ANY_KEY).order_by().values_list(*OWN, *about, *also)
    sql, params = rows.query.sql_with_params()
    if params != (ANY_KEY,):
        raise TypeError("a column read with the user has no parameters of its own")
    return str(sql)


@cache
def _fields() -> tuple[str, ...]:
    return tuple(field.attname for field in get_user_model()._meta.concrete_fields)


def _user(about: list[Any], ends: Any) -> Any:
    names = _fields()
    user: Any = get_user_model().from_db("default", names, about[: len(names)])
    if not user.is_active or (ends is not None and ends <= clock.now()):
        raise AuthenticationFailed
    for one, value in zip(_also, about[len(names) :], strict=True):
        one.keep(user, value)
    return user


def _noted(key: int, used: Any) -> int:
    """The key of the token, of which it is kept when it was last used."""
    now = clock.now()
    if used is None or used < now - USE_NOTED_EVERY:
        Token.objects.filter(pk=key).update(last_used_at=now)
    return key


class TokensDescribed(OpenApiAuthenticationExtension):
    target_class = "core.api.authentication.Tokens"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "De waarde is `Token`, een spatie en het token.",
        }
