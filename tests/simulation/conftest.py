"""Small regions, written once per session and read by many tests."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from simulation import Profile, Summary, load_profile, write_region

UNTIL = date(2026, 3, 20)


@dataclass(frozen=True)
class Written:
    profile: Profile
    summary: Summary
    out: Path

    def messages(self) -> Iterator[tuple[str, bytes]]:
        """Name and bytes of every message in the order in which it was sent."""
        for path in sorted((self.out / "berichten").glob("*.zip")):
            with zipfile.ZipFile(path) as found:
                for name in found.namelist():
                    yield name, found.read(name)

    def of_kind(self, kind: str) -> list[etree._Element]:
        return [
            etree.fromstring(text)
            for name, text in self.messages()
            if name.endswith(f"JW{kind}.xml")
        ]


def written(name: str, out: Path, **how: object) -> Written:
    profile = load_profile(name)
    summary = write_region(profile, **{"seed": 7, "until": UNTIL, "out": out} | how)
    return Written(profile, summary, out)


def text(element: etree._Element, *path: str) -> str:
    """Text at a path of local names; '' when there is none."""
    for name in path:
        found = element.find(f"{{*}}{name}")
        if found is None:
            return ""
        element = found
    return element.text or ""


@pytest.fixture(scope="session")
def alkmaar(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return written("alkmaar", tmp_path_factory.mktemp("alkmaar"), lines=4_000)


@pytest.fixture(scope="session")
def bollenstreek(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return written("bollenstreek", tmp_path_factory.mktemp("bollenstreek"), lines=4_000)
