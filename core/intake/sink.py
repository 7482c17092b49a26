"""Where a reader leaves what it understood of one file: rows, faults and counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from .records import RecordType

FLUSH_AT = 1 << 18


@dataclass(frozen=True)
class Fault:
    """Why something was refused: where (field, record, line), which rule, and what to do.

    `message` and `advice` are Dutch and never hold a value that may belong to a person.
    """

    rule: str
    message: str
    advice: str = ""
    field: str = ""
    message_ref: str = ""
    record_no: int | None = None
    line_no: int | None = None


class Store(Protocol):
    """Keeps rows per record type, and faults, in order; can go back to an earlier mark."""

    def append(self, record_type: str, text: str) -> None: ...

    def add_fault(self, file_no: int, fault: Fault) -> None: ...

    def mark(self) -> Mapping[str, int]: ...

    def go_back(self, mark: Mapping[str, int]) -> None: ...


@dataclass
class Sink:
    """The sink of one file. Rows and faults are kept back until they are many, so that a small
    file that is refused at its end leaves no trace in the store.

    `kind` is what the file turned out to be ('JW301', 'CSV'). `rejected` counts records that were
    read and refused; `not_used` messages that change nothing.
    """

    store: Store
    file_no: int
    record_types: Mapping[str, RecordType]
    kind: str = ""
    rejected: int = 0
    not_used: int = 0
    refused: bool = False
    first_fault: Fault | None = None
    staged: dict[str, int] = field(default_factory=dict)
    _rows: list[tuple[str, str]] = field(default_factory=list)
    _faults: list[Fault] = field(default_factory=list)
    _held: int = 0
    _mark: Mapping[str, int] | None = None

    @property
    def offered(self) -> int:
        """Counted records in this file: those handed over and those refused while reading."""
        return self.rejected + sum(
            count for name, count in self.staged.items() if self.record_types[name].counted
        )

    def rows(self, record_type: str, text: str, count: int) -> None:
        """Hand over rows as COPY text, each with its place and ended by a newline."""
        self._rows.append((record_type, text))
        self.staged[record_type] = self.staged.get(record_type, 0) + count
        self._hold(len(text))

    def reject(self, fault: Fault, *, records: int = 1) -> None:
        """Refuse records; `records=0` for a further fault of what counts already."""
        self.first_fault = self.first_fault or fault
        self.rejected += records
        self._faults.append(fault)
        self._hold(200)

    def refuse_file(self, *faults: Fault, records: int) -> None:
        """Refuse the file as a whole: nothing of it stays but these faults.

        `records` is how many records it held, as far as they could be counted.
        """
        self.withdraw()
        self.refused = True
        for fault in faults:
            self.reject(fault, records=0)
        self.rejected = records

    def withdraw(self) -> None:
        """Take back all that was handed over of this file."""
        self._rows.clear()
        self._faults.clear()
        self.staged.clear()
        self.rejected = self.not_used = self._held = 0
        self.first_fault = None
        if self._mark is not None:
            self.store.go_back(self._mark)
            self._mark = None

    def flush(self) -> None:
        if self._mark is None:
            self._mark = self.store.mark()
        for record_type, text in self._rows:
            self.store.append(record_type, text)
        for fault in self._faults:
            self.store.add_fault(self.file_no, fault)
        self._rows.clear()
        self._faults.clear()
        self._held = 0

    def _hold(self, size: int) -> None:
        self._held += size
        if self._held > FLUSH_AT:
            self.flush()
