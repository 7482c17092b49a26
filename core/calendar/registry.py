"""What stands on the calendar of a tenant: apps register where entries come from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.ui import Place

# Panels above the calendar.
CALENDAR_PAGE = "calendar"


class Level(StrEnum):
    """Whose planning an entry belongs to."""

    LOCAL = "lokaal"
    REGIONAL = "regionaal"
    NATIONAL = "landelijk"


@dataclass(frozen=True)
class Entry:
    """One day, or a period up to and including `last`, as the asking user may know it.

    `key` names the entry within its source and stays when the day moves. `first_day` is the day
    that was planned first, where it is another.
    """

    key: str
    day: date
    title: str
    level: Level = Level.REGIONAL
    last: date | None = None
    first_day: date | None = None
    url: str = ""
    about: str = ""
    done: bool = False

    @property
    def ends(self) -> date:
        return self.last or self.day

    @property
    def days_later(self) -> int:
        return (self.day - self.first_day).days if self.first_day else 0


Find = Callable[[Place, date, date], Iterable[Entry]]


@dataclass(frozen=True)
class CalendarSource:
    """`find(place, start, last)` gives what falls within those days, for that user in that tenant.

    It answers from `visible_to`: who may not see a row does not learn that it has a day.
    """

    code: str
    label: str
    find: Find
    order: int = 100


_sources: dict[str, CalendarSource] = {}


def register_calendar(*sources: CalendarSource) -> None:
    for source in sources:
        _sources[source.code] = source


def sources() -> list[CalendarSource]:
    return sorted(_sources.values(), key=lambda source: (source.order, source.code))


@dataclass(frozen=True)
class Placed:
    """An entry with the source that gave it."""

    source: CalendarSource
    entry: Entry


def entries(
    place: Place, start: date, last: date, *, codes: Iterable[str] = (), level: str = ""
) -> list[Placed]:
    """Everything that touches the days from `start` up to and including `last`, in order.

    `codes` narrows to these sources, `level` to one level; empty means all.
    """
    wanted = set(codes)
    found = [
        Placed(source, entry)
        for source in sources()
        if not wanted or source.code in wanted
        for entry in source.find(place, start, last)
        if entry.day <= last and entry.ends >= start and level in ("", entry.level)
    ]
    return sorted(found, key=lambda one: (one.entry.day, one.source.order, one.entry.title))
