"""Unpacks a zip while it streams in: nothing is kept, every entry is passed on as it comes.

Reads the headers that stand before each entry (stored and deflate, data descriptors, zip64) and
checks length and checksum. Whatever is unsafe or not whole refuses the zip as a whole.
"""

import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from .sink import Fault

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_ARCHIVE_EXTRA, _ZIP64_END = b"PK\x06\x08", b"PK\x06\x06"
_DESCRIPTOR = b"PK\x07\x08"
_HEADER = struct.Struct("<4sHHHHHIIIHH")
_ENCRYPTED, _HAS_DESCRIPTOR, _UTF8 = 0x1, 0x8, 0x800
_ZIP64 = 0xFFFFFFFF
_OUT = 1 << 16
_CONTROL = re.compile(r"[\x00-\x1f\x7f<>:\"|?*]")
_IGNORED = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$)")


class ZipRefused(Exception):
    """The zip is refused; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.rule)
        self.fault = fault


@dataclass(frozen=True)
class ZipLimits:
    """Number of entries, bytes unpacked in all, and how many times an entry may grow; the last
    only counts from `ratio_from` bytes on."""

    entries: int = 100_000
    unpacked: int = 32 * 1024**3
    ratio: int = 300
    ratio_from: int = 16 * 1024**2


class Entry(Protocol):
    """Takes the content of an entry, in blocks."""

    def feed(self, block: bytes) -> None: ...

    def close(self) -> None: ...


@dataclass
class _Current:
    """The entry that is being read. `left` is None when its length stands behind it."""

    entry: Entry | None
    crc: int
    size: int
    left: int | None
    deflated: bool
    wide: bool
    packed: int = 0
    unpacked: int = 0
    sum: int = 0
    inflater: "zlib._Decompress | None" = None


class Unzip:
    """Feed it the zip; `open_entry(name)` is called for every file in it."""

    def __init__(self, open_entry: Callable[[str], Entry], limits: ZipLimits | None = None) -> None:
        self._open_entry = open_entry
        self._limits = limits or ZipLimits()
        self._buffer = bytearray()
        self._step: Callable[[], bool] = self._read_header
        self._current: _Current | None = None
        self._entries = 0
        self._unpacked = 0
        self._seen_end = False

    def feed(self, block: bytes) -> None:
        """Raises ZipRefused."""
        self._buffer += block
        while self._step():
            pass

    def close(self) -> None:
        """The zip has ended; raises ZipRefused when something is missing."""
        if not self._seen_end:
            raise ZipRefused(_CUT_OFF)
        if not self._entries:
            raise ZipRefused(_EMPTY)

    # -- headers ----------------------------------------------------------------------------

    def _read_header(self) -> bool:
        if len(self._buffer) < 4:
            return False
        signature = bytes(self._buffer[:4])
        if signature in (CENTRAL, END, _ARCHIVE_EXTRA, _ZIP64_END):
            self._step = self._skip_directory
            return True
        if signature != LOCAL:
            raise ZipRefused(_NOT_A_ZIP)
        if len(self._buffer) < _HEADER.size:
            return False
        fields = _HEADER.unpack_from(self._buffer)
        length = _HEADER.size + fields[9] + fields[10]
        if len(self._buffer) < length:
            return False
        name = bytes(self._buffer[_HEADER.size : _HEADER.size + fields[9]])
        extra = bytes(self._buffer[_HEADER.size + fields[9] : length])
        del self._buffer[:length]
        self._begin_entry(name, extra, *fields[2:4], *fields[6:9])
        return True

    def _begin_entry(
        self, name: bytes, extra: bytes, flags: int, method: int, crc: int, packed: int, size: int
    ) -> None:
        self._entries += 1
        if self._entries > self._limits.entries:
            raise ZipRefused(_too_many(self._limits.entries))
        if flags & _ENCRYPTED:
            raise ZipRefused(_ENCRYPTED_ZIP)
        if method not in (0, 8):
            raise ZipRefused(_METHOD)
        wide, packed, size = _wide_sizes(extra, packed, size)
        known = not flags & _HAS_DESCRIPTOR
        if method == 0 and not known and packed == 0:
            raise ZipRefused(_NO_LENGTH)
        self._current = _Current(
            entry=self._entry_for(_decoded(name, flags)),
            crc=crc,
            size=size if known else -1,
            left=packed if known or method == 0 else None,
            deflated=method == 8,
            wide=wide,
            inflater=zlib.decompressobj(-15) if method == 8 else None,
        )
        self._step = self._read_content

    def _entry_for(self, name: str) -> Entry | None:
        if name.endswith("/") or _IGNORED.search(name):
            return None
        if name.lower().endswith((".zip", ".7z", ".rar", ".gz", ".tar")):
            raise ZipRefused(_NESTED)
        return self._open_entry(safe_name(name))

    # -- content ----------------------------------------------------------------------------

    def _read_content(self) -> bool:
        current = self._now()
        if not self._buffer and current.left != 0:
            return False
        take = len(self._buffer) if current.left is None else min(current.left, len(self._buffer))
        block = bytes(self._buffer[:take])
        del self._buffer[:take]
        if current.left is not None:
            current.left -= take
        current.packed += take
        if current.inflater:
            self._inflate(current.inflater, block)
        else:
            self._pass_on(block)
        if self._content_done():
            self._step = self._read_descriptor if current.size < 0 else self._end_entry
            return True
        return bool(self._buffer)

    def _inflate(self, inflater: "zlib._Decompress", block: bytes) -> None:
        current = self._now()
        try:
            while block and not inflater.eof:
                out = inflater.decompress(block, _OUT)
                block = inflater.unconsumed_tail
                self._pass_on(out)
        except zlib.error:
            raise ZipRefused(_DAMAGED) from None
        if inflater.eof and inflater.unused_data:
            if current.left is not None:
                raise ZipRefused(_DAMAGED)
            current.packed -= len(inflater.unused_data)
            self._buffer[:0] = inflater.unused_data

    def _pass_on(self, out: bytes) -> None:
        current = self._now()
        current.unpacked += len(out)
        current.sum = zlib.crc32(out, current.sum)
        self._unpacked += len(out)
        grown = current.unpacked > self._limits.ratio * max(current.packed, 1)
        if self._unpacked > self._limits.unpacked or (
            grown and current.unpacked > self._limits.ratio_from
        ):
            raise ZipRefused(_BOMB)
        if current.entry and out:
            current.entry.feed(out)

    def _content_done(self) -> bool:
        current = self._now()
        if current.inflater and current.inflater.eof:
            if current.left:
                raise ZipRefused(_DAMAGED)
            return True
        if current.left == 0 and current.inflater:
            raise ZipRefused(_DAMAGED)
        return current.left == 0

    def _read_descriptor(self) -> bool:
        """The lengths behind an entry, with or without a signature, of 4 or 8 bytes each. What
        follows tells which: another header always begins with 'PK'."""
        current = self._now()
        start = 4 if self._buffer[:4] == _DESCRIPTOR else 0
        width = 8 if current.wide else 4
        length = start + 4 + 2 * width
        if len(self._buffer) < start + 20 + 2:
            return False
        if not current.wide and self._buffer[length : length + 2] != b"PK":
            width, length = 8, start + 20
        current.crc = int.from_bytes(self._buffer[start : start + 4], "little")
        current.size = int.from_bytes(self._buffer[length - width : length], "little")
        del self._buffer[:length]
        self._step = self._end_entry
        return True

    def _end_entry(self) -> bool:
        current = self._now()
        if current.sum != current.crc or current.unpacked != current.size:
            raise ZipRefused(_DAMAGED)
        if current.entry:
            current.entry.close()
        self._current = None
        self._step = self._read_header
        return True

    def _skip_directory(self) -> bool:
        self._seen_end = self._seen_end or END in self._buffer
        del self._buffer[: max(0, len(self._buffer) - 3)]
        return False

    def _now(self) -> _Current:
        assert self._current  # noqa: S101 -- steps within an entry only
        return self._current


def safe_name(name: str) -> str:
    """A name without drives, climbing and control characters, of at most 200 characters."""
    parts = [part for part in re.split(r"[/\\]", name) if part not in ("", ".", "..")]
    return _CONTROL.sub("_", "/".join(parts))[-200:] or "naamloos"


def _decoded(name: bytes, flags: int) -> str:
    return name.decode("utf-8" if flags & _UTF8 else "cp437", "replace")


def _wide_sizes(extra: bytes, packed: int, size: int) -> tuple[bool, int, int]:
    """Lengths from the zip64 field where it is there."""
    position = 0
    while position + 4 <= len(extra):
        tag, length = struct.unpack_from("<HH", extra, position)
        if tag == 1:
            body = extra[position + 4 : position + 4 + length]
            if size == _ZIP64 and len(body) >= 8:
                size, body = int.from_bytes(body[:8], "little"), body[8:]
            if packed == _ZIP64 and len(body) >= 8:
                packed = int.from_bytes(body[:8], "little")
            return True, packed, size
        position += 4 + length
    return False, packed, size


def _too_many(entries: int) -> Fault:
    return Fault(
        "zip-te-veel-bestanden",
        f"De zip bevat meer dan {entries} bestanden.",
        "Verdeel de bestanden over meer zips.",
    )


_AGAIN = "Maak de zip opnieuw en lever hem nog eens aan."
_CUT_OFF = Fault("zip-afgekapt", "De zip houdt halverwege op.", _AGAIN)
_DAMAGED = Fault("zip-beschadigd", "De zip is beschadigd.", _AGAIN)
_NOT_A_ZIP = Fault("zip-onleesbaar", "Het bestand is geen leesbare zip.", _AGAIN)
_EMPTY = Fault("zip-leeg", "De zip bevat geen bestanden.", "Lever een gevulde zip aan.")
_ENCRYPTED_ZIP = Fault(
    "zip-versleuteld",
    "De zip is met een wachtwoord beveiligd; die kan niet worden gelezen.",
    "Lever de zip aan zonder wachtwoord.",
)
_METHOD = Fault(
    "zip-methode",
    "De zip is ingepakt met een methode die niet wordt gelezen.",
    "Maak een gewone zip (methode 'deflate').",
)
_NO_LENGTH = Fault(
    "zip-lengte-onbekend",
    "In de zip staat een bestand waarvan de lengte niet vooraf is opgegeven.",
    "Maak de zip opnieuw met een gangbaar programma.",
)
_NESTED = Fault(
    "zip-in-zip",
    "In de zip zit nog een ingepakt bestand.",
    "Lever de bestanden in één zip aan, niet in een zip in een zip.",
)
_BOMB = Fault(
    "zip-bom",
    "De zip wordt bij het uitpakken ongewoon groot en is daarom geweigerd.",
    "Lever de bestanden los aan, of in kleinere zips.",
)
