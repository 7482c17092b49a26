"""A YAML value that knows its place, so that every complaint names file and line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, TypeVar

import yaml

from core.errors import DomainError

E = TypeVar("E", bound=Enum)
MISSING = object()


@dataclass(frozen=True)
class Problem:
    """One mistake: file, line (from 1), place in the structure, and the reason in Dutch."""

    file: str
    line: int
    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}, regel {self.line} ({self.place}): {self.reason}"


class PackError(DomainError):
    """The pack has mistakes; nothing of it was loaded."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        lines = "\n".join(str(p) for p in problems)
        count = "1 fout" if len(problems) == 1 else f"{len(problems)} fouten"
        super().__init__(
            f"Het regiopakket heeft {count}; er is niets geladen.\n{lines}",
            code="pakket-fout",
        )


class Node:
    """A value of the pack with typed, checked access. Problems are collected, not raised."""

    def __init__(self, raw: yaml.Node, *, file: str, place: str, problems: list[Problem]) -> None:
        self.raw = raw
        self.file = file
        self.place = place
        self.problems = problems

    @classmethod
    def parse(cls, text: str, *, file: str) -> "Node":
        """Read YAML with places; raises PackError where it is no YAML at all."""
        problems: list[Problem] = []
        try:
            raw = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise PackError(
                [Problem(file, line, "bestand", f"dit is geen geldige YAML: {error.problem}")]
            ) from error
        if not isinstance(raw, yaml.MappingNode):
            raise PackError(
                [Problem(file, 1, "bestand", "het bestand is leeg of geen lijst velden")]
            )
        return cls(raw, file=file, place="", problems=problems)

    # -- complaining -------------------------------------------------------------------------

    def problem(self, reason: str) -> None:
        line = self.raw.start_mark.line + 1
        self.problems.append(Problem(self.file, line, self.place or "pakket", reason))

    # -- structure ---------------------------------------------------------------------------

    def only(self, *keys: str) -> None:
        """Complain about keys that nobody reads."""
        if not isinstance(self.raw, yaml.MappingNode):
            self.problem("hier horen velden te staan")
            return
        for key, value in self.raw.value:
            if key.value not in keys:
                known = ", ".join(keys)
                self._child(value, key.value).problem(
                    f"onbekend veld '{key.value}'; bekend zijn: {known}"
                )

    def get(self, key: str) -> "Node | None":
        if not isinstance(self.raw, yaml.MappingNode):
            return None
        for name, value in self.raw.value:
            if name.value == key and value.tag != "tag:yaml.org,2002:null":
                return self._child(value, key)
        return None

    def items(self, key: str) -> list["Node"]:
        """The list under `key`; an absent list is empty."""
        node = self.get(key)
        if node is None:
            return []
        if not isinstance(node.raw, yaml.SequenceNode):
            node.problem("hier hoort een lijst te staan")
            return []
        return [node._child(raw, f"[{i}]", "") for i, raw in enumerate(node.raw.value, 1)]

    def texts(self, key: str) -> list[str]:
        return [item.as_text() for item in self.items(key)]

    def _child(self, raw: yaml.Node, name: str, dot: str = ".") -> "Node":
        place = f"{self.place}{dot}{name}" if self.place else name
        return Node(raw, file=self.file, place=place, problems=self.problems)

    def __iter__(self) -> Iterator["Node"]:
        raise TypeError("use items(key)")

    # -- values ------------------------------------------------------------------------------

    def plain(self) -> Any:
        return yaml.SafeLoader("").construct_object(self.raw, deep=True)

    def as_text(self) -> str:
        if not isinstance(self.raw, yaml.ScalarNode):
            self.problem("hier hoort tekst te staan")
            return ""
        return str(self.raw.value).strip()

    def text(self, key: str, default: Any = MISSING, *, max_length: int | None = None) -> str:
        node = self._need(key, default)
        if node is None:
            return "" if default is MISSING else default
        value = node.as_text()
        if max_length is not None and len(value) > max_length:
            node.problem(f"ten hoogste {max_length} tekens, hier staan er {len(value)}")
        return value

    def day(self, key: str, default: Any = MISSING) -> Any:
        node = self._need(key, default)
        if node is None:
            return None if default is MISSING else default
        try:
            return date.fromisoformat(node.as_text())
        except ValueError:
            node.problem(f"'{node.as_text()}' is geen datum; schrijf jjjj-mm-dd")
            return None

    def number(self, key: str, default: Any = MISSING) -> Any:
        node = self._need(key, default)
        if node is None:
            return None if default is MISSING else default
        try:
            value = Decimal(node.as_text())
        except InvalidOperation:
            node.problem(f"'{node.as_text()}' is geen getal; schrijf een punt voor decimalen")
            return None
        if not value.is_finite():
            node.problem("dit getal is niet eindig")
            return None
        return value

    def integer(self, key: str, default: Any = MISSING) -> Any:
        value = self.number(key, default)
        if isinstance(value, Decimal):
            if value != value.to_integral_value():
                self._child(self.raw, key).problem("hier hoort een geheel getal")
                return None
            return int(value)
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        node = self.get(key)
        if node is None:
            return default
        value = node.as_text().lower()
        if value not in ("ja", "nee", "true", "false"):
            node.problem("schrijf ja of nee")
        return value in ("ja", "true")

    def choice(self, key: str, options: dict[str, Any], default: Any = MISSING) -> Any:
        """One of the Dutch words in `options`, as the value it stands for."""
        node = self._need(key, default)
        if node is None:
            return None if default is MISSING else default
        word = node.as_text()
        if word not in options:
            node.problem(f"'{word}' kan hier niet; kies uit: {', '.join(options)}")
            return None
        return options[word]

    def _need(self, key: str, default: Any) -> "Node | None":
        node = self.get(key)
        if node is None and default is MISSING:
            self.problem(f"het veld '{key}' ontbreekt")
        return node
