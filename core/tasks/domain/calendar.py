"""A person's terms as a calendar that any calendar program can follow (RFC 5545)."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from core import clock

from ..models import CalendarKey, Task
from ..queries import of_person
from ..registry import source_label

SECRET_BYTES = 24


def renew(*, user: Any) -> str:
    """Make a new secret address; the old one ends. Only its digest is kept: it is shown once."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    CalendarKey.objects.update_or_create(
        user=user, defaults={"digest": _digest(secret), "made_at": clock.now(), "read_at": None}
    )
    return f"{settings.SITE_URL}{reverse('calendar-feed', args=[secret])}"


def stop(*, user: Any) -> None:
    CalendarKey.objects.filter(user=user).delete()


def reader(secret: str) -> Any:
    """Whose calendar this is; None for an unknown secret or somebody who left."""
    key = CalendarKey.objects.filter(digest=_digest(secret), user__is_active=True)
    found = key.select_related("user").first()
    if found is None:
        return None
    key.update(read_at=clock.now())
    return found.user


def feed(user: Any) -> bytes:
    """The user's open tasks as all-day events."""
    made = Calendar()
    made.add("prodid", "-//Jeugdregie//Taken//NL")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "Jeugdregie: mijn taken")
    made.add("refresh-interval;value=duration", "PT6H")
    for task in of_person(user):
        made.add_component(_event(task))
    return bytes(made.to_ical())


def _event(task: Task) -> Event:
    event = Event()
    event.add("uid", f"taak-{task.pk}@{settings.SITE_URL.split('//')[-1]}")
    event.add("dtstamp", task.created_at)
    event.add("summary", task.title)
    event.add("dtstart", task.due)
    event.add("dtend", task.due + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("categories", [source_label(task.source)])
    if task.about:
        event.add("description", task.about)
    if task.url:
        event.add("url", f"{settings.SITE_URL}{task.url}")
    return event


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
