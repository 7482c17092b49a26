"""Lists of a pack, declared once: the same description reads a list into rows and writes it out.

An app declares a `Listing` per kind of row; `read` finds or makes each row by its identity within
its parent, `write` gives the same words back. What is not declared is refused with its place.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from .load import save_or_complain
from .node import MISSING, Node

Context = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """A text of a row: the word in the pack and the attribute of the model."""

    word: str
    attr: str
    required: bool = False
    # Only for a row that is made now: what happened to it since is not undone by a pack.
    only_new: bool = False

    def read(self, node: Node, context: Context) -> Any:
        return node.text(self.word, MISSING if self.required else "")

    def write(self, row: Any) -> Any:
        return getattr(row, self.attr)


class Day(Entry):
    def read(self, node: Node, context: Context) -> Any:
        return node.day(self.word, MISSING if self.required else None)

    def write(self, row: Any) -> Any:
        value: date | None = getattr(row, self.attr)
        return value.isoformat() if value else None


class Flag(Entry):
    def read(self, node: Node, context: Context) -> Any:
        return node.flag(self.word)


class Whole(Entry):
    def read(self, node: Node, context: Context) -> Any:
        return node.integer(self.word, MISSING if self.required else None)


class Number(Entry):
    def read(self, node: Node, context: Context) -> Any:
        return node.number(self.word, MISSING if self.required else None)

    def write(self, row: Any) -> Any:
        value: Decimal | None = getattr(row, self.attr)
        return None if value is None else f"{value.normalize():f}"


class Texts(Entry):
    def read(self, node: Node, context: Context) -> Any:
        return node.texts(self.word)


@dataclass(frozen=True)
class Choice(Entry):
    """One of the choices of the model's field, by its Dutch label or by a word in `options`."""

    of: Any = None
    options: dict[str, Any] = field(default_factory=dict)
    default: Any = ""

    @property
    def words(self) -> dict[str, Any]:
        return self.options or {str(label): value for value, label in self.of.choices}

    def read(self, node: Node, context: Context) -> Any:
        missing = MISSING if self.required else self.default
        return node.choice(self.word, self.words, missing)

    def write(self, row: Any) -> Any:
        value = getattr(row, self.attr)
        if not self.required and value == self.default:
            return None
        return next(word for word, known in self.words.items() if known == value)


Find = Callable[[Context, str], Any]


@dataclass(frozen=True)
class Ref(Entry):
    """Another row, by a name within the region. `find` gives the row or None."""

    find: Find = field(default=lambda context, name: None)
    name: Callable[[Any], str] = str

    def read(self, node: Node, context: Context) -> Any:
        word = node.text(self.word, MISSING if self.required else "")
        found = self.find(context, word) if word else None
        if word and found is None:
            node.problem(f"'{word}' bij '{self.word}' is niet bekend")
        return found

    def write(self, row: Any) -> Any:
        other = getattr(row, self.attr)
        return self.name(other) if other is not None else None


@dataclass(frozen=True)
class Refs(Ref):
    """Several other rows (many to many)."""

    def read(self, node: Node, context: Context) -> Any:
        found = []
        for item in node.items(self.word):
            row = self.find(context, item.as_text())
            if row is None:
                item.problem(f"'{item.as_text()}' is niet bekend")
            else:
                found.append(row)
        return found

    def write(self, row: Any) -> Any:
        return [self.name(other) for other in getattr(row, self.attr).all()]


@dataclass(frozen=True)
class Listing:
    """A list under `key`. `parent` is the attribute that names the row above; `identity` the
    attributes that make a row the same row. `counter` is an attribute that gets the place in the
    list (from 1); it may be part of the identity. `fixed` holds attributes with one value.
    """

    key: str
    model: type[models.Model]
    parent: str
    fields: tuple[Entry, ...]
    identity: tuple[str, ...]
    counter: str = ""
    fixed: tuple[tuple[str, Any], ...] = ()
    children: tuple["Listing", ...] = ()

    def read(self, holder: Node, parent: Any, context: Context) -> None:
        """All rows first, then what is below them: that may name any row of the list."""
        rows = [
            (node, self._read_row(node, parent, place, context))
            for place, node in enumerate(holder.items(self.key), 1)
        ]
        for node, row in rows:
            for child in self.children if row is not None else ():
                child.read(node, row, context)

    def _read_row(self, node: Node, parent: Any, place: int, context: Context) -> Any:
        node.only(*(f.word for f in self.fields), *(c.key for c in self.children))
        values = {f.attr: f.read(node, context) for f in self.fields if not isinstance(f, Refs)}
        many = {f.attr: f.read(node, context) for f in self.fields if isinstance(f, Refs)}
        values |= {self.parent: parent, **dict(self.fixed)}
        if self.counter:
            values[self.counter] = place
        if node.problems:
            return None
        found = {name: values[name] for name in (self.parent, *self.identity)}
        row: Any = self.model._default_manager.filter(**found, **dict(self.fixed)).first()
        kept = {f.attr for f in self.fields if f.only_new} if row is not None else set()
        row = row or self.model()
        for name, value in values.items():
            if name not in kept:
                setattr(row, name, value)
        if not save_or_complain(row, node):
            return None
        for name, others in many.items():
            getattr(row, name).set(others)
        return row

    def write(
        self, parent: Any, keep: Callable[[Any], bool] = lambda row: True
    ) -> list[dict[str, Any]]:
        """The rows below a parent, in their order; `keep` says which."""
        rows = self.model._default_manager.filter(**{self.parent: parent}, **dict(self.fixed))
        order = self.counter or "pk"
        return [self._write_row(row) for row in rows.order_by(order, "pk") if keep(row)]

    def _write_row(self, row: Any) -> dict[str, Any]:
        values = {f.word: f.write(row) for f in self.fields}
        values |= {child.key: child.write(row) for child in self.children}
        return {k: v for k, v in values.items() if v not in (None, "", [], {}, False)}
