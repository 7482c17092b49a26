from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from .node import Node


@dataclass(frozen=True)
class PackPart:
    """What one app reads from a pack and writes back.

    `read(pack, context)` stores what it understands and puts what upper apps need in `context`
    (a dict); problems are reported on the nodes. `write(context)` returns the part as plain
    values, with the Dutch keys in the order in which people want to read them; what lower parts
    wrote stands in `context["data"]`.
    """

    name: str
    order: int
    keys: tuple[str, ...]
    read: Callable[[Node, dict[str, Any]], None]
    write: Callable[[dict[str, Any]], dict[str, Any]]


_parts: dict[str, PackPart] = {}


def register_part(part: PackPart) -> None:
    _parts[part.name] = part


def parts() -> Iterable[PackPart]:
    return sorted(_parts.values(), key=lambda part: part.order)
