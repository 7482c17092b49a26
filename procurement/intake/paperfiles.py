"""A document that comes in as a file: kept whole until the run is merged."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings

from core.errors import DomainError
from core.intake.api import Fault, Reading, RecordType, columns
from core.intake.copytext import bytea, escaped

FILE = RecordType("paperfile", columns(name="text", sha256="text", content_type="text"))
CONTENT = RecordType("papercontent", columns(content="bytea"), counted=False)
# Of file, message and record: a file is one record.
_PLACE = "{}\t0\t1"


@dataclass
class PaperFile:
    """The reader of one file. `check(name, content)` gives its content type, or raises DomainError
    with what is wrong with it."""

    reading: Reading
    check: Callable[[str, bytes], str]
    _blocks: list[bytes] = field(default_factory=list)
    _size: int = 0

    def feed(self, block: bytes) -> None:
        """What comes after the limit is not kept; one block too much shows that it was passed."""
        if self._size <= settings.DOCUMENT_MAX_BYTES:
            self._blocks.append(block)
            self._size += len(block)

    def close(self) -> None:
        name, sink = self.reading.file_name, self.reading.sink
        content = b"".join(self._blocks)
        try:
            content_type = self.check(name.rpartition("/")[2], content)
        except DomainError as refusal:
            fault = Fault(
                refusal.code, refusal.message, "Verbeter het bestand en lever het nog eens aan."
            )
            sink.refuse_file(fault, records=1)
            return
        sink.kind = name.rpartition(".")[2].upper()[:20]
        place = _PLACE.format(self.reading.file_no)
        digest = hashlib.sha256(content).hexdigest()
        sink.rows(FILE.name, f"{place}\t{escaped(name)}\t{digest}\t{content_type}\n", 1)
        sink.rows(CONTENT.name, f"{place}\t{bytea(content)}\n", 1)
