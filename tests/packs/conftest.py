import pytest
from django.conf import settings
from django.db import transaction

from core.packs import load_pack


@pytest.fixture(scope="module")
def packs(request, django_db_setup, django_db_blocker):
    """What the packs in FILES of the module made, by file: loaded once, gone with the module."""
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
        try:
            yield {
                f: load_pack(path=settings.REGION_PACKS_DIR / f).context
                for f in request.module.FILES
            }
        finally:
            transaction.set_rollback(True)
            around.__exit__(None, None, None)
