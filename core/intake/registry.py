"""Which forms there are to take data in. An upper app registers its forms when it is ready."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from core.errors import DomainError
from core.ui import NavItem, Place

from .records import PreviewTable, RecordType

if TYPE_CHECKING:
    from .models import IntakeRun
    from .pseudonyms import Pseudonyms
    from .receiving import Reception
    from .sink import Sink
    from .tables import TableForm

RUN_PAGE = "intake-run"
"""Slot of panels on the page of a delivery that is done; their subject is its IntakeRun."""


class FileReader(Protocol):
    """Reads one file while it streams in. It writes what it understood to the sink it was given.

    What is wrong with the file is a rejection in the sink, never an exception.
    """

    def feed(self, block: bytes) -> None: ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class Reading:
    """What a reader is given: which file this is, where rows go, and the pseudonyms."""

    file_no: int
    file_name: str
    sink: "Sink"
    pseudonyms: "Pseudonyms"


@dataclass
class Outcome:
    """How the staged, counted records of a run ended; the five add up to their number."""

    accepted: int = 0
    changed: int = 0
    unchanged: int = 0
    waiting: int = 0
    rejected: int = 0
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return self.accepted + self.changed + self.unchanged + self.waiting + self.rejected


@dataclass(frozen=True)
class Merge:
    """What a merge is given besides the cursor, inside the one transaction of the run.

    `tables` maps the name of a record type to its staging table (quoted, ready for SQL), with the
    columns `file_no, message_no, record_no` and those of the record type. Rejections go into
    `intake_rejection` (run_id, file_no, message_ref, record_no, field, rule, message, advice).
    `progress(done, total, text)` shows how far the merge is; it raises when the run must stop.
    """

    run: "IntakeRun"
    tables: Mapping[str, str]
    progress: Callable[[int, int, str], None]


@dataclass(frozen=True)
class IntakeForm:
    """A way in. `code` stands in addresses, `title` and `description` are Dutch.

    `open_reader` makes a reader per file; `merge(cursor, merge)` brings the staged rows of a run
    into the app's own tables; `undo(cursor, run)` takes back everything a run brought and returns
    how many records that were; it raises DomainError when later data rests on it.
    `may_use(user, tenant_id)` says who may deliver with it; who does sees his own runs, and those
    of others only where `sees_all(user, tenant_id)` says so. `accepts` are endings of file names;
    '.zip' is unpacked on the way in. `table` is set for CSV and XLSX forms, and gives templates;
    `preview_more(delivery)` tells of a look beforehand what is not in that table.
    """

    code: str
    title: str
    description: str
    record_types: tuple[RecordType, ...]
    open_reader: Callable[[Reading], FileReader]
    merge: Callable[[Any, Merge], Outcome]
    undo: Callable[[Any, "IntakeRun"], int]
    may_use: Callable[[Any, int], bool]
    sees_all: Callable[[Any, int], bool] = lambda user, tenant_id: True
    accepts: tuple[str, ...] = (".xml", ".zip")
    table: "TableForm | None" = None
    preview_more: "Callable[[Reception], PreviewTable] | None" = None


_forms: dict[str, IntakeForm] = {}


def register_form(form: IntakeForm) -> None:
    """Add a form; call it from the app's `ready()`."""
    if _forms.get(form.code, form) != form:
        raise ValueError(f"two intake forms with code {form.code}")
    _forms[form.code] = form


def form(code: str) -> IntakeForm:
    try:
        return _forms[code]
    except KeyError:
        raise DomainError(
            f"Er is geen formulier '{code}' om gegevens mee aan te leveren.",
            code="onbekend-formulier",
        ) from None


def forms_for(user: Any, tenant_id: int) -> list[IntakeForm]:
    """The forms this user may use for this tenant, in the order in which they were registered."""
    return [form for form in _forms.values() if form.may_use(user, tenant_id)]


_beside: dict[str, NavItem] = {}


def register_beside(item: NavItem) -> None:
    """Add a page about what was delivered, to be linked from the page of deliveries."""
    _beside[item.url_name] = item


def pages_beside(place: Place) -> list[tuple[str, str]]:
    """Name and address of the pages that this user may see."""
    seen = (item for item in _beside.values() if item.may_see(place))
    return [(item.label, place.url(item.url_name)) for item in seen]
