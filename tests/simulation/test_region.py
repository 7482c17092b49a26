"""The same seed gives the same bytes, in bounded memory, whatever the way out."""

import hashlib
import json
import tracemalloc
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from simulation import ProfileError, load_profile
from simulation.profile import known_profiles
from simulation.region import Region
from simulation.tables import Tables
from tests.simulation.conftest import Written, written


def test_same_seed_same_bytes(tmp_path: Path):
    once, again, other = (
        _digest(written("bollenstreek", tmp_path / name, seed=seed, lines=400).out)
        for name, seed in (("a", 1), ("b", 1), ("c", 2))
    )
    assert once == again
    assert once != other


def test_folder_and_zip_hold_the_same_messages(tmp_path: Path):
    zipped = written("bollenstreek", tmp_path / "zip", lines=400)
    written("bollenstreek", tmp_path / "folder", lines=400, form="folder")
    loose = {p.name: p.read_bytes() for p in (tmp_path / "folder" / "berichten").rglob("*.xml")}
    assert loose == dict(zipped.messages())


def test_number_of_lines_is_about_what_was_wished(alkmaar: Written):
    assert alkmaar.summary.lines == pytest.approx(4_000, rel=0.2)


def test_files_are_in_order_of_delivery(bollenstreek: Written):
    days = [file.on for file in bollenstreek.summary.files]
    assert days == sorted(days)
    assert days[0] == bollenstreek.profile.since
    assert all(file.path.exists() and file.records for file in bollenstreek.summary.files)


def test_memory_follows_the_care_that_runs_not_the_years(tmp_path: Path):
    """Five more years bring some 20,000 lines; keeping those would take 10 MB more."""
    two, seven = _peak(date(2025, 12, 31), tmp_path), _peak(date(2030, 12, 31), tmp_path)
    assert seven - two < 4_500_000


@pytest.mark.parametrize("name", known_profiles())
def test_profiles_load(name: str):
    assert load_profile(name).municipalities


def test_a_profile_that_does_not_fit_is_refused_with_the_reason(tmp_path: Path):
    path = tmp_path / "krom.toml"
    path.write_text('title = "Krom"\nsince = 2024-01-01\ngrowth = 0.0\n')
    with pytest.raises(ProfileError, match="municipality"):
        load_profile(path)


def test_an_unknown_profile_is_refused_with_the_known_ones():
    with pytest.raises(ProfileError, match="alkmaar"):
        load_profile("atlantis")


def test_the_truth_goes_on_after_the_messages_end(tmp_path: Path):
    until, horizon = date(2025, 6, 30), date(2025, 12, 31)
    found = written("bollenstreek", tmp_path, lines=400, until=until, horizon=horizon)
    months = (tmp_path / "waarheid" / "spend.csv").read_text().splitlines()[1:]
    assert max(months)[:7] == "2025-11"
    assert max(name for name, _ in found.messages())[:7] <= "2025-06"
    assert json.loads((tmp_path / "waarheid" / "truth.json").read_text())["seed"] == 7


def _digest(folder: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return found.hexdigest()


def _peak(until: date, out: Path) -> int:
    region = Region(replace(load_profile("bollenstreek"), growth=0.0), seed=1, until=until, rate=50)
    tables = Tables(region, out, until)
    tracemalloc.start()
    try:
        for month in region.months():
            tables.flush(month.month)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
