"""Longer texts that people type: paragraphs, headings and lists, told apart by how lines begin."""

import re
from dataclasses import dataclass
from itertools import pairwise, takewhile

BULLET = re.compile(r"^\s*(?:[-•●]|(?P<number>\d{1,2})[.)])\s+")
LETTER = re.compile(r"^\s*[a-z][.)]\s+")
HEADING = re.compile(r"^#{2,4}\s+")


@dataclass(frozen=True)
class Item:
    """A point of a list, with the points that stand under it."""

    text: str
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A paragraph, a heading, or the items of a list.

    `first` is the number a numbered list begins at; 0 for a list without numbers. Items of a
    `lettered` list hold their own a, b and c.
    """

    text: str = ""
    items: tuple[Item, ...] = ()
    first: int = 0
    lettered: bool = False
    heading: bool = False


def parts(text: str) -> list[Part]:
    """Parts of a text. Lines within a paragraph run on; a dash or number begins an item, a dash
    further to the right an item under it; `## ` begins a heading. Letters make a list from a on.
    """
    found: list[Part] = []
    for block in re.split(r"\n\s*\n", text.strip("\r\n").expandtabs(4).rstrip()):
        lines = [line.rstrip() for line in block.splitlines() if line.strip()]
        while lines:
            taken = _heading(lines) or _letters(lines) or _paragraph(lines) or _list(lines)
            found.append(taken[0])
            lines = lines[taken[1] :]
    return found


def without_marks(text: str) -> str:
    """The text with headings as plain lines, for where it is shown as it was typed."""
    return re.sub(r"(?m)^[ \t]*#{2,4}[ \t]+", "", text)


def _heading(lines: list[str]) -> tuple[Part, int] | None:
    mark = HEADING.match(lines[0].strip())
    return (Part(lines[0].strip()[mark.end() :], heading=True), 1) if mark else None


def _letters(lines: list[str]) -> tuple[Part, int] | None:
    taken = list(takewhile(LETTER.match, lines))
    if len(taken) < 2 or taken[0].strip()[0] != "a":
        return None
    return Part(items=tuple(Item(line.strip()) for line in taken), lettered=True), len(taken)


def _paragraph(lines: list[str]) -> tuple[Part, int] | None:
    """Lines up to a list. A number begins one only at the top or after a colon: it may be a year
    or a page that happens to begin a line.
    """
    if BULLET.match(lines[0]):
        return None
    count = 1
    for above, line in pairwise(lines):
        mark = BULLET.match(line)
        if HEADING.match(line.strip()) or (LETTER.match(line) and above.endswith(":")):
            break
        if mark and (not mark["number"] or above.endswith(":")):
            break
        count += 1
    return Part(" ".join(line.strip() for line in lines[:count])), count


def _list(lines: list[str]) -> tuple[Part, int]:
    taken = list(takewhile(lambda line: not HEADING.match(line.strip()), lines))
    items: list[list[str]] = []
    for line in taken:
        mark = BULLET.match(line)
        if mark is None:
            items[-1][-1] += f" {line.strip()}"
        elif items and _indent(line) > _indent(lines[0]) + 1:
            items[-1].append(line[mark.end() :])
        else:
            items.append([line[mark.end() :]])
    number = BULLET.match(lines[0])
    first = int(number["number"] or 0) if number else 0
    return Part(items=tuple(Item(i[0], tuple(i[1:])) for i in items), first=first), len(taken)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
