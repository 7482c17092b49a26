"""The checks behind the health addresses."""

from dataclasses import dataclass
from functools import cache

from celery import current_app
from django.conf import settings
from django.core.cache import cache as shared_cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

CANARY_KEY = "health.canary"
CANARY_SECONDS = 60
BROKER_TIMEOUT_SECONDS = 2


@dataclass(frozen=True)
class Readiness:
    """What works now. Pages and forms need the first two; the others only delay background work."""

    database: bool
    migrations: bool
    broker: bool
    worker: bool

    @property
    def can_serve(self) -> bool:
        return self.database and self.migrations

    @property
    def summary(self) -> str:
        if not self.can_serve:
            return "niet gereed"
        return "gereed" if self.broker and self.worker else "beperkt"


def readiness() -> Readiness:
    """Ask every part; at most a few seconds, never an exception."""
    database = _database_answers()
    return Readiness(
        database=database,
        migrations=database and _migrations_applied(),
        broker=_broker_answers(),
        worker=worker_works(),
    )


def record_canary() -> None:
    """Called by a worker: the mark fades by itself when no worker renews it."""
    shared_cache.set(CANARY_KEY, True, timeout=CANARY_SECONDS)


def worker_works() -> bool:
    """Whether a worker finished a task in the last minute; a process that hangs does not count."""
    if settings.CELERY_TASK_ALWAYS_EAGER:
        return True
    try:
        return bool(shared_cache.get(CANARY_KEY))
    except (RedisError, OSError):
        return False


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _migrations_applied() -> bool:
    try:
        return _all_applied()
    except (DatabaseError, _PendingError):
        return False


class _PendingError(Exception):
    """Raised so that only the good answer is remembered: a migration is not undone under us."""


@cache
def _all_applied() -> bool:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise _PendingError
    return True


def _broker_answers() -> bool:
    if settings.CELERY_TASK_ALWAYS_EAGER:
        return True
    try:
        with current_app.connection_for_read() as broker:
            broker.ensure_connection(max_retries=1, timeout=BROKER_TIMEOUT_SECONDS)
    except (OperationalError, RedisError, OSError):
        return False
    return True
