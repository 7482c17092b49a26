import pytest

from tests.factories import a_region, with_users


@pytest.fixture
def made(db):
    return with_users(a_region())
