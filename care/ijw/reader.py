"""Reads one iJw message while it streams in: bytes in, rows and rejections out.

The message is checked against the structure of the standard as it passes, and memory stays the
same whatever its size: what has been read is cut from the tree. Citizen numbers leave this package
as pseudonyms; names, addresses, dates of birth and free text do not leave it.
"""

from collections.abc import Callable

from core.intake.registry import Reading
from core.intake.sink import Fault
from core.intake.xmlguard import Refused, XmlGuard, XmlLimits

from .message import Message
from .sniff import NO_XML, Sniffer

_BLOCK = 65_536
_EMPTY = Fault("bestand-leeg", "Het bestand is leeg.", "Lever het bericht opnieuw aan.")


def read_message(limits: XmlLimits | None = None) -> Callable[[Reading], "MessageReader"]:
    """The reader factory of the form; `limits` defaults to those of XmlLimits."""
    return lambda reading: MessageReader(reading, limits or XmlLimits())


class MessageReader:
    """One message in one file. Whatever is wrong becomes a fault in the sink."""

    def __init__(self, reading: Reading, limits: XmlLimits) -> None:
        self._reading = reading
        self._guard = XmlGuard(limits)
        self._limits = limits
        self._head = b""
        self._sniffer: Sniffer | None = None
        self._sniffed = 0
        self._message: Message | None = None
        self._ended = False

    def feed(self, block: bytes) -> None:
        for begin in range(0, len(block), _BLOCK):
            if self._ended:
                return
            part = block[begin : begin + _BLOCK]
            try:
                self._guard_and_push(part)
            except Refused as refusal:
                self._refuse(refusal.fault)

    def close(self) -> None:
        if self._ended:
            return
        try:
            self._end()
        except Refused as refusal:
            self._refuse(refusal.fault)
        self._ended = True

    def _guard_and_push(self, part: bytes) -> None:
        if self._message:
            line = self._guard.line
            self._guard.feed(part)
            self._message.push(part, line)
        else:
            self._head += part
            self._look_at_head()

    def _look_at_head(self, *, final: bool = False) -> None:
        """Wait for the declaration to be whole, then find the kind in the first element."""
        if self._sniffer is None:
            if b">" not in self._head and len(self._head) < self._limits.prolog and not final:
                return
            self._guard.begin(self._head)
            self._guard.feed(self._head)
            self._sniffer, unseen = Sniffer(), self._head
        else:
            unseen = self._head[self._sniffed :]
            self._guard.feed(unseen)
        self._sniffed = len(self._head)
        kind = self._sniffer.feed(unseen, final=final)
        if kind:
            self._reading.sink.kind = kind.title
            self._message = Message(kind, self._reading)
            self._message.push(self._head, 1)
            self._head = b""
        elif self._sniffed > self._limits.prolog:
            raise Refused(NO_XML)

    def _end(self) -> None:
        if self._message is None and self._head:
            self._look_at_head(final=True)
        if self._message is None:
            raise Refused(NO_XML if self._head else _EMPTY)
        self._guard.close()
        self._message.close()

    def _refuse(self, fault: Fault) -> None:
        self._ended = True
        if self._message:
            self._message.refuse([fault])
        else:
            self._reading.sink.refuse_file(fault, records=0)
