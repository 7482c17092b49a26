"""The front door of the calendar."""

from .registry import (
    CALENDAR_PAGE,
    CalendarSource,
    Entry,
    Level,
    Placed,
    entries,
    register_calendar,
    sources,
)

__all__ = [
    "CALENDAR_PAGE",
    "CalendarSource",
    "Entry",
    "Level",
    "Placed",
    "entries",
    "register_calendar",
    "sources",
]
