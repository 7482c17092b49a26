"""When what follows an amount ends."""

from datetime import date, timedelta

from core.periods import add_months

ONE_DAY = timedelta(days=1)


def new_end(begin: date, end: date | None, day: date) -> date | None:
    """The end of what begins on `day` in the place of what ran from `begin` to `end`: as the old
    one would end; what was made for a year runs a year again."""
    if end is None or end > day:
        return end
    months = 12 * (end.year - begin.year) + end.month - begin.month
    return add_months(day, max(months, 1))
