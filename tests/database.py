"""The test database as a copy of a migrated template, which is kept between runs.

Applying all migrations takes longer than most test runs, and every parallel worker needs its own
database. The first to come makes the template under a lock; the others copy it in a moment. A
template knows which migrations it holds. One new migration is applied to a copy of the template
that lacks only that one, so that nobody pays for all of them again.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

LOCK = 7_260_311
KEPT = 12
PREFIX = "jeugdregie_template_"
SOURCES = ("*/migrations/*.py", "core/*/migrations/*.py", "requirements/local.lock")

# What a migration file held, per path.
Held = dict[str, str]


def copy_template() -> None:
    """Make the test database anew: from the template, or by migrating, which leaves a template."""
    test_name = connection.creation._get_test_db_name()  # type: ignore[attr-defined]
    base = connection.settings_dict["NAME"]
    wanted = _sources()
    name = PREFIX + _digest(json.dumps(wanted, sort_keys=True).encode())
    with _administrator() as admin:
        templates = _templates(admin)
        if name not in templates:
            nearest = _nearest(templates, wanted)
            if nearest:
                _replace(admin, test_name, nearest)
            _migrate(base, further=bool(nearest))
            _keep(admin, name, test_name, wanted)
            _drop_oldest(admin)
        _replace(admin, test_name, name)


def _nearest(templates: dict[str, Held], wanted: Held) -> str | None:
    """The template with most of these migrations and no other."""
    fitting = {name: held for name, held in templates.items() if held.items() <= wanted.items()}
    return max(fitting, key=lambda name: len(fitting[name]), default=None)


def _migrate(base: str, *, further: bool) -> None:
    creation = connection.creation
    creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=further)
    connection.close()
    settings.DATABASES["default"]["NAME"] = base
    connection.settings_dict["NAME"] = base


def _keep(admin: psycopg.Connection, name: str, source: str, held: Held) -> None:
    _replace(admin, name, source)
    admin.execute(
        sql.SQL("COMMENT ON DATABASE {} IS {}").format(
            sql.Identifier(name), sql.Literal(json.dumps(held))
        )
    )


def _templates(admin: psycopg.Connection) -> dict[str, Held]:
    """Oldest first; one that was left half made carries no comment and does not count."""
    found = admin.execute(
        "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database"
        " WHERE starts_with(datname, %s) ORDER BY oid",
        [PREFIX],
    ).fetchall()
    return {name: json.loads(held) for name, held in found if held}


def _drop_oldest(admin: psycopg.Connection) -> None:
    for name in list(_templates(admin))[:-KEPT]:
        _drop(admin, name)


@contextmanager
def _administrator() -> Iterator[psycopg.Connection]:
    """A connection beside the test database, holding the lock on the templates."""
    place = connection.settings_dict
    with psycopg.connect(
        host=place["HOST"] or None,
        port=place["PORT"] or None,
        user=place["USER"] or None,
        password=place["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    ) as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield admin


def _drop(admin: psycopg.Connection, name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _replace(admin: psycopg.Connection, name: str, source: str) -> None:
    _drop(admin, name)
    admin.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(source)
        )
    )


def _sources() -> Held:
    root = Path(settings.BASE_DIR)
    files = (path for pattern in SOURCES for path in root.glob(pattern))
    return {str(path.relative_to(root)): _digest(path.read_bytes()) for path in sorted(files)}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
