"""What a document may fetch: our own static files by name, and data: addresses. Nothing else.

This module imports WeasyPrint at the top, so it is imported by `render` when a PDF is made.
"""

import mimetypes
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

SCHEME = "static:"


class StaticOnlyFetcher(URLFetcher):
    """Answers `static:css/report.css` from the static files; refuses http:, file: and the rest.

    A refused address is left out of the document. A static name that does not exist stops the
    rendering: it is our own mistake, and a report without its style sheet is no report.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not url.lower().startswith(SCHEME):
            return super().fetch(url, headers)
        name = url[len(SCHEME) :]
        found = _find(name)
        if found is None:
            raise FatalURLFetchingError(f"no static file {name!r}")
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, found.read_bytes(), {"Content-Type": kind})


def _find(name: str) -> Path | None:
    """The file among the apps' static files, or among the collected ones on a server."""
    try:
        found = finders.find(name)
    except SuspiciousFileOperation:
        return None
    if found:
        return Path(str(found))
    root = Path(settings.STATIC_ROOT or "").resolve()
    collected = (root / name).resolve()
    inside = bool(settings.STATIC_ROOT) and collected.is_relative_to(root)
    return collected if inside and collected.is_file() else None
