"""A panel with documents on the page of whatever an app registers."""

from collections.abc import Mapping
from typing import Any

from core.ui import Panel, Place, register_panel

from .queries import documents_of, may_keep
from .registry import DocumentSubject, keep_subject


def register_documents(subject: DocumentSubject, *, slot: str, order: int = 900) -> None:
    """Give a kind of object documents, shown in a slot whose subject is that object."""
    keep_subject(subject)

    def shown(place: Place, owner: Any) -> Mapping[str, Any] | None:
        documents = list(documents_of(place.user, subject, owner, place.tenant_id))
        may_add = may_keep(place.user, subject, owner)
        if not documents and not may_add:
            return None
        add = place.url("document-add", subject=subject.code, owner=owner.pk)
        return {"documents": documents, "add": add if may_add else "", "region": place.tenant}

    register_panel(
        Panel(slot, f"documents-{subject.code}", "documents/panel.html", shown, order=order)
    )
