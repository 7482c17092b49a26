"""Helpers that read a message the way the intake does, without a database."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from care.ijw.reader import read_message
from care.ijw.records import RECORD_TYPES
from core.intake.memory import MemoryStore
from core.intake.pseudonyms import Pseudonyms
from core.intake.registry import Reading
from core.intake.sink import Fault, Sink
from core.intake.xmlguard import XmlLimits

TYPES = {record_type.name: record_type for record_type in RECORD_TYPES}
PSEUDONYMS = Pseudonyms(b"a key for tests that is long enough!")


@dataclass
class Read:
    """What came out of one message."""

    store: MemoryStore
    sink: Sink

    @property
    def faults(self) -> list[Fault]:
        return [fault for _file_no, fault in self.store.faults]

    @property
    def rules(self) -> list[str]:
        return [fault.rule for fault in self.faults]

    def rows(self, record_type: str) -> list[dict[str, str]]:
        names = ["file_no", "message_no", "record_no"]
        names += [column.name for column in TYPES[record_type].columns]
        return [dict(zip(names, row, strict=True)) for row in self.store.rows(record_type)]

    @property
    def message(self) -> dict[str, str]:
        (row,) = self.rows("message")
        return row


ReadMessage = Callable[..., Read]


@pytest.fixture
def read() -> ReadMessage:
    def read_bytes(data: bytes, *, block: int = 4096, limits: XmlLimits | None = None) -> Read:
        store = MemoryStore()
        sink = Sink(store, 1, TYPES)
        reader = read_message(limits)(Reading(1, "bericht.xml", sink, PSEUDONYMS))
        for begin in range(0, len(data), block):
            reader.feed(data[begin : begin + block])
        reader.close()
        sink.flush()
        return Read(store, sink)

    return read_bytes


@pytest.fixture
def example(shared_data: Path) -> Callable[[str], bytes]:
    """The example message of the standard of a kind, as bytes."""
    return lambda number: (shared_data / "ijw" / "berichten" / f"JW{number}.xml").read_bytes()
