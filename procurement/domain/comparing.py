"""Two versions of a text side by side: which chapters changed, and which words in them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from core.ui.prose import without_marks

SAME, CHANGED, NEW, GONE = "same", "changed", "new", "gone"
WORD = re.compile(r"\S+\s*")
SENTENCE = re.compile(r".+?(?:[.!?]+[’”')]*(?=\s|$)\s*|\n+|$)", re.S)
# From this likeness on two sentences are taken for one that was changed.
ALIKE = 0.5


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


@dataclass(frozen=True)
class Comparison:
    """`pairs` are compared; `unknown` are chapters of the newer text that the older lacks, where
    the older has so few that most likely only part of it was kept.
    """

    pairs: list[Pair]
    unknown: tuple[Chapter, ...] = ()

    @property
    def is_partial(self) -> bool:
        return bool(self.unknown)

    @property
    def changed(self) -> int:
        return sum(pair.state != SAME for pair in self.pairs)


def compare(old: Iterable[Chapter], new: Iterable[Chapter]) -> Comparison:
    """Of a text of which less than half the chapters are kept, only those are compared."""
    left, right = list(old), list(new)
    pairs = side_by_side(left, right)
    if len(left) * 2 >= len(right):
        return Comparison(pairs)
    known = [_fragment(pair) for pair in pairs if pair.state != NEW]
    unknown = tuple(pair.right for pair in pairs if pair.state == NEW and pair.right is not None)
    return Comparison(known, unknown)


def _fragment(pair: Pair) -> Pair:
    """Sentences beside sentences: of a chapter that is kept in part the rest did not change."""
    if pair.left is None or pair.right is None or pair.state != CHANGED:
        return pair
    runs = sentence_runs(without_marks(pair.left.text), without_marks(pair.right.text))
    return replace(pair, left_runs=runs[0], right_runs=runs[1])


def sentence_runs(part: str, whole: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Each sentence of `part` beside the most alike of `whole`, with the words that differ.

    A sentence of `part` that is like none is marked whole; the rest of `whole` is not marked.
    """
    right: list[list[Run]] = [[Run(text, False)] for text in SENTENCE.findall(whole)]
    left: list[Run] = []
    for sentence in SENTENCE.findall(part):
        place, likeness = _most_alike(sentence, ["".join(run.text for run in row) for row in right])
        if likeness < ALIKE:
            left.append(Run(sentence, True))
            continue
        ours, theirs = word_runs(sentence, "".join(run.text for run in right[place]))
        left += ours
        right[place] = list(theirs)
    return tuple(left), tuple(run for row in right for run in row)


def _most_alike(sentence: str, others: list[str]) -> tuple[int, float]:
    words = WORD.findall(sentence.lower())
    found = [
        SequenceMatcher(None, words, WORD.findall(other.lower()), autojunk=False).ratio()
        for other in others
    ]
    best = max(range(len(found)), key=found.__getitem__, default=0)
    return best, found[best] if found else 0.0


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
    """The words of both texts in runs, marked where they differ; white space does not count."""
    a, b = WORD.findall(old), WORD.findall(new)
    plain = [word.strip() for word in a], [word.strip() for word in b]
    left: list[Run] = []
    right: list[Run] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, *plain, autojunk=False).get_opcodes():
        if i1 != i2:
            left.append(Run("".join(a[i1:i2]), tag != "equal"))
        if j1 != j2:
            right.append(Run("".join(b[j1:j2]), tag != "equal"))
    return tuple(left), tuple(right)
