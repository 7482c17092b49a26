"""From messages to a pattern: a provider that does worse in simulated iJw traffic is found by the
jobs, and nobody else is blamed for it."""

from pathlib import Path

import pytest

from benchmarks.planted import UNTIL, search

pytestmark = pytest.mark.slow


def test_a_shift_in_the_messages_is_found(db: None, tmp_path: Path, settings: object) -> None:
    settings.CLOCK_TODAY = UNTIL.isoformat()  # type: ignore[attr-defined]
    found = search(tmp_path, seed=11, factor=3, lines=14_000)
    assert found.blamed == {found.planted}
    assert found.comparisons > 50
