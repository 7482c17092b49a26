"""The one clock: all code asks here what time it is, so that a demo or a test can set it."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """Moment in UTC; noon of the frozen day when settings.CLOCK_TODAY is set."""
    if settings.CLOCK_TODAY:
        frozen = date.fromisoformat(settings.CLOCK_TODAY)
        return datetime.combine(frozen, time(12), AMSTERDAM).astimezone(UTC)
    return datetime.now(UTC)


def today() -> date:
    """The calendar day in Amsterdam."""
    return now().astimezone(AMSTERDAM).date()
