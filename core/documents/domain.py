"""Storing files: generated names, a checksum, and never half a version."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max

from .models import Confidentiality, Document, DocumentVersion


@transaction.atomic
def store(
    *,
    title: str,
    content: bytes,
    file_name: str,
    content_type: str,
    by: Any = None,
    tenant_id: int | None = None,
    confidentiality: str = Confidentiality.INTERNAL,
    document: Document | None = None,
) -> DocumentVersion:
    """Store a file as a new document, or as the next version of `document`.

    Effects: a Document (when none is given), a DocumentVersion, and one file under MEDIA_ROOT
    with a generated name.
    """
    if document is None:
        document = Document.objects.create(
            title=title, tenant_id=tenant_id, confidentiality=confidentiality
        )
    Document.objects.select_for_update().get(pk=document.pk)
    latest = document.versions.aggregate(latest=Max("number"))["latest"] or 0
    version = DocumentVersion(
        document=document,
        number=latest + 1,
        file_name=file_name,
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        created_by=by,
    )
    version.file.save(file_name, ContentFile(content), save=False)
    version.save()
    return version
