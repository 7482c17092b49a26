"""Reads our own notation of the structure of iJw 3.2 (the text files in `standard/`).

The national schema files may not be copied into this project; the facts in them may. The notation
holds those facts, and `care.ijw.schema` makes an XML Schema of it that gives the same verdicts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

STANDARD = Path(__file__).parent / "standard"
BASE_NAMESPACE = "http://www.istandaarden.nl/ijw/3_2/basisschema/schema"
_OCCURS = {"": (1, 1), "?": (0, 1), "+": (1, None)}
_MESSAGE = re.compile(r"message (\d{3}) code (\d{3}) from (\w+) to (\w+)")
_PATTERN = re.compile(r"\s/(.*)/$")


@dataclass(frozen=True)
class ValueType:
    """The values an element may have. `low` and `high` are lengths of text, bounds of numbers."""

    base: str
    low: int | None = None
    high: int | None = None
    pattern: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Element:
    """An element with a value (`value`), a shared group (`group`) or elements of its own."""

    name: str
    at_least: int = 1
    at_most: int | None = 1
    value: ValueType | None = None
    group: str = ""
    children: tuple["Element", ...] = ()


@dataclass(frozen=True)
class Kind:
    """A kind of message, such as JW301."""

    number: str
    code: str
    elements: tuple[Element, ...]

    @property
    def namespace(self) -> str:
        return f"http://www.istandaarden.nl/ijw/3_2/jw{self.number}/schema"

    @property
    def title(self) -> str:
        return f"JW{self.number}"


def _lines(name: str) -> Iterator[str]:
    for line in (STANDARD / name).read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


def _bounds(text: str) -> tuple[int | None, int | None]:
    low, _, high = text.partition("..")
    return (int(low) if low else None, int(high) if high else None)


def _value_type(text: str) -> ValueType:
    pattern = _PATTERN.search(text)
    base, *rest = _PATTERN.sub("", text).split()
    if base == "code":
        return ValueType(base, codes=tuple(rest))
    low, high = _bounds(rest[0]) if rest else (None, None)
    return ValueType(base, low, high, pattern.group(1) if pattern else "")


@cache
def value_types() -> dict[str, ValueType]:
    joined: list[str] = []
    for line in _lines("types.txt"):
        if line.startswith(" "):
            joined[-1] += line
        else:
            joined.append(line)
    pairs = (line.split(maxsplit=1) for line in joined)
    return {name: _value_type(text) for name, text in pairs}


@cache
def groups() -> dict[str, tuple[Element, ...]]:
    """The shared groups, by name."""
    return {element.name: element.children for element in _tree(list(_lines("parts.txt")), 0)}


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of message of iJw 3.2, by number."""
    found: dict[str, Kind] = {}
    for path in sorted(STANDARD.glob("messages-*.txt")):
        for heading, body in _messages(list(_lines(path.name))):
            number, code, sender, receiver = heading
            found[number] = Kind(number, code, _with_header(code, sender, receiver, body))
    return found


def title_of(code: str) -> str:
    """How people call the kind of message with this code: '490' is JW323."""
    found = (kind.title for kind in kinds().values() if kind.code == code)
    return next(found, f"bericht {code}")


def _messages(lines: list[str]) -> Iterator[tuple[tuple[str, ...], list[Element]]]:
    starts = [i for i, line in enumerate(lines) if not line.startswith(" ")]
    for begin, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        heading = _MESSAGE.fullmatch(lines[begin].strip())
        if heading is None:
            raise ValueError(f"not a heading of a message: {lines[begin]}")
        yield heading.groups(), _tree(lines[begin + 1 : end], 4)


def _with_header(code: str, sender: str, receiver: str, body: list[Element]) -> tuple[Element, ...]:
    types = value_types()
    extra: tuple[Element, ...] = ()
    if body[0].name == "Header":
        extra, body = body[0].children, body[1:]
    header = (
        Element("BerichtCode", value=replace(types["BerichtCode"], pattern=code)),
        Element("BerichtVersie", value=replace(types["BerichtVersie"], pattern="3")),
        Element("BerichtSubversie", value=replace(types["BerichtSubversie"], pattern="2")),
        Element("Afzender", value=types[sender]),
        Element("Ontvanger", value=types[receiver]),
        Element("BerichtIdentificatie", group="BerichtIdentificatie"),
        Element("XsdVersie", group="XsdVersie"),
    )
    return (Element("Header", children=header + extra), *body)


def _tree(lines: list[str], indent: int) -> list[Element]:
    """Elements at this indent; what stands further in belongs to the element above it."""
    elements: list[Element] = []
    position = 0
    while position < len(lines):
        end = position + 1
        while end < len(lines) and _indent(lines[end]) > indent:
            end += 1
        elements.append(_element(lines[position], lines[position + 1 : end], indent))
        position = end
    return elements


def _element(line: str, below: list[str], indent: int) -> Element:
    pattern = _PATTERN.search(line)
    head, *kind = _PATTERN.sub("", line).split()
    name = head.rstrip("?+")
    at_least, at_most = _OCCURS[head[len(name) :]]
    element = Element(name, at_least, at_most)
    if not kind:
        return replace(element, children=tuple(_tree(below, indent + 4)))
    if kind[0].startswith("@"):
        return replace(element, group=kind[0][1:])
    value = value_types()[kind[0]]
    return replace(element, value=replace(value, pattern=pattern.group(1)) if pattern else value)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
