"""Fixtures that every test may use."""

from pathlib import Path

import pytest
from django.conf import settings

SHARED_DATA = Path(settings.BASE_DIR).parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The national schemas, example messages and hand-worked region beside the checkout."""
    if not SHARED_DATA.is_dir():
        pytest.skip("shared data is not beside this checkout")
    return SHARED_DATA
