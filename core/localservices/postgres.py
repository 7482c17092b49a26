"""A PostgreSQL cluster of this checkout's own."""

import shutil
import signal
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from .binaries import PostgresPrograms, find_postgres
from .errors import LocalServicesError
from .processes import Child
from .statefolder import StateFolder

ROLE = "app"
DATABASE = "jeugdregie"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    # A restore makes every table and index within one transaction.
    "max_locks_per_transaction": "256",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "synchronous_commit": "off",
}
# A test database is made anew each time: nothing in it needs to survive a power cut.
THROW_AWAY = {"fsync": "off", "full_page_writes": "off"}


def start_postgres(state: StateFolder, *, throw_away: bool) -> tuple[Child, str]:
    """Start the cluster, made first where it is missing; returns it with its DATABASE_URL.

    A server that a killed start left behind is stopped first. Raises LocalServicesError.
    """
    programs = find_postgres(state)
    data = state.path / f"postgres-{programs.major}"
    if not (data / "PG_VERSION").exists():
        _make_cluster(state, programs, data)
    state.user.run(programs.folder / "pg_ctl", "stop", "-D", data, "-m", "fast", "-w")
    settings = SETTINGS | (THROW_AWAY if throw_away else {})
    command: list[str | Path] = [programs.folder / "postgres", "-D", data, "-k", state.sockets]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    child = Child.start(
        "PostgreSQL",
        command,
        log=state.logs / "postgres.log",
        stop_signal=signal.SIGINT,
        cwd=data if not state.user.switched else "/",
        **state.user.popen_options,
    )
    try:
        child.wait_until(lambda: _answers(state.sockets), seconds=60)
        _make_database(state.sockets)
    except BaseException:
        child.stop()
        raise
    # django-environ reads a path of more than one part as socket folder and database.
    return child, f"postgres://{ROLE}@/{quote(str(state.sockets))}/{DATABASE}"


def _make_cluster(state: StateFolder, programs: PostgresPrograms, data: Path) -> None:
    """initdb beside the final place, so that half a cluster is never taken for a whole one."""
    unfinished = data.with_suffix(".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    state.user.own(unfinished)
    done = state.user.run(
        programs.folder / "initdb",
        *("-D", unfinished, "-U", ROLE, "-A", "trust", "--encoding=UTF8", "--no-sync"),
        *_locale(programs.major),
    )
    if done.returncode:
        raise LocalServicesError(f"De database kan niet worden gemaakt:\n{done.stderr}")
    unfinished.rename(data)


def _locale(major: int) -> tuple[str, ...]:
    """The same order and the same lower case on every machine."""
    if major >= 17:
        return ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    return ("--locale=C.UTF-8",)


def _connect(sockets: Path) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(host=str(sockets), user=ROLE, dbname="postgres", autocommit=True)


def _answers(sockets: Path) -> bool:
    try:
        _connect(sockets).close()
    except psycopg.OperationalError:
        return False
    return True


def _make_database(sockets: Path) -> None:
    with _connect(sockets) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if known.fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
