from collections.abc import Iterator
from pathlib import Path

import pytest

from core.jobs import domain

from .engine import Engine


@pytest.fixture(scope="module")
def _engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = Engine(tmp_path_factory.mktemp("faults"))
    try:
        engine.start_broker()
        yield engine
    finally:
        engine.stop()


@pytest.fixture
def engine(
    _engine: Engine, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """A worker that is alive. The bell of this process is never heard: only the sweeper rings.

    It is gone before the tables are emptied, which waits for everybody who looks at one.
    """
    monkeypatch.setattr(domain, "ring", lambda job_id: None)
    _engine.worker  # noqa: B018 -- starts it
    yield _engine
    _engine.kill_workers()


@pytest.fixture
def golden_folder(shared_data: Path) -> Path:
    return shared_data / "golden"
