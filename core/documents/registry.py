"""Which objects have documents, who may see them, and who may keep them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from .models import Confidentiality


def nobody(user: Any, tenant_id: int) -> bool:
    return False


@dataclass(frozen=True)
class DocumentSubject:
    """A kind of object with documents: its owner decides everything about them.

    `code` stands in the address and in the row. `rows(user, tenant_id)` are the owners that this
    user may see: of any other the documents do not exist. `check_keep(user, owner)` raises
    NotAllowed for who may not add, change or remove; `sees_confidential(user, tenant_id)` tells who
    also gets what is confidential. `url(place, owner)` leads back.
    """

    code: str
    title: str
    rows: Callable[[Any, int], QuerySet[Any]]
    url: Callable[[Any, Any], str]
    check_keep: Callable[[Any, Any], None]
    sees_confidential: Callable[[Any, int], bool] = nobody
    confidentiality: str = Confidentiality.INTERNAL


_subjects: dict[str, DocumentSubject] = {}


def keep_subject(subject: DocumentSubject) -> None:
    _subjects[subject.code] = subject


def document_subjects() -> tuple[DocumentSubject, ...]:
    return tuple(_subjects.values())


def document_subject(code: str) -> DocumentSubject:
    try:
        return _subjects[code]
    except KeyError:
        raise Http404("onbekend onderwerp") from None
