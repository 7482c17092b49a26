"""The documents of an owner, for who may see the owner."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from core.errors import NotAllowed

from .models import Confidentiality, Document, DocumentVersion
from .registry import DocumentSubject, document_subject


def documents_of(
    user: Any, subject: DocumentSubject, owner: Any, tenant_id: int
) -> QuerySet[Document]:
    """The owner's documents with their versions, newest first; the caller has found the owner
    among `subject.rows`."""
    versions = DocumentVersion.objects.select_related("created_by").order_by("-number")
    rows = Document.objects.filter(
        tenant_id=tenant_id, subject=subject.code, subject_id=owner.pk
    ).prefetch_related(Prefetch("versions", queryset=versions))
    if not subject.sees_confidential(user, owner):
        rows = rows.exclude(confidentiality=Confidentiality.CONFIDENTIAL)
    return rows


def owner_of(user: Any, document: Document) -> tuple[DocumentSubject, Any]:
    """What a document belongs to, when this user may see both; raises Http404."""
    subject = document_subject(document.subject)
    tenant_id = document.tenant_id or 0
    owner = subject.rows(user, tenant_id).filter(pk=document.subject_id).first()
    if owner is None:
        raise Http404("onbekend document")
    if not documents_of(user, subject, owner, tenant_id).filter(pk=document.pk).exists():
        raise Http404("onbekend document")
    return subject, owner


def may_keep(user: Any, subject: DocumentSubject, owner: Any) -> bool:
    try:
        subject.check_keep(user, owner)
    except NotAllowed:
        return False
    return True
