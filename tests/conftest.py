"""Fixtures that every test may use."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test.utils import setup_databases, teardown_databases

from tests.database import copy_template

SHARED_DATA = Path(settings.BASE_DIR).parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The national schemas, example messages and hand-worked region beside the checkout."""
    if not SHARED_DATA.is_dir():
        pytest.skip("shared data is not beside this checkout")
    return SHARED_DATA


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_modify_db_settings, django_db_blocker, django_db_keepdb
):
    """The test database, copied from a migrated template (tests/database.py)."""
    with django_db_blocker.unblock():
        if not django_db_keepdb:
            copy_template()
        made = setup_databases(verbosity=0, interactive=False, keepdb=True)
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            teardown_databases(made, verbosity=0)
