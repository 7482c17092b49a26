"""Answering with a stored file, once the owner's view has decided who may have it."""

from typing import TYPE_CHECKING

from django.http import FileResponse

from core.errors import DomainError

if TYPE_CHECKING:
    from .models import DocumentVersion

# Shown in the browser when asked for; everything else is always saved as a file.
SHOWN_INLINE = frozenset({"application/pdf", "text/csv", "text/plain"})


def serve(version: "DocumentVersion", *, as_attachment: bool = True) -> FileResponse:
    """The file of a version under the name it was stored with.

    The browser may not guess another type, run anything in it, or keep a copy that others see.
    Raises DomainError (bestand-weg) when the row came without its file.
    """
    try:
        file = version.file.open("rb")
    except FileNotFoundError:
        raise DomainError(
            f"Het bestand ‘{version.file_name}’ is niet gevonden op deze server. Meld het aan de "
            "beheerder, die het uit de back-up kan terugzetten.",
            code="bestand-weg",
        ) from None
    answer = FileResponse(
        file,
        as_attachment=as_attachment or version.content_type not in SHOWN_INLINE,
        filename=version.file_name,
        content_type=version.content_type,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer
