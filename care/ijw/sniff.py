"""Which kind of message a file is: decided by the namespace of its first element."""

import re
from typing import Any

from lxml import etree

from core.intake.sink import Fault
from core.intake.xmlguard import Refused

from .notation import Kind, kinds

_IJW = re.compile(r"http://www\.istandaarden\.nl/(\w{3,4})/(\d+)_(\d+)/(\w{2,3})(\d{3})/schema")
EXPECTED = (
    "Verwacht wordt een bericht volgens iJw 3.2, met de naamruimte "
    "http://www.istandaarden.nl/ijw/3_2/jw301/schema (of die van een ander iJw-bericht)."
)
STRICT: dict[str, Any] = {
    "resolve_entities": "internal",  # none can be declared; False would let a cut-off file pass
    "no_network": True,
    "load_dtd": False,
    "remove_comments": True,
    "remove_pis": True,
    "remove_blank_text": True,
}


class Sniffer:
    """Is fed the begin of a file until its first element has been seen."""

    def __init__(self) -> None:
        self._parser = etree.XMLPullParser(events=("start",), **STRICT)

    def feed(self, part: bytes, *, final: bool = False) -> Kind | None:
        """The kind, once it is known; raises Refused for what is no message of the standard."""
        broken = False
        try:
            self._parser.feed(part)
            if final:
                self._parser.close()
        except etree.XMLSyntaxError:
            broken = True  # perhaps after its first element: then that still says what it is
        events: Any = self._parser.read_events()
        for _event, element in events:
            return _kind_of(element.tag)
        if broken:
            raise Refused(NO_XML)
        return None


def _kind_of(tag: str) -> Kind:
    namespace, _, name = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
    found = _IJW.fullmatch(namespace)
    if found is None or name != "Bericht":
        raise Refused(Fault("ijw-geen-bericht", "Dit is geen iJw-bericht.", EXPECTED))
    standard, major, minor, _letters, number = found.groups()
    if (standard, major, minor) != ("ijw", "3", "2"):
        standard_name = {"ijw": "iJw", "iwmo": "iWmo"}.get(standard, "een andere standaard")
        raise Refused(
            Fault(
                "ijw-andere-versie",
                f"Dit bericht volgt {standard_name} {major}.{minor}, niet iJw 3.2.",
                EXPECTED,
            )
        )
    if number not in kinds():
        raise Refused(
            Fault(
                "ijw-onbekend-bericht",
                f"Het bericht JW{number} bestaat niet in iJw 3.2.",
                "Declareren gaat met de JW323; de JW303, JW304 en JW321 zijn vervallen.",
            )
        )
    return kinds()[number]


NO_XML = Fault(
    "xml-niet-welgevormd",
    "Dit bestand is geen (geldige) XML.",
    "Controleer of het bestand heel is en of het een iJw-bericht is.",
)
