"""The calendar of a tenant for calendar programs (RFC 5545)."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from icalendar import Calendar, Event

from core import clock
from core.ui import Place

from .registry import Placed


def as_ics(place: Place, found: Iterable[Placed]) -> bytes:
    """The entries as all-day events; an event keeps its name when its day moves."""
    made = Calendar()
    made.add("prodid", "-//Jeugdregie//Planning//NL")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"Planning {place.tenant.name}")
    made.add("refresh-interval;value=duration", "PT6H")
    for one in found:
        made.add_component(_event(place, one))
    return bytes(made.to_ical())


def _event(place: Place, one: Placed) -> Event:
    entry, event = one.entry, Event()
    host = settings.SITE_URL.split("//")[-1]
    event.add("uid", f"{one.source.code}-{entry.key}-{place.tenant_id}@{host}")
    event.add("dtstamp", clock.now())
    event.add("summary", entry.title)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.ends + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("categories", [one.source.label, str(entry.level)])
    if entry.about:
        event.add("description", entry.about)
    if entry.url:
        event.add("url", f"{settings.SITE_URL}{entry.url}")
    return event
