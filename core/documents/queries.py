"""The documents of an owner, for who may see the owner."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from core.errors import NotAllowed

from .models import Confidentiality, Document, DocumentVersion
from .registry import DocumentSubject, document_subject, document_subjects


def documents_visible_to(user: Any, tenant_ids: Iterable[int]) -> QuerySet[Document]:
    """All documents that hang on an owner whom the user sees."""
    found = Q(pk__in=())
    for tenant_id in sorted(tenant_ids):
        for subject in document_subjects():
            owners = subject.rows(user, tenant_id).order_by().values("pk")
            found |= _those_of(user, subject, tenant_id) & Q(subject_id__in=owners)
    return Document.objects.filter(found)


def _those_of(user: Any, subject: DocumentSubject, tenant_id: int) -> Q:
    """Documents of a kind of owner, without what is too confidential for this user."""
    those = Q(tenant_id=tenant_id, subject=subject.code)
    if subject.sees_confidential(user, tenant_id):
        return those
    return those & ~Q(confidentiality=Confidentiality.CONFIDENTIAL)


def documents_of(
    user: Any, subject: DocumentSubject, owner: Any, tenant_id: int
) -> QuerySet[Document]:
    """The owner's documents with their versions, newest first; the caller has found the owner
    among `subject.rows`."""
    versions = DocumentVersion.objects.select_related("created_by").order_by("-number")
    rows = Document.objects.filter(_those_of(user, subject, tenant_id), subject_id=owner.pk)
    return rows.prefetch_related(Prefetch("versions", queryset=versions))


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
