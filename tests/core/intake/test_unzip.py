"""Unpacking while the zip streams in, and the zips that are refused."""

import io
import random
import struct
import zipfile
import zlib

import pytest

from core.intake.unzip import Unzip, ZipLimits, ZipRefused, safe_name


class Collected:
    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.closed: list[str] = []

    def open(self, name: str) -> "OneCollected":
        self.files[name] = b""
        return OneCollected(self, name)


class OneCollected:
    def __init__(self, all_of_them: Collected, name: str) -> None:
        self.all, self.name = all_of_them, name

    def feed(self, block: bytes) -> None:
        self.all.files[self.name] += block

    def close(self) -> None:
        self.all.closed.append(self.name)


def unzip(data: bytes, *, block: int = 1000, limits: ZipLimits | None = None) -> dict[str, bytes]:
    collected = Collected()
    zipped = Unzip(collected.open, limits)
    for begin in range(0, len(data), block):
        zipped.feed(data[begin : begin + block])
    zipped.close()
    assert collected.closed == list(collected.files)
    return collected.files


class OneWay(io.BytesIO):
    """A stream that cannot go back, so that lengths come behind the content."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise io.UnsupportedOperation

    def seek(self, *_: object) -> int:
        raise io.UnsupportedOperation


def zipped(
    files: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED, stream: io.BytesIO | None = None
) -> bytes:
    out = stream or io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


NOISE = random.Random(1).randbytes(70_000)
CONTENT = {"a.xml": b"<a/>" * 5000, "map/b.xml": NOISE, "c": b""}


def refused(data: bytes, **options: object) -> str:
    with pytest.raises(ZipRefused) as refusal:
        unzip(data, **options)  # type: ignore[arg-type]
    return refusal.value.fault.rule


@pytest.mark.parametrize("block", [1, 7, 1000, 10**7])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_what_went_in_comes_out(method: int, block: int) -> None:
    assert unzip(zipped(CONTENT, method=method), block=block) == CONTENT


@pytest.mark.parametrize("block", [1, 1000])
def test_lengths_behind_the_content(block: int) -> None:
    assert unzip(zipped(CONTENT, stream=OneWay()), block=block) == CONTENT


def test_wide_lengths() -> None:
    out = OneWay()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.xml", "w", force_zip64=True) as entry,
    ):
        entry.write(b"x" * 100_000)
    assert unzip(out.getvalue()) == {"a.xml": b"x" * 100_000}


def test_folders_and_what_systems_leave_behind_are_passed_over() -> None:
    data = zipped({"map/": b"", "__MACOSX/a.xml": b"x", "map/.DS_Store": b"x", "a.xml": b"<a/>"})
    assert unzip(data) == {"a.xml": b"<a/>"}


def test_names_cannot_climb() -> None:
    data = zipped({"../../etc/pass\twd": b"x", "C:\\temp\\b.xml": b"y"})
    assert list(unzip(data)) == ["etc/pass_wd", "C_/temp/b.xml"]
    assert safe_name("../..") == "naamloos"


def test_a_bomb_is_refused_while_it_grows() -> None:
    limits = ZipLimits(ratio_from=1_000_000)
    assert refused(zipped({"a.xml": b"\0" * 30_000_000}), limits=limits) == "zip-bom"


def test_too_much_in_all_is_refused() -> None:
    data = zipped({f"{n}.xml": bytes(1000) for n in range(20)})
    assert refused(data, limits=ZipLimits(unpacked=10_000)) == "zip-bom"


def test_too_many_files_are_refused() -> None:
    data = zipped({f"{n}.xml": b"x" for n in range(20)})
    assert refused(data, limits=ZipLimits(entries=19)) == "zip-te-veel-bestanden"


def test_a_zip_in_a_zip_is_refused() -> None:
    assert refused(zipped({"b.ZIP": b"PK"})) == "zip-in-zip"


def test_a_password_is_refused() -> None:
    data = bytearray(zipped({"a.xml": b"<a/>"}))
    data[6] |= 1
    assert refused(bytes(data)) == "zip-versleuteld"


def test_other_methods_are_refused() -> None:
    assert refused(zipped(CONTENT, method=zipfile.ZIP_LZMA)) == "zip-methode"


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_half_a_zip_is_refused(kept: float) -> None:
    data = zipped(CONTENT)
    assert refused(data[: int(len(data) * kept)]) == "zip-afgekapt"


def test_a_wrong_checksum_is_refused() -> None:
    data = zipped({"a.xml": b"<a/>"}, method=zipfile.ZIP_STORED)
    assert refused(data.replace(b"<a/>", b"<b/>", 1)) == "zip-beschadigd"


def test_a_lying_length_is_refused() -> None:
    content = zlib.compress(b"x" * 100)[2:-4]
    crc = zlib.crc32(b"x" * 100)
    header = struct.pack("<4sHHHHH", b"PK\x03\x04", 20, 0, 8, 0, 0)
    header += struct.pack("<IIIHH", crc, len(content), 5, 1, 0)
    assert refused(header + b"a" + content) == "zip-beschadigd"


def test_noise_is_refused() -> None:
    assert refused(b"not a zip at all" * 10) == "zip-onleesbaar"


def test_an_empty_zip_is_refused() -> None:
    assert refused(zipped({})) == "zip-leeg"


def test_random_damage_never_gives_other_content() -> None:
    data, chance = zipped(CONTENT), random.Random(5)
    for _ in range(300):
        broken = bytearray(data)
        broken[chance.randrange(len(data) // 2)] ^= 1 << chance.randrange(8)
        try:
            found = unzip(bytes(broken))
        except ZipRefused:
            continue
        assert sorted(found.values()) == sorted(CONTENT.values())
