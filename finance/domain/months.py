"""Months as whole numbers."""

Month = int
"""A month counted from the year 0: 12 x year + month - 1."""


def month_of(text: str) -> Month:
    """'2026-01' as a number."""
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1


def month_label(month: Month) -> str:
    """A number as '2026-01'."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"
