"""Which objects have a page 'wie, wat, wanneer', and who may see it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404


@dataclass(frozen=True)
class HistorySubject:
    """A kind of object with a history page.

    `code` stands in the address; `rows(user, tenant_id)` are the objects whose history this user
    may see; `url(place, obj)` leads back to the object.
    """

    code: str
    title: str
    rows: Callable[[Any, int], QuerySet[Any]]
    url: Callable[[Any, Any], str]


_subjects: dict[str, HistorySubject] = {}


def register_history(subject: HistorySubject) -> None:
    _subjects[subject.code] = subject


def history_subject(code: str) -> HistorySubject:
    try:
        return _subjects[code]
    except KeyError:
        raise Http404("onbekend onderwerp") from None
