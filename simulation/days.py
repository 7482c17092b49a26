"""Months and days as whole numbers: a day is its ordinal, a month is year * 12 + month - 1."""

from datetime import date
from functools import lru_cache


def month_of(day: int) -> int:
    when = date.fromordinal(day)
    return when.year * 12 + when.month - 1


def month_from(when: date) -> int:
    return when.year * 12 + when.month - 1


@lru_cache(maxsize=1024)
def first_day(month: int) -> int:
    return date(month // 12, month % 12 + 1, 1).toordinal()


def last_day(month: int) -> int:
    return first_day(month + 1) - 1


def month_label(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02d}"


def half_of(day: int) -> str:
    when = date.fromordinal(day)
    return f"{when.year}-H{1 if when.month <= 6 else 2}"


@lru_cache(maxsize=16384)
def iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
