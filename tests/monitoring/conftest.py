import pytest

from regions.models import Region

from .build import make_region


@pytest.fixture
def region(db: None) -> Region:
    return make_region()
