"""The only files that intake writes: stripped rows as COPY text, one file per record type.

A delivery is written in a folder that ends in '.part' and gets its real name once every byte is
on disk; what lies under a real name is whole. It is removed when the run has been merged.
"""

import os
import shutil
import time
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from .copytext import escaped
from .sink import Fault

FAULTS = "rejections"
_PART = ".part"
_READ_BLOCK = 1 << 20
_DAY = 86_400


class SpoolStore:
    """A store (see `sink.Store`) on disk."""

    def __init__(self) -> None:
        self.name = uuid.uuid4().hex
        self._folder = _root() / (self.name + _PART)
        self._folder.mkdir(parents=True, mode=0o700)
        self._files: dict[str, BinaryIO] = {}
        self._lengths: dict[str, int] = {}

    def append(self, record_type: str, text: str) -> None:
        data = text.encode()
        self._file(record_type).write(data)
        self._lengths[record_type] += len(data)

    def add_fault(self, file_no: int, fault: Fault) -> None:
        fields = (
            str(file_no),
            escaped(fault.message_ref[:120]),
            "" if fault.record_no is None else str(fault.record_no),
            "" if fault.line_no is None else str(fault.line_no),
            escaped(fault.field[:200]),
            fault.rule,
            escaped(fault.message),
            escaped(fault.advice),
        )
        self.append(FAULTS, "\t".join(fields) + "\n")

    def mark(self) -> Mapping[str, int]:
        return dict(self._lengths)

    def go_back(self, mark: Mapping[str, int]) -> None:
        for name, file in self._files.items():
            length = mark.get(name, 0)
            if self._lengths[name] != length:
                file.flush()
                file.truncate(length)
                file.seek(length)
                self._lengths[name] = length

    def keep(self) -> str:
        """Put everything safely on disk under its real name, which is returned."""
        for file in self._files.values():
            file.flush()
            os.fsync(file.fileno())
            file.close()
        self._folder.rename(_root() / self.name)
        _sync_folder(_root())
        return self.name

    def discard(self) -> None:
        for file in self._files.values():
            file.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _file(self, name: str) -> BinaryIO:
        if name not in self._files:
            self._files[name] = (self._folder / name).open("wb", buffering=_READ_BLOCK)
            self._lengths[name] = 0
        return self._files[name]


def blocks(spool: str, name: str) -> Iterator[bytes]:
    """The rows of a record type in a kept spool, in blocks; nothing when it has none."""
    path = _root() / spool / name
    if not path.exists():
        return
    with path.open("rb") as file:
        while block := file.read(_READ_BLOCK):
            yield block


def size(spool: str) -> int:
    """Bytes in a kept spool."""
    folder = _root() / spool
    return sum(path.stat().st_size for path in folder.iterdir()) if folder.is_dir() else 0


def exists(spool: str) -> bool:
    return bool(spool) and (_root() / spool).is_dir()


def remove(spool: str) -> None:
    if spool:
        shutil.rmtree(_root() / spool, ignore_errors=True)


def remove_leftovers(*, in_use: set[str], older_than: int = _DAY) -> int:
    """Remove folders of uploads that broke off and of runs that have ended; how many."""
    limit = time.time() - older_than
    gone = 0
    for folder in _root().iterdir() if _root().is_dir() else ():
        if folder.name not in in_use and folder.stat().st_mtime < limit:
            shutil.rmtree(folder, ignore_errors=True)
            gone += 1
    return gone


def _root() -> Path:
    return Path(settings.INTAKE_SPOOL_DIR)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
