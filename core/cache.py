"""The shared cache, without which the site goes on.

What it keeps (counts of failed sign-ins, a worker's sign of life) is worth less than a page that
answers: while the server is away everything is a miss, and the log says so.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import TimeoutError as TooLate

log = structlog.get_logger()


@contextmanager
def _forgiving() -> Iterator[None]:
    try:
        yield
    except (NoConnection, TooLate) as error:
        log.warning("cache_away", error=type(error).__name__)


class ForgivingClient(RedisCacheClient):
    """Answers as an empty cache while the server is away."""

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        return bool(_or(True, super().add, key, value, timeout))

    def get(self, key: Any, default: Any) -> Any:
        return _or(default, super().get, key, default)

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        _or(None, super().set, key, value, timeout)

    def touch(self, key: Any, timeout: Any) -> bool:
        return bool(_or(False, super().touch, key, timeout))

    def delete(self, key: Any) -> bool:
        return bool(_or(False, super().delete, key))

    def get_many(self, keys: Any) -> dict[Any, Any]:
        return dict(_or({}, super().get_many, keys))

    def has_key(self, key: Any) -> bool:
        return bool(_or(False, super().has_key, key))

    def incr(self, key: Any, delta: int) -> int:
        return int(_or(delta, super().incr, key, delta))

    def set_many(self, data: Any, timeout: Any) -> None:
        _or(None, super().set_many, data, timeout)

    def delete_many(self, keys: Any) -> None:
        _or(None, super().delete_many, keys)

    def clear(self) -> bool:
        return bool(_or(False, super().clear))


def _or(miss: Any, call: Callable[..., Any], *args: Any) -> Any:
    with _forgiving():
        return call(*args)
    return miss


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache with a client that does not take the site down."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient
