"""Files on disk: the same input gives the same bytes."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Protocol

STAMP = (2000, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class DeliveredFile:
    """A file to hand in: `form` says which kind, `on` when it would have been received."""

    path: Path
    form: str
    on: date
    records: int


class Sink(Protocol):
    """Takes the messages of one month."""

    path: Path

    def add(self, name: str, text: str) -> None: ...

    def __enter__(self) -> "Sink": ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class ZipSink:
    """One zip file per month."""

    def __init__(self, folder: Path, label: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"{label}.zip"
        self.zip = zipfile.ZipFile(self.path, "w", zipfile.ZIP_DEFLATED, compresslevel=3)

    def add(self, name: str, text: str) -> None:
        info = zipfile.ZipInfo(name, STAMP)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        self.zip.writestr(info, text)

    def __enter__(self) -> "ZipSink":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.zip.close()


class FolderSink:
    """One folder of XML files per month."""

    def __init__(self, folder: Path, label: str) -> None:
        self.path = folder / label
        self.path.mkdir(parents=True, exist_ok=True)

    def add(self, name: str, text: str) -> None:
        (self.path / name).write_text(text, encoding="utf-8", newline="")

    def __enter__(self) -> "FolderSink":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Dutch CSV: semicolons, a line feed, no byte-order mark."""
    text = io.StringIO(newline="")
    found = csv.writer(text, delimiter=";", lineterminator="\n")
    found.writerow(header)
    found.writerows(rows)
    return text.getvalue()


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(csv_text(header, rows), encoding="utf-8", newline="")
    return path


def euros(cents: int) -> str:
    """Cents as euros with a decimal comma."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100},{abs(cents) % 100:02d}"
