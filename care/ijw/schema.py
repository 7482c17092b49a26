"""Makes an XML Schema per kind of message out of the notation, at first use."""

from collections.abc import Iterable
from functools import cache
from typing import Any
from xml.sax.saxutils import quoteattr

from lxml import etree

from .notation import BASE_NAMESPACE, Element, Kind, ValueType, groups, kinds

_SCHEMA = "http://www.w3.org/2001/XMLSchema"
_BASES = {"text": "string", "code": "string", "whole": "integer", "date": "date", "time": "time"}


@cache
def schema_of(number: str) -> etree.XMLSchema:
    """The schema of a kind ('301'). Compiling takes some tens of milliseconds, once per process."""
    parser = etree.XMLParser()
    parser.resolvers.add(_BaseSchema())
    return etree.XMLSchema(etree.fromstring(_message_schema(kinds()[number]), parser))


class _BaseSchema(etree.Resolver):
    """Gives the schema of the shared groups to the schema that imports it."""

    def resolve(self, system_url: str, public_id: str, context: Any = None) -> Any:
        return self.resolve_string(_base_schema(), context, base_url=None)


def _message_schema(kind: Kind) -> str:
    root = Element("Bericht", children=kind.elements)
    return _schema(
        kind.namespace,
        f'<import namespace="{BASE_NAMESPACE}" schemaLocation="basisschema"/>' + _element(root),
    )


@cache
def _base_schema() -> str:
    return _schema(
        BASE_NAMESPACE,
        "".join(
            f'<complexType name="{name}">{_sequence(elements)}</complexType>'
            for name, elements in groups().items()
        ),
    )


def _schema(namespace: str, body: str) -> str:
    return (
        f'<schema xmlns="{_SCHEMA}" xmlns:ijw="{BASE_NAMESPACE}" targetNamespace="{namespace}"'
        f' elementFormDefault="qualified">{body}</schema>'
    )


def _sequence(elements: Iterable[Element]) -> str:
    return f"<sequence>{''.join(map(_element, elements))}</sequence>"


def _element(element: Element) -> str:
    occurs = "" if element.at_least == 1 else ' minOccurs="0"'
    if element.at_most is None:
        occurs += ' maxOccurs="unbounded"'
    if element.group:
        return f'<element name="{element.name}" type="ijw:{element.group}"{occurs}/>'
    if element.value:
        return f'<element name="{element.name}"{occurs}>{_simple_type(element.value)}</element>'
    body = f"<complexType>{_sequence(element.children)}</complexType>"
    return f'<element name="{element.name}"{occurs}>{body}</element>'


def _simple_type(value: ValueType) -> str:
    facets = [("enumeration", code) for code in value.codes]
    measure = "Inclusive" if value.base == "whole" else "Length"
    names = (f"min{measure}", f"max{measure}")
    facets += [
        (name, str(bound))
        for name, bound in zip(names, (value.low, value.high), strict=True)
        if bound is not None
    ]
    if value.pattern:
        facets.append(("pattern", value.pattern))
    body = "".join(f"<{name} value={quoteattr(text)}/>" for name, text in facets)
    return f'<simpleType><restriction base="{_BASES[value.base]}">{body}</restriction></simpleType>'
