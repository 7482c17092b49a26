"""Annexes of plans: named, with or without a file."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from core.documents.domain import add_document, add_version, change_document
from core.documents.models import Document

from ..models import PlanAttachment
from . import policy


@transaction.atomic
def keep_attachment(*, row: PlanAttachment, file: UploadedFile | None, by: Any) -> PlanAttachment:
    """Add or change an annex; a file given with it becomes its next version.

    Raises NotAllowed, or DomainError for a file that may not be kept.
    """
    policy.keep(row=row, by=by)
    if row.file is not None:
        row.file.title, row.file.confidentiality = row.title, row.confidentiality
        change_document(document=row.file)
    if file is None:
        return row
    if row.file is not None:
        add_version(document=row.file, file=file, by=by)
        return row
    row.file = add_document(document=_document_of(row), file=file, by=by)
    row.save(update_fields=["file"])
    return row


def _document_of(row: PlanAttachment) -> Document:
    return Document(
        title=row.title, tenant_id=row.plan.region_id, confidentiality=row.confidentiality
    )
