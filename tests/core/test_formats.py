"""Dates as people read them."""

from datetime import UTC, date, datetime

from core.formats import date_long, date_short


def test_a_moment_is_told_by_its_day_in_amsterdam():
    after_midnight = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert date_long(after_midnight) == "23 november 2026"
    assert date_short(after_midnight) == "23-11-2026"
    assert date_long(date(2026, 11, 22)) == "22 november 2026"
