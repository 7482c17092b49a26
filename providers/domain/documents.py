"""Documents of a provider, with the period in which they hold; a renewal keeps the older file."""

from datetime import date
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError

from core.documents.contents import kind_of
from core.documents.domain import remove_document, store
from core.errors import DomainError
from core.tasks.api import sync_tasks
from core.ui.words import file_size

from ..models import ProviderDocument
from ..rules import check_can_manage_providers


def check_file(file_name: str, content: bytes) -> str:
    """The content type of a file that may be kept; raises DomainError with what is wrong."""
    if len(content) > settings.DOCUMENT_MAX_BYTES:
        raise DomainError(
            f"Het bestand is groter dan {file_size(settings.DOCUMENT_MAX_BYTES)}. Maak het "
            "kleiner en kies het opnieuw.",
            code="bestand-te-groot",
        )
    return kind_of(BytesIO(content), file_name).content_type


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
    sync_tasks(document.provider.region_id)
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


@transaction.atomic
def drop_document(*, document: ProviderDocument, by: Any) -> None:
    """Remove a document with its files; one that is evidence somewhere stays."""
    check_can_manage_providers(by, document.provider.region)
    kept = document.document
    try:
        document.delete()
    except ProtectedError as error:
        raise DomainError(
            "Dit document is bewijs bij een toelating en kan daarom niet weg. Voeg een nieuwere "
            "versie toe.",
            code="document-in-gebruik",
        ) from error
    if kept is not None:
        remove_document(document=kept)
