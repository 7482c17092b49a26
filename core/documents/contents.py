"""What kind of file an upload really is: by its content, never by its name alone."""

import zipfile
from dataclasses import dataclass
from typing import IO

from core.errors import DomainError

ODF = "application/vnd.oasis.opendocument."
OOXML = "application/vnd.openxmlformats-officedocument."
_HEAD = 8_192
_MOST_PARTS = 10_000


@dataclass(frozen=True)
class Kind:
    """A kind of file that may be kept, under the names it may carry."""

    content_type: str
    endings: tuple[str, ...]
    name: str


PDF = Kind("application/pdf", (".pdf",), "PDF")
DOCX = Kind(f"{OOXML}wordprocessingml.document", (".docx",), "Word")
XLSX = Kind(f"{OOXML}spreadsheetml.sheet", (".xlsx",), "Excel")
ODT = Kind(f"{ODF}text", (".odt",), "OpenDocument-tekst")
ODS = Kind(f"{ODF}spreadsheet", (".ods",), "OpenDocument-rekenblad")
PNG = Kind("image/png", (".png",), "PNG")
JPEG = Kind("image/jpeg", (".jpg", ".jpeg"), "JPEG")
TEXT = Kind("text/plain", (".txt", ".csv"), "tekst")
KINDS = (PDF, DOCX, XLSX, ODT, ODS, PNG, JPEG, TEXT)
ENDINGS = tuple(ending for kind in KINDS for ending in kind.endings)
_SIGNATURES = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))


def name_of(content_type: str) -> str:
    """What people call a content type."""
    return next((kind.name for kind in KINDS if kind.content_type == content_type), "bestand")


def kind_of(file: IO[bytes], name: str) -> Kind:
    """The kind of an uploaded file; raises DomainError when it may not be kept, or when its name
    says something else than its content."""
    file.seek(0)
    head = file.read(_HEAD)
    if not head:
        raise DomainError(f"{name} is leeg. Kies een bestand met inhoud.", code="bestand-leeg")
    kind = _by_content(file, head, name)
    if kind is None or not name.lower().endswith(kind.endings):
        is_a = f" De inhoud is {kind.name}." if kind else ""
        raise DomainError(
            f"{name} kan hier niet worden bewaard.{is_a} Kies een bestand dat eindigt op "
            f"{', '.join(ENDINGS)}, met een inhoud die daarbij hoort.",
            code="soort-bestand",
        )
    return kind


def _by_content(file: IO[bytes], head: bytes, name: str) -> Kind | None:
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head.startswith(b"PK\x03\x04"):
        return _office_kind(file, name)
    return TEXT if _is_text(file) else None


def _office_kind(file: IO[bytes], name: str) -> Kind | None:
    """Word, Excel or OpenDocument, from the directory of the zip; nothing is unpacked but the few
    bytes in which an OpenDocument says what it is."""
    file.seek(0)
    try:
        archive = zipfile.ZipFile(file)
        names = {part.filename for part in archive.infolist()[:_MOST_PARTS]}
        if any("vbaproject" in part.lower() or part.startswith("Basic/") for part in names):
            raise DomainError(
                f"{name} bevat macro’s. Sla het bestand op zonder macro’s en kies het opnieuw.",
                code="bestand-met-macros",
            )
        if "[Content_Types].xml" in names:
            return DOCX if "word/document.xml" in names else _if("xl/workbook.xml" in names, XLSX)
        if "mimetype" in names:
            with archive.open("mimetype") as part:
                told = part.read(100).decode("ascii", "replace").strip()
            return next((kind for kind in (ODT, ODS) if kind.content_type == told), None)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        return None
    return None


def _if(condition: bool, kind: Kind) -> Kind | None:
    return kind if condition else None


def _is_text(file: IO[bytes]) -> bool:
    """UTF-8 or the old Windows text, without control characters, and no page or drawing."""
    file.seek(0)
    content = file.read()
    if any(byte < 32 and byte not in (9, 10, 13) for byte in content[:_HEAD]) or b"\0" in content:
        return False
    return not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
