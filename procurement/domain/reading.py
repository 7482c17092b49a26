"""A contract as it reads on a day, and what differs between two readings: plain values only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Fact:
    label: str
    text: str


@dataclass(frozen=True)
class Item:
    """One part of a contract. Items with the same `part` and `key` are one thing through time."""

    part: str
    key: str
    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Reading:
    """Everything that a contract says on `day`. `version` None: nothing ever changed."""

    day: date
    state: str
    version: int | None
    version_note: str
    head: tuple[Fact, ...]
    items: tuple[Item, ...]

    def of(self, part: str) -> list[Item]:
        return [item for item in self.items if item.part == part]


@dataclass(frozen=True)
class Change:
    """What a fact said on the first and on the second day; empty text where it was not there."""

    label: str
    before: str
    after: str


ADDED, ENDED, CHANGED = "erbij", "vervallen", "veranderd"


@dataclass(frozen=True)
class Difference:
    """One part that differs: `what` is one of ADDED, ENDED and CHANGED."""

    part: str
    title: str
    what: str
    changes: tuple[Change, ...]


HEAD_TITLE = "Contract"


def differences(first: Reading, second: Reading) -> list[Difference]:
    """What the second reading says otherwise than the first: the head first, then per part."""
    found = []
    before, after = (Fact("Stand", r.state) for r in (first, second))
    head = _changes((before, *first.head), (after, *second.head))
    if head:
        found.append(Difference("contract", HEAD_TITLE, CHANGED, head))
    olds = {(item.part, item.key): item for item in first.items}
    news = {(item.part, item.key): item for item in second.items}
    for key in dict.fromkeys((*news, *olds)):
        found += _difference(olds.get(key), news.get(key))
    return found


def _difference(old: Item | None, new: Item | None) -> Iterable[Difference]:
    either = new or old
    if either is None:
        return
    changes = _changes(old.facts if old else (), new.facts if new else ())
    what = CHANGED if old and new else ADDED if new else ENDED
    if changes or what != CHANGED:
        yield Difference(either.part, either.title, what, changes)


def _changes(old: tuple[Fact, ...], new: tuple[Fact, ...]) -> tuple[Change, ...]:
    before = {fact.label: fact.text for fact in old}
    after = {fact.label: fact.text for fact in new}
    labels = dict.fromkeys((*before, *after))
    pairs = (Change(label, before.get(label, ""), after.get(label, "")) for label in labels)
    return tuple(pair for pair in pairs if pair.before != pair.after)
