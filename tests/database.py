"""The test database as a copy of a migrated template, which is kept between runs.

Applying all migrations takes longer than most test runs, and every parallel worker needs its own
database. The first to come makes the template under a lock; the others copy it in a moment. The
template's name holds a digest of the migrations and models, so a change makes a new one.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

LOCK = 7_260_311
SOURCES = ("*/migrations/*.py", "core/*/migrations/*.py", "*/models/**/*.py", "core/*/models.py")


def copy_template() -> None:
    """Make the test database anew: from the template, or by migrating, which leaves a template."""
    test_name = connection.creation._get_test_db_name()  # type: ignore[attr-defined]
    base = connection.settings_dict["NAME"]
    template = f"{base}_tpl_{_digest()}"
    with _administrator(base) as admin:
        if _exists(admin, template):
            _replace(admin, test_name, template)
            return
        for (old,) in admin.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{base}\\_tpl\\_%"]
        ).fetchall():
            _drop(admin, old)
        _migrate(base)
        _replace(admin, template, test_name)


def _migrate(base: str) -> None:
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    settings.DATABASES["default"]["NAME"] = base
    connection.settings_dict["NAME"] = base


@contextmanager
def _administrator(base: str) -> Iterator[psycopg.Connection]:
    """A connection beside the test database, holding the lock on the templates of `base`."""
    place = connection.settings_dict
    with psycopg.connect(
        host=place["HOST"] or None,
        port=place["PORT"] or None,
        user=place["USER"] or None,
        password=place["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    ) as admin:
        admin.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", [LOCK, base])
        yield admin


def _exists(admin: psycopg.Connection, name: str) -> bool:
    return bool(admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())


def _drop(admin: psycopg.Connection, name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _replace(admin: psycopg.Connection, name: str, source: str) -> None:
    _drop(admin, name)
    admin.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(source)
        )
    )


def _digest() -> str:
    root = Path(settings.BASE_DIR)
    files = {path for pattern in SOURCES for path in root.glob(pattern)}
    files.add(root / "requirements" / "local.lock")
    content = hashlib.sha256()
    for path in sorted(files):
        if ".venv" not in path.parts and "node_modules" not in path.parts:
            content.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return content.hexdigest()[:12]
