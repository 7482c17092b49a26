"""The one clock: all code asks here what time it is, so that a demo or a test can set it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """Moment in UTC. With settings.CLOCK_TODAY the day stands still, the time of day goes on."""
    moment = datetime.now(UTC)
    if settings.CLOCK_TODAY:
        frozen = date.fromisoformat(settings.CLOCK_TODAY)
        local_time = moment.astimezone(AMSTERDAM).time()
        return datetime.combine(frozen, local_time, AMSTERDAM).astimezone(UTC)
    return moment


def today() -> date:
    """The calendar day in Amsterdam."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The calendar day of a moment in Amsterdam."""
    return moment.astimezone(AMSTERDAM).date()
