"""A first `migrate` stays quick."""

import re
from pathlib import Path

from django.conf import settings

SLOW = re.compile(r"migrations\.(CreateModel|AddField|AddConstraint|AddTrigger)\(")


def test_migrations_render_one_model_at_a_time() -> None:
    root = Path(settings.BASE_DIR)
    files = [*root.glob("*/migrations/*.py"), *root.glob("core/*/migrations/*.py")]
    assert len(files) > 40
    assert [file.name for file in files if SLOW.search(file.read_text())] == []
