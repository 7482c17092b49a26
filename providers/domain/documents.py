"""Documents of a provider: what may be uploaded, and a renewal that keeps the earlier file."""

from datetime import date
from pathlib import PurePath
from typing import Any

from django.db import transaction

from core.documents.domain import store
from core.errors import DomainError

from ..models import ProviderDocument
from ..rules import check_can_manage_providers

MOST_BYTES = 20 * 1024**2
# Ending to (content type, how such a file begins).
TYPES = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        b"PK\x03\x04",
    ),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
    ".odt": ("application/vnd.oasis.opendocument.text", b"PK\x03\x04"),
    ".png": ("image/png", b"\x89PNG\r\n"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
}


def check_file(file_name: str, content: bytes) -> str:
    """The content type of a file that may be kept; raises DomainError with what is wrong."""
    known = TYPES.get(PurePath(file_name).suffix.lower())
    if known is None:
        raise DomainError(
            f"Het bestand eindigt niet op {', '.join(TYPES)}. Sla het op als PDF en kies dat.",
            code="soort-bestand",
        )
    if len(content) > MOST_BYTES:
        raise DomainError(
            "Het bestand is groter dan 20 MB. Maak het kleiner en kies het opnieuw.",
            code="bestand-te-groot",
        )
    if not content.startswith(known[1]):
        raise DomainError(
            "De inhoud past niet bij het soort bestand. Sla het opnieuw op als PDF.",
            code="bestand-onleesbaar",
        )
    return known[0]


@transaction.atomic
def keep_document(
    *,
    document: ProviderDocument,
    by: Any,
    content: bytes | None = None,
    file_name: str = "",
) -> ProviderDocument:
    """Add a document with its file, or change what is known of it.

    Effects: a file with content becomes the next version; earlier versions stay.
    """
    check_can_manage_providers(by, document.provider.region)
    if content is not None:
        _put_file(document, content, file_name, by)
    elif document.pk is None:
        raise DomainError("Kies een bestand.", code="bestand-ontbreekt")
    document.full_clean()
    document.save()
    return document


def _put_file(document: ProviderDocument, content: bytes, file_name: str, by: Any) -> None:
    version = store(
        title=document.title,
        content=content,
        file_name=PurePath(file_name).name[-120:],
        content_type=check_file(file_name, content),
        by=by,
        tenant_id=document.provider.region_id,
        document=document.document if document.document_id else None,
    )
    document.document = version.document


@transaction.atomic
def renew_document(
    *,
    document: ProviderDocument,
    valid_from: date | None,
    valid_to: date | None,
    content: bytes,
    file_name: str,
    by: Any,
) -> ProviderDocument:
    """Put a newer file with its period in the place of one that ends; the earlier one stays."""
    document.valid_from, document.valid_to = valid_from, valid_to
    return keep_document(document=document, by=by, content=content, file_name=file_name)
