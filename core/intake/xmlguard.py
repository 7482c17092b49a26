"""Looks at the bytes of an XML file before a parser does, and refuses what may harm it.

Encodings are limited to those in which ASCII stands for itself, so that a DOCTYPE, an entity or a
processing instruction can be seen in the bytes, whatever the parser would make of them.
"""

import codecs
import re
from dataclasses import dataclass

from .sink import Fault

_DECLARATION = re.compile(rb"<\?xml\s[^>]{0,200}?\?>")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_MARKUP = re.compile(rb"<!(?!--|\[CDATA\[)")
_XINCLUDE = b"http://www.w3.org/2001/XInclude"
_OVERLAP = 40
_READABLE = {"utf-8", "ascii", "iso8859-1", "iso8859-15", "cp1252"}
_WIDE_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


class Refused(Exception):
    """The file is refused; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.rule)
        self.fault = fault


@dataclass(frozen=True)
class XmlLimits:
    """Bytes of one message, bytes between two tags, bytes before the first tag."""

    size: int = 4 * 1024**3
    text: int = 100_000
    prolog: int = 65_536


class XmlGuard:
    """Sees every block of a file, in order, before the parser; raises Refused."""

    def __init__(self, limits: XmlLimits) -> None:
        self._limits = limits
        self._size = 0
        self._lines = 1
        self._run = 0
        self._tail = b""
        self._decoder: codecs.IncrementalDecoder | None = None

    @property
    def line(self) -> int:
        """The line on which the next byte stands."""
        return self._lines

    def begin(self, head: bytes) -> None:
        """Decide on the encoding; `head` is the begin of the file, its declaration included."""
        if head.startswith(_WIDE_BOMS) or b"\0" in head[:4]:
            raise _refuse_encoding("UTF-16 of UTF-32")
        has_bom = head.startswith(codecs.BOM_UTF8)
        declared = _declared_encoding(head[3:] if has_bom else head)
        try:
            name = codecs.lookup(declared).name
        except LookupError:
            raise _refuse_encoding(declared) from None
        if name not in _READABLE:
            raise _refuse_encoding(declared)
        if has_bom and name != "utf-8":
            raise _differs(declared)
        if name in ("utf-8", "ascii"):
            self._declared = declared
            self._decoder = codecs.getincrementaldecoder(name)()

    def feed(self, block: bytes) -> None:
        start = self._size
        self._size += len(block)
        if self._size > self._limits.size:
            raise Refused(_TOO_BIG)
        self._look_for_markup(block, start)
        self._measure_text(block)
        if self._decoder:
            self._decode(block)
        self._lines += block.count(b"\n")

    def close(self) -> None:
        if self._decoder:
            self._decode(b"", final=True)
        if _MARKUP.search(self._tail):
            raise Refused(_DOCTYPE)

    def _look_for_markup(self, block: bytes, start: int) -> None:
        window = self._tail + block
        if b"\0" in block:
            raise Refused(_CONTROL)
        if b"<!" in window:
            found = _MARKUP.search(window)
            if found and found.start() <= len(window) - _OVERLAP:
                raise Refused(_DOCTYPE)
        if b"<?" in window:
            self._look_for_instruction(window, start - len(self._tail))
        if _XINCLUDE in window:
            raise Refused(_INCLUDE)
        self._tail = window[-_OVERLAP:]

    def _look_for_instruction(self, window: bytes, start: int) -> None:
        position = window.find(b"<?")
        while position >= 0:
            if start + position not in (0, len(codecs.BOM_UTF8)):
                raise Refused(_INSTRUCTION)
            position = window.find(b"<?", position + 1)

    def _measure_text(self, block: bytes) -> None:
        first = block.find(b"<")
        self._run += len(block) if first < 0 else first
        if self._run > self._limits.text:
            raise Refused(_LONG_TEXT)
        if first >= 0:
            self._run = len(block) - block.rfind(b"<")

    def _decode(self, block: bytes, *, final: bool = False) -> None:
        assert self._decoder  # noqa: S101 -- set together with the encoding
        try:
            self._decoder.decode(block, final)
        except UnicodeDecodeError:
            raise _differs(self._declared) from None


def _declared_encoding(head: bytes) -> str:
    declaration = _DECLARATION.match(head)
    found = _ENCODING.search(declaration[0]) if declaration else None
    return found[1].decode() if found else "UTF-8"


def _refuse_encoding(name: str) -> Refused:
    return Refused(
        Fault(
            "xml-codering",
            f"Het bestand staat in de codering {name}; die wordt niet gelezen.",
            "Lever het bericht aan in UTF-8.",
        )
    )


def _differs(declared: str) -> Refused:
    return Refused(
        Fault(
            "xml-codering-wijkt-af",
            f"Het bestand zegt dat het in {declared} staat, maar de inhoud is anders gecodeerd.",
            "Laat de opgegeven codering en de echte codering gelijk zijn (UTF-8).",
        )
    )


_DOCTYPE = Fault(
    "xml-doctype",
    "Het bestand bevat een DOCTYPE, een entiteit of een andere declaratie. Dat is niet toegestaan.",
    "Lever het bericht aan zonder DOCTYPE; iJw-berichten hebben er geen.",
)
_INSTRUCTION = Fault(
    "xml-verwerkingsopdracht",
    "Het bestand bevat een verwerkingsopdracht (<?...?>). Dat is niet toegestaan.",
    "Lever het bericht aan zonder verwerkingsopdrachten of stijlbladen.",
)
_INCLUDE = Fault(
    "xml-xinclude",
    "Het bestand verwijst met XInclude naar een ander bestand. Dat is niet toegestaan.",
    "Lever het bericht aan als één volledig bestand.",
)
_CONTROL = Fault(
    "xml-stuurteken",
    "Het bestand bevat een teken dat in XML niet mag voorkomen.",
    "Controleer of het bestand heel is en maak het zo nodig opnieuw.",
)
_LONG_TEXT = Fault(
    "xml-tekst-te-lang",
    "Het bestand bevat een tekst of een element dat veel te lang is.",
    "Controleer of het bestand heel is. Een waarde mag hoogstens 100.000 tekens hebben.",
)
_TOO_BIG = Fault(
    "xml-te-groot",
    "Het bericht is groter dan deze omgeving aanneemt.",
    "Verdeel de declaratie over meer berichten, of vraag de beheerder de grens te verhogen.",
)
