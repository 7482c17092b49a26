"""Two versions of a text side by side: which chapters changed, and which words in them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from core.ui.prose import without_marks

SAME, CHANGED, NEW, GONE = "same", "changed", "new", "gone"
WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True)
class Chapter:
    number: str
    title: str
    text: str


@dataclass(frozen=True)
class Run:
    """Words on one side; `marked` where they differ from the other side."""

    text: str
    marked: bool


@dataclass(frozen=True)
class Pair:
    """A chapter on both sides; None where it is not."""

    number: str
    state: str
    left: Chapter | None
    right: Chapter | None
    left_runs: tuple[Run, ...] = ()
    right_runs: tuple[Run, ...] = ()


def side_by_side(old: Iterable[Chapter], new: Iterable[Chapter]) -> list[Pair]:
    """Chapters by number, in the order of the new text; what went stands where it was."""
    left, right = {c.number: c for c in old}, {c.number: c for c in new}
    order = list(right)
    for place, number in enumerate(left):
        if number not in right:
            order.insert(min(place, len(order)), number)
    return [_pair(number, left.get(number), right.get(number)) for number in order]


def _pair(number: str, left: Chapter | None, right: Chapter | None) -> Pair:
    if left is None or right is None:
        return Pair(number, GONE if right is None else NEW, left, right)
    if (left.title, left.text) == (right.title, right.text):
        return Pair(number, SAME, left, right)
    runs = word_runs(without_marks(left.text), without_marks(right.text))
    return Pair(number, CHANGED, left, right, *runs)


def word_runs(old: str, new: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The words of both texts in runs, marked where they differ."""
    a, b = WORD.findall(old), WORD.findall(new)
    left: list[Run] = []
    right: list[Run] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if i1 != i2:
            left.append(Run("".join(a[i1:i2]), tag != "equal"))
        if j1 != j2:
            right.append(Run("".join(b[j1:j2]), tag != "equal"))
    return tuple(left), tuple(right)
