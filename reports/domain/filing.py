"""The PDF of an edition as a document: its name, who may have it, and its versions."""

from django.utils.text import slugify

from core.documents.domain import store
from core.documents.models import Confidentiality, Document, DocumentVersion

from ..enums import EditionKind
from ..models import Edition


def file_pdf(edition: Edition, content: bytes, document: Document | None = None) -> DocumentVersion:
    """Store the file; with `document` as its next version. Does not save the edition."""
    return store(
        title=edition.title,
        content=content,
        file_name=file_name_of(edition),
        content_type="application/pdf",
        tenant_id=edition.region_id,
        confidentiality=confidentiality_of(edition),
        document=document,
    )


def confidentiality_of(edition: Edition) -> str:
    """Providers are named for contract managers and for themselves only."""
    if edition.kind in EditionKind.FOR_COLLEGES:
        return Confidentiality.INTERNAL
    return Confidentiality.CONFIDENTIAL


FILE_NAMES = {
    EditionKind.CONTRACT_MANAGERS.value: "contractmanagers",
    EditionKind.EXECUTIVE.value: "bestuur",
    EditionKind.PROVIDER.value: "spiegel",
    EditionKind.EVALUATION.value: "jaarevaluatie",
    EditionKind.PROGRAMME.value: "programma",
    EditionKind.PROJECTION.value: "prognose",
}


def file_name_of(edition: Edition) -> str:
    where = edition.provider_name or edition.municipality_name or edition.region.name
    kind = FILE_NAMES.get(edition.kind, "raad")
    return f"jeugdhulp-{edition.half_year.lower()}-{slugify(where)}-{kind}-v{edition.version}.pdf"
