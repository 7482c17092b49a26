"""A store in memory, for previews and tests."""

from collections.abc import Mapping

from .sink import Fault

_FAULTS = "!"
_LONG = 1 << 20


class MemoryStore:
    """Keeps the rows of each record type as text, and the faults.

    With `most` only about so many texts per record type and faults are kept, and no text as long as
    a whole file, whatever comes in.
    """

    def __init__(self, *, most: int | None = None) -> None:
        self._most = most
        self.texts: dict[str, list[str]] = {}
        self.faults: list[tuple[int, Fault]] = []

    def append(self, record_type: str, text: str) -> None:
        texts = self.texts.setdefault(record_type, [])
        if self._most is None or (len(texts) < self._most and len(text) < _LONG):
            texts.append(text)

    def mark(self) -> Mapping[str, int]:
        lengths = {name: len(texts) for name, texts in self.texts.items()}
        return {**lengths, _FAULTS: len(self.faults)}

    def go_back(self, mark: Mapping[str, int]) -> None:
        for name, texts in self.texts.items():
            del texts[mark.get(name, 0) :]
        del self.faults[mark[_FAULTS] :]

    def add_fault(self, file_no: int, fault: Fault) -> None:
        if self._most is None or len(self.faults) < self._most:
            self.faults.append((file_no, fault))

    def rows(self, record_type: str) -> list[list[str]]:
        """The rows of a record type as lists of fields, still escaped for COPY."""
        text = "".join(self.texts.get(record_type, ()))
        return [line.split("\t") for line in text.splitlines()]
