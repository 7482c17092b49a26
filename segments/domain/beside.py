"""Two strategies side by side: plain values in, one list of topics out."""

from collections.abc import Iterable
from dataclasses import dataclass

Lines = tuple[str, ...]


@dataclass(frozen=True)
class Topic:
    """What one strategy says about a topic; `part` is the heading under which it stands."""

    part: str
    title: str
    lines: Lines


@dataclass(frozen=True)
class Line:
    text: str
    on_both: bool


@dataclass(frozen=True)
class Row:
    """A topic with what both say. Empty where one says nothing about it."""

    title: str
    left: tuple[Line, ...]
    right: tuple[Line, ...]

    @property
    def same(self) -> bool:
        return all(line.on_both for line in (*self.left, *self.right))


@dataclass(frozen=True)
class Part:
    title: str
    rows: tuple[Row, ...]


def side_by_side(left: Iterable[Topic], right: Iterable[Topic]) -> list[Part]:
    """Topics of the same part and title beside each other, in the order of the left one.

    A line that stands on both sides, word for word, is marked; topics without a line are left out.
    """
    ours, theirs = _by_key(left), _by_key(right)
    parts: dict[str, list[Row]] = {}
    for key in dict.fromkeys((*ours, *theirs)):
        row = _row(key[1], ours.get(key, ()), theirs.get(key, ()))
        if row.left or row.right:
            parts.setdefault(key[0], []).append(row)
    return [Part(title, tuple(rows)) for title, rows in parts.items()]


def _by_key(topics: Iterable[Topic]) -> dict[tuple[str, str], Lines]:
    return {(topic.part, topic.title): topic.lines for topic in topics}


def _row(title: str, left: Lines, right: Lines) -> Row:
    both = set(left) & set(right)
    return Row(
        title,
        tuple(Line(text, text in both) for text in left),
        tuple(Line(text, text in both) for text in right),
    )
