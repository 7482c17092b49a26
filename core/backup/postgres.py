"""pg_dump and pg_restore of a release that fits the server."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from core.errors import DomainError

Database = dict[str, Any]
Connection = psycopg.Connection[tuple[Any, ...]]

USER_TABLES = """
    SELECT schemaname, relname FROM pg_stat_user_tables ORDER BY schemaname, relname
"""

DROPPED_AT_ONCE = 50


def connect(database: Database) -> Connection:
    """A plain connection to what Django's settings call a database."""
    return psycopg.connect(
        host=database["HOST"] or None,
        port=database["PORT"] or None,
        user=database["USER"] or None,
        password=database["PASSWORD"] or None,
        dbname=database["NAME"],
    )


def dump(connection: Connection, database: Database, target: Path) -> dict[str, int]:
    """Write everything that `connection` sees now; returns the number of rows per table.

    Rows are counted and dumped in one snapshot, so the numbers hold while others work on.
    """
    connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()
    counts = count_rows(connection)
    _run(
        _tool("pg_dump", connection.info.server_version // 10000),
        *("--format=custom", "--no-owner", "--no-privileges"),
        *(f"--snapshot={snapshot[0] if snapshot else ''}", f"--file={target}"),
        database=database,
    )
    connection.rollback()
    return counts


def restore(connection: Connection, database: Database, source: Path) -> None:
    """Put a dump into an empty database, whole or not at all."""
    _run(
        _tool("pg_restore", connection.info.server_version // 10000),
        *("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"),
        *(f"--dbname={database['NAME']}", str(source)),
        database=database,
    )


def count_rows(connection: Connection) -> dict[str, int]:
    """Exact number of rows per table."""
    counts = {}
    for schema, table in connection.execute(USER_TABLES).fetchall():
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))
        row = connection.execute(query).fetchone()
        counts[f"{schema}.{table}"] = row[0] if row else 0
    return counts


def make_empty(connection: Connection) -> None:
    """Throw away everything in the database.

    A few tables at a time: to drop all at once the server must lock each of their indexes too,
    which is more than its lock table holds.
    """
    tables = connection.execute(USER_TABLES).fetchall()
    for start in range(0, len(tables), DROPPED_AT_ONCE):
        names = (sql.Identifier(*table) for table in tables[start : start + DROPPED_AT_ONCE])
        connection.execute(
            sql.SQL("DROP TABLE IF EXISTS {} CASCADE").format(sql.SQL(", ").join(names))
        )
        connection.commit()
    connection.execute("DROP SCHEMA public CASCADE")
    connection.execute("CREATE SCHEMA public")
    connection.commit()


def _tool(name: str, server: int) -> Path:
    """The first program that is not older than the server; an older one refuses to dump it."""
    for folder in _folders():
        program = folder / name
        if program.exists() and _release(program) >= server:
            return program
    raise DomainError(
        f"Er is geen {name} van PostgreSQL {server} of nieuwer gevonden. "
        f"Installeer het pakket postgresql-client-{server}.",
        code="programma-ontbreekt",
    )


def _folders() -> Iterator[Path]:
    yield from (Path(part) for part in os.environ.get("PATH", "").split(os.pathsep) if part)
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def _release(program: Path) -> int:
    answer = subprocess.run(  # noqa: S603 - found above
        [program, "--version"], capture_output=True, text=True, check=False
    ).stdout
    match = re.search(r"\) (\d+)", answer)
    return int(match[1]) if match else 0


def _run(program: Path, *arguments: str, database: Database) -> None:
    """The password goes through the environment: arguments are seen by the whole machine."""
    place = {
        "PGHOST": database["HOST"],
        "PGPORT": str(database["PORT"] or ""),
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],
        "PGDATABASE": database["NAME"],
    }
    done = subprocess.run(  # noqa: S603 - found above
        [program, *arguments],
        env=os.environ | {name: value for name, value in place.items() if value},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DomainError(
            f"{program.name} is niet gelukt: {done.stderr.strip()[:500]}", code="programma-mislukt"
        )
