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
    """Keeps the text of rows per record type, in order; can go back to an earlier mark."""

    def append(self, record_type: str, text: str) -> None: ...

    def mark(self) -> Mapping[str, int]: ...

    def go_back(self, mark: Mapping[str, int]) -> None: ...

    def add_fault(self, file_no: int, fault: Fault) -> None: ...


@dataclass
class Sink:
    """The sink of one file. Rows are kept back until they are many, so that a small message that
    is refused at its end leaves no trace in the store.

    `rejected` counts records that were read and refused; `not_used` messages that change nothing.
    """

    store: Store
    file_no: int
    record_types: Mapping[str, RecordType]
    staged: dict[str, int] = field(default_factory=dict)
    rejected: int = 0
    not_used: int = 0
    faults: int = 0
    refused: bool = False
    _held: list[tuple[str, str]] = field(default_factory=list)
    _held_size: int = 0
    _mark: Mapping[str, int] | None = None

    @property
    def offered(self) -> int:
        """Counted records in this file: those handed over and those refused while reading."""
        return self.rejected + sum(
            count for name, count in self.staged.items() if self.record_types[name].counted
        )

    def rows(self, record_type: str, text: str, count: int) -> None:
        """Hand over rows as COPY text, each with its place and ended by a newline."""
        self._held.append((record_type, text))
        self._held_size += len(text)
        self.staged[record_type] = self.staged.get(record_type, 0) + count
        if self._held_size > FLUSH_AT:
            self.flush()

    def reject(self, fault: Fault, *, records: int = 1) -> None:
        """Refuse records; `records=0` for a further fault of a record that counts already."""
        self.faults += 1
        self.rejected += records
        self.store.add_fault(self.file_no, fault)

    def refuse_file(self, *faults: Fault, records: int) -> None:
        """Refuse the file as a whole: nothing of it stays but these faults.

        `records` is how many records it held, as far as they could be counted.
        """
        self.withdraw()
        self.refused = True
        self.rejected = records
        for fault in faults:
            self.reject(fault, records=0)

    def withdraw(self) -> None:
        """Take back every row of this file."""
        self._held.clear()
        self._held_size = 0
        self.staged.clear()
        if self._mark is not None:
            self.store.go_back(self._mark)
            self._mark = None

    def flush(self) -> None:
        if self._mark is None:
            self._mark = self.store.mark()
        for record_type, text in self._held:
            self.store.append(record_type, text)
        self._held.clear()
        self._held_size = 0
