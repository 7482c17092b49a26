"""Storing files: generated names, a checksum, and never half a version."""

import hashlib
import unicodedata
from functools import partial
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max

from .contents import kind_of
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


@transaction.atomic
def add_document(*, document: Document, file: UploadedFile, by: Any) -> Document:
    """Keep an uploaded file as a new document of the owner that `document` names.

    Effects: the Document, its first version, and a file. Raises DomainError (soort-bestand).
    """
    document.save()
    return add_version(document=document, file=file, by=by)


@transaction.atomic
def add_version(*, document: Document, file: UploadedFile, by: Any) -> Document:
    """Keep an uploaded file as the next version; the older ones stay."""
    name = _readable(file.name or "")
    kind = kind_of(file, name)
    file.seek(0)
    store(
        title=document.title,
        content=file.read(),
        file_name=name,
        content_type=kind.content_type,
        by=by,
        document=document,
    )
    return document


def change_document(*, document: Document) -> Document:
    document.save(update_fields=["title", "confidentiality"])
    return document


@transaction.atomic
def remove_document(*, document: Document) -> None:
    """Remove a document with all its versions; the files go when the transaction has succeeded.

    The audit trail keeps who removed what, not the content.
    """
    files = [(v.file.storage, str(v.file.name)) for v in document.versions.all()]
    document.delete()
    for storage, name in files:
        transaction.on_commit(partial(storage.delete, name))


def _readable(name: str) -> str:
    """The last part of a file name, without characters that do not print; at most 120 long."""
    plain = unicodedata.normalize("NFC", PurePath(name.replace("\\", "/")).name)
    plain = "".join(c for c in plain if c.isprintable() and c not in '<>:"|?*')
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[: 119 - len(ending)]}{dot}{ending}"
