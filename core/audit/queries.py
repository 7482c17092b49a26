"""The audit trail as people read it: who did what, when, and from which value to which."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from pghistory.models import Events

from core.formats import date_short

NEWEST = 200
VERBS = {"insert": "voegde {} toe", "update": "wijzigde {}", "delete": "verwijderde {}"}
SYSTEM = "Het systeem"
NAMES = ("name", "title", "number", "code", "text", "product_code", "year")
PARTNERS = ("product", "indicator", "municipality", "user", "segment")


@dataclass(frozen=True)
class Change:
    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """One event: 'Jan de Vries wijzigde contractfase Fase 2', with its changes."""

    moment: datetime
    who: str
    what: str
    changes: tuple[Change, ...]


def history_of(obj: models.Model, limit: int = NEWEST) -> list[Entry]:
    """What happened to an object and to the rows that point at it, newest first."""
    events = list(Events.objects.references(obj).order_by("pgh_created_at", "pgh_id"))
    people = _people(events)
    entries = [
        Entry(event.pgh_created_at, _who(event, people), _what(event), tuple(changes))
        for event, changes in _with_changes(events)
    ]
    told = [entry for entry in entries if entry.changes or not entry.what.startswith("wijzigde")]
    return told[::-1][:limit]


def _with_changes(events: Iterable[Any]) -> Iterator[tuple[Any, list[Change]]]:
    """Each event with what differs from the event before it on the same row."""
    last: dict[tuple[str, str], dict[str, Any]] = {}
    for event in events:
        row = (event.pgh_obj_model, event.pgh_obj_id)
        before = last.get(row)
        known = before is not None and event.pgh_label == "update"
        yield event, list(_changes(event, before or {})) if known else []
        last[row] = event.pgh_data


def _changes(event: Any, before: dict[str, Any]) -> Iterator[Change]:
    model = apps.get_model(event.pgh_obj_model)
    for field in model._meta.concrete_fields:
        old, new = before.get(field.attname), event.pgh_data.get(field.attname)
        if old != new and field.editable:
            yield Change(str(field.verbose_name), _value(field, old), _value(field, new))


def _value(field: Any, raw: Any) -> str:
    """A stored value as it reads on screen."""
    if raw in (None, "", []):
        return "leeg"
    if isinstance(raw, bool):
        return "ja" if raw else "nee"
    if isinstance(raw, list | dict):
        return "; ".join(str(line) for line in raw)
    if field.is_relation:
        related = field.related_model._default_manager.filter(pk=raw).first()
        return str(related) if related else f"nummer {raw}"
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return date_short(date.fromisoformat(raw))
    return str(dict(field.flatchoices).get(raw, raw))


def _what(event: Any) -> str:
    model = apps.get_model(event.pgh_obj_model)
    name = _name(model, event.pgh_data)
    subject = f"{model._meta.verbose_name} ‘{name[:80]}’" if name else str(model._meta.verbose_name)
    return VERBS.get(event.pgh_label, "wijzigde {}").format(subject)


def _name(model: type[models.Model], data: dict[str, Any]) -> str:
    """What a row is called; a row that ties two things together is called after the other."""
    if own := next((str(data[n]) for n in NAMES if data.get(n)), ""):
        return own
    ties = (f for f in model._meta.concrete_fields if f.name in PARTNERS and data.get(f.attname))
    return next((_value(field, data[field.attname]) for field in ties), "")


def _people(events: Iterable[Any]) -> dict[Any, str]:
    ids: set[Any] = {(e.pgh_context or {}).get("user") for e in events} - {None}
    return {user.pk: str(user) for user in get_user_model().objects.filter(pk__in=ids)}


def _who(event: Any, people: dict[Any, str]) -> str:
    return people.get((event.pgh_context or {}).get("user"), SYSTEM)
