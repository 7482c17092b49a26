"""Takes files in while they stream: through the form's reader into the spool, nothing else."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from core.errors import DomainError, NotAllowed

from .enums import FileState
from .pseudonyms import Pseudonyms
from .registry import FileReader, IntakeForm, Reading
from .sink import Fault, Sink, Store
from .spool import SpoolStore
from .unzip import END, LOCAL, Unzip, ZipLimits, ZipRefused, safe_name

_MAX_NAME = 255
# Zips by their content, documents to people.
_OFFICE = (".xlsx", ".docx", ".odt", ".ods")


@dataclass(frozen=True)
class ReceivedFile:
    """What became of one file while it was read."""

    number: int
    name: str
    kind: str
    size: int
    state: FileState
    offered: int
    rejected: int
    not_used: int
    message: str

    @property
    def tone(self) -> str:
        return self.state.tone

    @property
    def state_label(self) -> str:
        return str(self.state.label)


@dataclass
class Reception:
    """A delivery that is coming in. Ends as a run, or is discarded when it breaks off."""

    form: IntakeForm
    tenant_id: int
    store: Store
    pseudonyms: Pseudonyms
    files: list[ReceivedFile] = field(default_factory=list)
    _numbers: int = 0

    def open_file(self, name: str) -> "Incoming":
        """Begin a file; feed it blocks and close it. Files come one after another."""
        return Incoming(self, safe_name(name)[-_MAX_NAME:])

    @property
    def offered(self) -> int:
        return sum(file.offered for file in self.files)

    @property
    def rejected(self) -> int:
        return sum(file.rejected for file in self.files)

    @property
    def not_used(self) -> int:
        return sum(file.not_used for file in self.files)

    def next_number(self) -> int:
        self._numbers += 1
        return self._numbers


def reception(
    *, form: IntakeForm, tenant_id: int, by: Any, store: Store | None = None
) -> Reception:
    """Open the door for a delivery; raises NotAllowed before a byte is read.

    Without a store rows go to a new spool on disk.
    """
    if not form.may_use(by, tenant_id):
        raise NotAllowed("U mag hier geen gegevens aanleveren. Vraag het de regiobeheerder.")
    return Reception(form, tenant_id, store or SpoolStore(), make_pseudonyms())


def make_pseudonyms() -> Pseudonyms:
    """With the key of this environment; raises DomainError when there is none."""
    try:
        return Pseudonyms(settings.PSEUDONYM_KEY, key_id=getattr(settings, "PSEUDONYM_KEY_ID", 1))
    except ValueError as error:
        raise DomainError(
            "Er is geen sleutel om burgerservicenummers onherkenbaar te maken. Er wordt niets "
            "ingelezen. Vraag de beheerder PSEUDONYM_KEY in te stellen.",
            code="geen-sleutel",
        ) from error


class Incoming:
    """One uploaded file; a zip is unpacked into the files it holds."""

    def __init__(self, reception: Reception, name: str) -> None:
        self._reception = reception
        self._name = name
        self._head = b""
        self._target: _OneFile | _ZipFile | None = None

    def feed(self, block: bytes) -> None:
        if self._target is None:
            self._head += block
            if len(self._head) < len(LOCAL):
                return
            self._target, block = self._open(), self._head
        self._target.feed(block)

    def close(self) -> None:
        if self._target is None:
            self._target = self._open()
            self._target.feed(self._head)
        self._target.close()

    def _open(self) -> "_OneFile | _ZipFile":
        lower = self._name.lower()
        as_zip = self._head.startswith((LOCAL, END)) and not lower.endswith(_OFFICE)
        if as_zip and ".zip" in self._reception.form.accepts:
            return _ZipFile(self._reception, self._name)
        return _OneFile(self._reception, self._name)


class _OneFile:
    """A file that goes through one reader of the form."""

    def __init__(self, reception: Reception, name: str) -> None:
        self._reception = reception
        self._size = 0
        number = reception.next_number()
        self._name = name
        types = {record_type.name: record_type for record_type in reception.form.record_types}
        self._sink = Sink(reception.store, number, types)
        self._reader = self._open_reader()

    def _open_reader(self) -> FileReader | None:
        form = self._reception.form
        endings = tuple(ending for ending in form.accepts if ending != ".zip")
        if self._name.lower().endswith(endings):
            sink, pseudonyms = self._sink, self._reception.pseudonyms
            return form.open_reader(Reading(sink.file_no, self._name, sink, pseudonyms))
        self._sink.refuse_file(_wrong_ending(endings), records=0)
        return None

    def feed(self, block: bytes) -> None:
        self._size += len(block)
        if self._reader:
            self._reader.feed(block)

    def close(self) -> None:
        if self._reader:
            self._reader.close()
        self._sink.flush()
        sink = self._sink
        self._reception.files.append(
            ReceivedFile(
                number=sink.file_no,
                name=self._name,
                kind=sink.kind,
                size=self._size,
                state=_state_of(sink),
                offered=sink.offered,
                rejected=sink.rejected,
                not_used=sink.not_used,
                message=sink.first_fault.message[:500] if sink.first_fault else "",
            )
        )


class _ZipFile:
    """A zip: refused as a whole when it is unsafe or not whole, with all that was read of it."""

    def __init__(self, reception: Reception, name: str) -> None:
        self._reception = reception
        self._name = name
        self._size = 0
        self._refused = False
        self._mark = reception.store.mark()
        self._before = len(reception.files)
        self._zip = Unzip(self._open_entry, getattr(settings, "INTAKE_ZIP_LIMITS", ZipLimits()))

    def _open_entry(self, name: str) -> _OneFile:
        return _OneFile(self._reception, f"{self._name}/{name}"[-_MAX_NAME:])

    def feed(self, block: bytes) -> None:
        self._size += len(block)
        self._guarded(lambda: self._zip.feed(block))

    def close(self) -> None:
        self._guarded(self._zip.close)

    def _guarded(self, action: Callable[[], None]) -> None:
        if self._refused:
            return
        try:
            action()
        except ZipRefused as refusal:
            self._refuse(refusal.fault)

    def _refuse(self, fault: Fault) -> None:
        self._refused = True
        reception = self._reception
        reception.store.go_back(self._mark)
        del reception.files[self._before :]
        number = reception.next_number()
        reception.store.add_fault(number, fault)
        refused = ReceivedFile(
            number, self._name, "ZIP", self._size, FileState.REFUSED, 0, 0, 0, fault.message
        )
        reception.files.append(refused)


def _state_of(sink: Sink) -> FileState:
    if sink.refused:
        return FileState.REFUSED
    if sink.not_used:
        return FileState.NOT_USED
    return FileState.PARTLY if sink.rejected else FileState.READ


def _wrong_ending(endings: tuple[str, ...]) -> Fault:
    return Fault(
        "bestandssoort",
        "Dit soort bestand hoort niet bij dit formulier.",
        f"Lever een bestand aan dat eindigt op {' of '.join(endings)}.",
    )
