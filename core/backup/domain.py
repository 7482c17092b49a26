"""One folder per back-up: the database, the documents, and a manifest that vouches for both."""

import hashlib
import json
import shutil
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core import clock
from core.errors import DomainError

from . import postgres

DATABASE_FILE = "database.dump"
DOCUMENTS_FILE = "documenten.tar"
MANIFEST_FILE = "manifest.json"
FORMAT = 1


@dataclass(frozen=True)
class Place:
    """Where a site keeps its things: a database as in Django's settings, and MEDIA_ROOT."""

    database: dict[str, Any]
    documents: Path


def write_backup(*, place: Place, folder: Path, keep: int | None = None) -> Path:
    """Write a back-up of `place` into a new folder under `folder`; returns it.

    Effects: one folder, complete or absent (it gets its name when all is written); with `keep`,
    older back-ups beyond that number are removed. The database goes first: a document stored
    meanwhile has no row yet, and no row lacks its document. The key of the pseudonyms is not in it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = f"jeugdregie-{clock.now():%Y%m%dT%H%M%S%f}Z"
    unfinished = folder / f".{name}.onvolledig"
    unfinished.mkdir(mode=0o700)
    try:
        with postgres.connect(place.database) as connection:
            rows = postgres.dump(connection, place.database, unfinished / DATABASE_FILE)
        _pack(place.documents, unfinished / DOCUMENTS_FILE)
        _write_manifest(unfinished, rows)
        done = unfinished.rename(folder / name)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    if keep is not None:
        _remove_old(folder, keep)
    return done


def verify_backup(backup: Path) -> dict[str, Any]:
    """The manifest of a whole back-up; raises DomainError where a file is missing or changed."""
    try:
        manifest: dict[str, Any] = json.loads((backup / MANIFEST_FILE).read_text())
    except (OSError, ValueError):
        raise DomainError(
            f"In {backup} staat geen leesbare {MANIFEST_FILE}. Kies een map die met het commando "
            "backup is gemaakt.",
            code="geen-reservekopie",
        ) from None
    if manifest["format"] != FORMAT:
        raise DomainError(
            f"Deze reservekopie heeft vorm {manifest['format']}; deze versie leest vorm {FORMAT}.",
            code="andere-vorm",
        )
    for name, checksum in manifest["sha256"].items():
        path = backup / name
        if not path.is_file() or _checksum(path) != checksum:
            raise DomainError(
                f"Het bestand {name} in {backup} ontbreekt of is veranderd. "
                "Gebruik een andere reservekopie.",
                code="reservekopie-beschadigd",
            )
    return manifest


def restore_backup(*, backup: Path, place: Place, overwrite: bool = False) -> dict[str, int]:
    """Put a back-up into `place`; returns the number of rows per table, equal to the back-up's.

    Refuses a place that holds anything unless `overwrite`. Effects: all tables and all documents
    of the place are those of the back-up; documents that were there are gone.
    """
    manifest = verify_backup(backup)
    with postgres.connect(place.database) as connection:
        occupied = bool(postgres.count_rows(connection)) or _holds_files(place.documents)
        if occupied and not overwrite:
            raise DomainError(
                "De database of de map met documenten is niet leeg. Zet de reservekopie in een "
                "lege omgeving, of geef --overschrijven als alles daar weg mag.",
                code="niet-leeg",
            )
        if occupied:
            postgres.make_empty(connection)
        connection.rollback()
        postgres.restore(connection, place.database, backup / DATABASE_FILE)
        rows = postgres.count_rows(connection)
    if rows != manifest["rows"]:
        raise DomainError(
            f"Na het terugzetten verschillen de aantallen: {_differences(manifest['rows'], rows)}.",
            code="aantallen-verschillen",
        )
    _unpack(backup / DOCUMENTS_FILE, place.documents)
    return rows


def _pack(documents: Path, target: Path) -> None:
    with tarfile.open(target, "w") as archive:
        if documents.is_dir():
            for path in sorted(documents.rglob("*")):
                if path.is_file() and not path.is_symlink():
                    archive.add(path, arcname=str(path.relative_to(documents)), recursive=False)


def _unpack(source: Path, documents: Path) -> None:
    """Beside the old documents first, so that a full disk leaves them as they were."""
    fresh = documents.with_name(f".{documents.name}.terugzetten")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    with tarfile.open(source) as archive:
        for member in archive:
            _unpack_file(archive, member, fresh)
    documents.mkdir(parents=True, exist_ok=True)
    for old in documents.iterdir():
        shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
    # The folder itself may be a mounted volume and stays.
    for path in fresh.iterdir():
        path.rename(documents / path.name)
    fresh.rmdir()


def _unpack_file(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Only plain files inside `folder`; Python before 3.11.4 has no filter that holds this."""
    content = archive.extractfile(member) if member.isfile() else None
    target = (folder / member.name).resolve()
    if content is None or not target.is_relative_to(folder.resolve()):
        raise DomainError(
            f"In de reservekopie staat iets dat geen document is: {member.name}.",
            code="reservekopie-beschadigd",
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    with content, target.open("wb") as out:
        shutil.copyfileobj(content, out)


def _write_manifest(folder: Path, rows: dict[str, int]) -> None:
    manifest = {
        "format": FORMAT,
        "created_at": clock.now().isoformat(),
        "rows": rows,
        "sha256": {name: _checksum(folder / name) for name in (DATABASE_FILE, DOCUMENTS_FILE)},
    }
    (folder / MANIFEST_FILE).write_text(json.dumps(manifest, indent=2))


def _checksum(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _holds_files(folder: Path) -> bool:
    return folder.is_dir() and any(path.is_file() for path in folder.rglob("*"))


def _remove_old(folder: Path, keep: int) -> None:
    finished = sorted(folder.glob("jeugdregie-*Z"))
    for old in finished[: max(len(finished) - keep, 0)]:
        shutil.rmtree(old)


def _differences(expected: dict[str, int], found: dict[str, int]) -> str:
    tables = sorted(name for name in expected | found if expected.get(name) != found.get(name))
    return ", ".join(f"{name} {expected.get(name)} / {found.get(name)}" for name in tables[:5])
