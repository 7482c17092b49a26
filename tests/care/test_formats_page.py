"""docs/formats.md names every column of every table."""

from pathlib import Path

from django.conf import settings

from core.intake.registry import forms_for


def test_every_column_is_documented() -> None:
    page = (Path(settings.BASE_DIR) / "docs" / "formats.md").read_text(encoding="utf-8")
    tables = [form for form in forms_for(None, 0) if form.table]
    assert len(tables) == 22
    for form in tables:
        section = page.partition(f"(`{form.code}`)")[2].partition("\n### ")[0]
        missing = [c.header for c in form.table.columns if f"| `{c.header}` |" not in section]
        assert (form.code, missing) == (form.code, [])
