"""Says in Dutch what is wrong with a message: all errors, with line and path, never with a value.

libxml2's own messages quote values, which may be a child's name or number. Only its kind of error
and the names of elements are used, and of those only names that the standard knows.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from lxml import etree

from core.intake.copytext import euros_from_cents
from core.intake.sink import Fault

from .notation import Element, Kind, ValueType, groups, kinds
from .schema import schema_of
from .sniff import NO_XML, STRICT

_NAMES = re.compile(r"\{[^}]*\}(\w+)")
_STEP = re.compile(r"(?:\w+:)?(\w+)(\[\d+\])?")
_ADVICE = "Laat de software het bericht opnieuw maken volgens iJw 3.2 en lever het opnieuw aan."
_BASES = {"date": "een bestaande datum (jjjj-mm-dd)", "time": "een tijd (uu:mm:ss)"}


def explain(data: bytes, kind: Kind, ref: str, most: int) -> list[Fault]:
    """Every error in a message that is small enough to be looked at as a whole."""
    try:
        document = etree.fromstring(data, etree.XMLParser(**STRICT))
    except etree.XMLSyntaxError as error:
        return [_not_well_formed(error, ref)]
    schema = schema_of(kind.number)
    schema.validate(document)
    log: Any = schema.error_log
    faults = [_fault(entry, kind, ref) for entry in log]
    return faults[:most] or [_unexplained(kind, ref)]


def explain_from_log(
    log: Iterable[Any], kind: Kind, ref: str, line: int, records: int
) -> list[Fault]:
    """The errors of a message too large to look at again: line and record are those near which
    the first was seen."""
    near: dict[str, Any] = {
        "message_ref": ref,
        "line_no": line or None,
        "record_no": records + 1,
    }
    faults = [
        Fault("ijw-structuur", _sentence(entry, kind, _element_of(entry)), _ADVICE, **near)
        for entry in log
    ]
    return faults or [
        Fault(NO_XML.rule, NO_XML.message, NO_XML.advice, message_ref=ref, line_no=line or None)
    ]


def total_differs(declared: int, found: int, ref: str) -> Fault:
    return Fault(
        "totaal-klopt-niet",
        f"Het totaal van de declaratie is € {_euros(declared)}, maar de regels tellen op tot "
        f"€ {_euros(found)}. De hele declaratie is geweigerd.",
        "Laat de aanbieder de declaratie met het juiste totaal opnieuw indienen.",
        field="Declaratie/TotaalIngediendBedrag",
        message_ref=ref,
    )


def header_fault() -> Fault:
    return Fault(
        "ijw-kop-onbruikbaar",
        "De kop van het bericht heeft geen bruikbare afzender, identificatie of dagtekening.",
        "Verbeter de kop van het bericht en lever het opnieuw aan.",
        field="Header",
    )


def _euros(cents: int) -> str:
    whole, _, rest = euros_from_cents(cents).partition(".")
    return f"{int(whole):,}".replace(",", ".") + f",{rest}" if whole != "-0" else f"-0,{rest}"


def _not_well_formed(error: etree.XMLSyntaxError, ref: str) -> Fault:
    line = error.lineno or None
    too_deep = "depth" in str(error).lower()
    message = (
        "Het bestand heeft te veel lagen in elkaar."
        if too_deep
        else "Het bestand is geen geldige XML: de tags sluiten niet op elkaar aan, of er staat een "
        "teken in dat niet mag."
    )
    rule = "xml-te-diep" if too_deep else NO_XML.rule
    return Fault(rule, message, NO_XML.advice, message_ref=ref, line_no=line)


def _unexplained(kind: Kind, ref: str) -> Fault:
    return Fault(
        "ijw-structuur",
        f"Het bericht voldoet niet aan de structuur van de {kind.title}.",
        _ADVICE,
        message_ref=ref,
    )


def _fault(entry: Any, kind: Kind, ref: str) -> Fault:
    steps = _known_steps(entry.path or "", kind)
    name = steps[-1][0] if steps else _element_of(entry)
    return Fault(
        "ijw-waarde" if "CVC" in entry.type_name else "ijw-structuur",
        _sentence(entry, kind, name),
        _ADVICE,
        field="/".join(f"{name}{index}" for name, index in steps[1:]),
        message_ref=ref,
        line_no=entry.line or None,
    )


def _known_steps(path: str, kind: Kind) -> list[tuple[str, str]]:
    """The steps of a path such as /ns:Bericht/ns:Client[2], up to the first unknown name."""
    steps: list[tuple[str, str]] = []
    for name, index in _STEP.findall(path):
        if name not in _known_names(kind.number):
            break
        steps.append((name, index))
    return steps


def _element_of(entry: Any) -> str:
    names = _NAMES.findall(entry.message.partition(":")[0]) or _NAMES.findall(entry.message)
    return names[0] if names else ""


def _sentence(entry: Any, kind: Kind, name: str) -> str:
    subject = name if name in _known_names(kind.number) else "Een onbekend element"
    if "CVC_COMPLEX_TYPE_3" in entry.type_name:
        return f"{subject} heeft een attribuut dat de standaard niet kent."
    if entry.type_name == "SCHEMAV_ELEMENT_CONTENT":
        return _about_content(entry.message, subject, kind)
    if "CVC_ELT_1" in entry.type_name:
        return f"{subject} hoort niet bij het bericht {kind.title}."
    wanted = _wanted(kind.number).get(name)
    if wanted:
        return f"{subject} heeft een waarde die niet kan; verwacht wordt {wanted}."
    return f"{subject} heeft een inhoud die de standaard daar niet toestaat."


def _about_content(message: str, subject: str, kind: Kind) -> str:
    known = _known_names(kind.number)
    _, _, tail = message.partition("Expected is")
    expected = [name for name in _NAMES.findall(tail) if name in known]
    wanted = f" Verwacht wordt: {' of '.join(expected)}." if expected else ""
    if "Missing child" in message:
        return f"In {subject} ontbreekt een element.{wanted}"
    return f"{subject} staat niet op zijn plaats.{wanted}"


@cache
def _known_names(number: str) -> frozenset[str]:
    return frozenset(element.name for element in _walk(number)) | {"Bericht"}


@cache
def _wanted(number: str) -> dict[str, str]:
    """What an element should hold, for names that hold the same everywhere in this message."""
    found: dict[str, set[str]] = {}
    for element in _walk(number):
        if element.value:
            found.setdefault(element.name, set()).add(describe(element.value))
    return {name: texts.pop() for name, texts in found.items() if len(texts) == 1}


def _walk(number: str) -> Iterator[Element]:
    todo = list(kinds()[number].elements)
    while todo:
        element = todo.pop()
        yield element
        todo += element.children or groups().get(element.group, ())


def describe(value: ValueType) -> str:
    """What a value should be, in Dutch."""
    if value.base in _BASES:
        return _BASES[value.base]
    if value.codes:
        few = value.codes[:12]
        return "een van de codes " + ", ".join(few) + (" enzovoort" if few != value.codes else "")
    if value.base == "whole":
        return f"een geheel getal van {value.low} tot en met {value.high}"
    digits = re.fullmatch(r"\[0-9\]\{(\d)\}", value.pattern)
    if digits:
        return f"precies {digits[1]} cijfers"
    if re.fullmatch(r"\d+", value.pattern):
        return value.pattern
    return f"tekst van {value.low or 0} tot {value.high or 'veel'} tekens"
