"""From a source to its passage: where a text of this tenant holds what a fact rests on.

A source names a document by a code and lines of it: `004:L1005-1011; 000:L186`, or more lines of
one document: `002:L1176-1187, L196-197`. An app that keeps texts tells which lines each holds.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from .places import Place

REFERENCE = re.compile(r"(?:\b(?P<document>\w+):)?\bL(?P<first>\d+)(?:\s*-\s*L?(?P<last>\d+))?")


@dataclass(frozen=True)
class Lines:
    document: str
    first: int
    last: int

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    def holds(self, other: "Lines") -> bool:
        return self.document == other.document and self.first <= other.first <= self.last


@dataclass(frozen=True)
class Passage:
    """Text that the user may read, and the lines of a document that it holds."""

    lines: Lines
    label: str
    url: str
    # What it is part of. Of two texts that quote the same lines the one with most of the document
    # is the document itself.
    whole: str = ""
    # What to call it behind another part of the same text.
    part: str = ""


Finder = Callable[[Place], Iterable[Passage]]
_finders: dict[str, Finder] = {}


def register_passages(code: str, finder: Finder) -> None:
    _finders[code] = finder


def lines_in(source: str) -> list[Lines]:
    """Every reference; lines without a document belong to the one named before them."""
    found, document = [], ""
    for one in REFERENCE.finditer(source):
        document = one["document"] or document
        first = int(one["first"])
        if document:
            found.append(Lines(document, first, max(first, int(one["last"] or first))))
    return found


@dataclass
class Passages:
    """The passages of one page, read when the first source asks and then kept."""

    place: Place | None
    path: str = ""
    _read: list[Passage] | None = field(default=None, repr=False)
    _held: Counter[tuple[str, str]] = field(default_factory=Counter, repr=False)

    def of(self, source: str) -> Sequence[Passage]:
        """Per reference the text of the document that holds its first line, each once; the page on
        which the source itself stands is not among them."""
        found = (self._closest(lines) for lines in lines_in(source))
        here = {one.url: one for one in found if one and one.url.partition("#")[0] != self.path}
        return _named_once(here.values())

    def _closest(self, lines: Lines) -> Passage | None:
        """The shortest passage that holds the line, of the text with most of that document."""
        fitting = [one for one in self._all() if one.lines.holds(lines)]
        return min(
            fitting, key=lambda one: (-self._held[one.whole, lines.document], one.lines.count),
            default=None,
        )  # fmt: skip

    def _all(self) -> Sequence[Passage]:
        if self._read is None:
            finders = _finders.values() if self.place else ()
            self._read = [one for find in finders for one in find(self.place)]  # type: ignore[arg-type]
            for one in self._read:
                self._held[one.whole, one.lines.document] += one.lines.count
        return self._read


def _named_once(found: Iterable[Passage]) -> Sequence[Passage]:
    """The text is named with its first part; further parts say only which."""
    named, seen = [], set[str]()
    for one in found:
        named.append(replace(one, label=one.part) if one.part and one.whole in seen else one)
        seen.add(one.whole)
    return tuple(named)


def in_words(source: str, passages: Passages) -> str:
    """A source for a file: which texts, and behind them the source as it was recorded."""
    labels = "; ".join(one.label for one in passages.of(source))
    return f"{labels} ({source})" if labels else source
