"""The header of a message, and the texts of an element by their path."""

from collections.abc import Iterator
from typing import Any

from .notation import BASE_NAMESPACE, Kind
from .rows import Header
from .values import BadValue, dates


def read_header(element: Any, kind: Kind) -> Header | None:
    """The header, or None when what identifies the message is not there or cannot be a date."""
    own, base = f"{{{kind.namespace}}}", f"{{{BASE_NAMESPACE}}}"

    def text(*path: str) -> str:
        return (element.findtext("/".join(path)) or "").strip("\t\n\r")

    identity = f"{own}BerichtIdentificatie"
    answered = f"{own}DeclaratieIdentificatie"
    try:
        header = Header(
            code=kind.code,
            sender=text(f"{own}Afzender"),
            receiver=text(f"{own}Ontvanger"),
            identification=text(identity, f"{base}Identificatie"),
            dated=dates[text(identity, f"{base}Dagtekening")],
        )
        answered_on = text(answered, f"{base}Dagtekening")
        if answered_on:
            header.answered_on = dates[answered_on]
            header.answered_identification = text(answered, f"{base}Identificatie")
    except BadValue:
        return None
    header.return_codes = [
        node.text for node in element.iterfind(f"{own}RetourCodes/{own}RetourCode") if node.text
    ]
    usable = header.sender.isdigit() and header.receiver.isdigit() and header.identification
    return header if usable else None


def leaves(element: Any) -> Iterator[tuple[str, str]]:
    """Path from and including the element, and text, of everything with a text of its own."""
    name = element.tag.rpartition("}")[2]
    if not len(element):
        yield name, element.text or ""
        return
    for child in element:
        for path, text in leaves(child):
            yield f"{name}/{path}", text
