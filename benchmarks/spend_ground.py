"""What the two benchmarks of spend stand on: a database of their own, totals and a clock."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

Result = TypeVar("Result")


@contextmanager
def own_database(name: str) -> Iterator[None]:
    """A migrated database beside the one of DATABASE_URL, dropped at the end."""
    from django.db import connection  # noqa: PLC0415 -- needs Django

    base = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"{base}_benchmark_{name}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(base, verbosity=0)


def add_up(region: Any) -> None:
    from django.db import connection, transaction  # noqa: PLC0415 -- needs Django

    from care.domain.totals import rebuild_totals  # noqa: PLC0415

    with transaction.atomic(), connection.cursor() as cursor:
        rebuild_totals(cursor, region_id=region.pk)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE care_spendtotal")


def count(region: Any) -> int:
    from care.models import DeclarationLine  # noqa: PLC0415 -- needs Django

    return DeclarationLine.objects.filter(region_id=region.pk).count()


def timed(action: Callable[[], Result]) -> tuple[float, Result]:
    begin = time.perf_counter()
    result = action()
    return time.perf_counter() - begin, result
