"""How a kind of message is read in pieces: which elements are taken one by one, and which hold so
many of them that they may never be whole in memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .notation import Element, Kind, kinds
from .rows import RECORDS, RecordOf


@dataclass(frozen=True)
class Plan:
    """`events`: the elements read when they end. `containers`: the elements that hold those.
    `record` is None for a kind that changes nothing."""

    record: RecordOf | None
    record_tag: str
    events: tuple[str, ...]
    containers: frozenset[str]


@cache
def plan_of(number: str) -> Plan:
    kind = kinds()[number]
    record = RECORDS.get(number)
    containers = [Element("Bericht", children=kind.elements), *_containers(kind.elements)]
    pieces = {
        child.name
        for container in containers
        for child in container.children
        if not _is_container(child)
    }
    return Plan(
        record,
        _qualified(kind, record.element) if record else "",
        tuple(_qualified(kind, name) for name in sorted(pieces)),
        frozenset(_qualified(kind, container.name) for container in containers),
    )


def _containers(elements: tuple[Element, ...]) -> Iterator[Element]:
    for element in elements:
        if _is_container(element):
            yield element
            yield from _containers(element.children)


def _is_container(element: Element) -> bool:
    """It holds repeated elements, at some depth; lists of return codes are short."""
    if element.name in ("Header", "RetourCodes"):
        return False
    if element.name in {record.element for record in RECORDS.values()}:
        return False
    return any(child.at_most is None or _is_container(child) for child in element.children)


def _qualified(kind: Kind, name: str) -> str:
    return f"{{{kind.namespace}}}{name}"
