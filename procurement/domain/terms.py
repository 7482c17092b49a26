"""When a contract ends, renews and must be given notice of: dates from dates, nothing else.

A day that does not exist becomes the last of the month. Periods are half-open: `end` is the day
after the last day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from itertools import pairwise

from core.periods import add_months

ONE_DAY = timedelta(days=1)
# A framework agreement that lasts longer needs its reasons (Q&A of the contract standard).
FRAMEWORK_MONTHS = 48


class KeyKind(Enum):
    """What must have happened by a day."""

    EXTENSION = "verlenging aankondigen"
    NOTICE = "opzeggen"
    END = "laatste dag"


@dataclass(frozen=True)
class KeyDate:
    """The last day on which something can be done, and by when the region has decided itself."""

    kind: KeyKind
    day: date
    decide_by: date
    last_day: date


@dataclass(frozen=True)
class Plan:
    """What the dates of a contract follow from. `extensions_left` None: no limit."""

    end: date
    # Months and days.
    notice: tuple[int, int] | None = None
    extension_months: int | None = None
    extensions_left: int | None = 0
    extension_notice_months: int = 6
    decision_lead_months: int = 0
    renews_tacitly: bool = False


def renewed_end(end: date, months: int) -> date:
    """The end after a renewal, both half-open.

    Counted from the last day, so that 30 January plus a month ends on 28 February; a period that
    ends with its month goes on to the end of a month.
    """
    if end.day == 1:
        return add_months(end, months)
    return add_months(end - ONE_DAY, months) + ONE_DAY


def notice_by(end: date, months: int, days: int = 0) -> date:
    """The last day for giving notice: so many calendar months, and then days, before the last
    day."""
    return add_months(end - ONE_DAY, -months) - timedelta(days=days)


def earliest_last_day(given_on: date, months: int, days: int = 0) -> date:
    """The first last day for which notice on this day is in time. Not simply so many months on: on
    31 August half a year ahead is 28 February, for which notice was due by 28 August."""
    day = add_months(given_on + timedelta(days=days), months)
    return day if notice_by(day + ONE_DAY, months, days) >= given_on else day + ONE_DAY


def renewed_ends(plan: Plan) -> Iterator[date]:
    """The present end and every later one that tacit renewal leads to, from the first on.

    Each is counted from the present end, so that a short month shortens one renewal only.
    """
    yield plan.end
    if not plan.renews_tacitly or not plan.extension_months:
        return
    times = 1
    while plan.extensions_left is None or times <= plan.extensions_left:
        yield renewed_end(plan.end, times * plan.extension_months)
        times += 1


def running_end(plan: Plan, today: date) -> date:
    """The end that still can be decided about: notice for it is possible today, or it is the last.

    A contract that renews tacitly and whose day of notice has passed runs on to the renewed end.
    """
    found = plan.end
    for found in renewed_ends(plan):
        if notice_by(found, *(plan.notice or (0, 0))) >= today:
            return found
    return found


def key_dates(plan: Plan, today: date) -> list[KeyDate]:
    """What lies ahead for a contract, following the renewed end; the earliest first."""
    end = running_end(plan, today)
    found = []
    if plan.notice is not None:
        found.append(_key(KeyKind.NOTICE, end, plan, *plan.notice))
    may_extend = plan.extension_months and plan.extensions_left != 0
    if may_extend and not plan.renews_tacitly:
        found.append(_key(KeyKind.EXTENSION, end, plan, plan.extension_notice_months))
    found.append(KeyDate(KeyKind.END, end - ONE_DAY, end - ONE_DAY, end - ONE_DAY))
    return sorted(found, key=lambda key: (key.day, key.kind.value))


def _key(kind: KeyKind, end: date, plan: Plan, months: int, days: int = 0) -> KeyDate:
    day = notice_by(end, months, days)
    return KeyDate(kind, day, add_months(day, -plan.decision_lead_months), end - ONE_DAY)


def months_between(start: date, end: date) -> int:
    """Whole calendar months in a half-open period."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def is_longer_than(start: date, end: date, months: int) -> bool:
    return end > add_months(start, months)


def gaps(spans: list[tuple[date, date]]) -> list[tuple[date, date]]:
    """The holes between half-open periods that should follow each other."""
    ordered = sorted(spans)
    return [(before[1], after[0]) for before, after in pairwise(ordered) if before[1] < after[0]]
