"""How values read on screen: the filters of `{% load ui %}` that are no component."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from core import formats
from core.clock import AMSTERDAM


def last_day(end: date | None) -> str:
    """The last day of a half-open period; a dash when it is open."""
    return formats.date_short(end - timedelta(days=1)) if end else formats.NO_VALUE


def moment(value: datetime | None) -> str:
    """A moment in Amsterdam time: '3 maart 2026 om 14.05 uur'."""
    if value is None:
        return formats.NO_VALUE
    local = value.astimezone(AMSTERDAM)
    return f"{formats.date_long(local.date())} om {local:%H.%M} uur"


def count_of(number: int, words: str) -> str:
    """`{{ 3|count_of:"contract,contracten" }}` -> '3 contracten'."""
    one, many = words.split(",")
    return f"{formats.number(number)} {one if number == 1 else many}"


def file_size(size: int | None) -> str:
    """2400000 -> '2,4 MB'."""
    if size is None:
        return ""
    if size < 1_000_000:
        return f"{formats.number(max(size / 1000, 1))} kB"
    return f"{formats.number(size / 1_000_000, 1)} MB"


def yes_no(value: bool | None) -> str:
    return {True: "ja", False: "nee", None: formats.NO_VALUE}[value]


def get_item(mapping: Mapping[Any, Any], key: Any) -> Any:
    """A value of a mapping by a variable key; None when it is not there."""
    return mapping.get(key)
