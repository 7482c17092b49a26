"""Longer texts that people type: paragraphs and lists, told apart by empty lines and dashes."""

import re
from dataclasses import dataclass

BULLET = re.compile(r"^\s*(?:[-•●]|\d{1,2}[.)])\s+")


@dataclass(frozen=True)
class Part:
    """A paragraph, or the items of a list."""

    text: str = ""
    items: tuple[str, ...] = ()
    numbered: bool = False


def parts(text: str) -> list[Part]:
    """Parts of a text. Lines within a paragraph run on; a dash or number begins an item."""
    found: list[Part] = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        found += _block(lines)
    return found


def _block(lines: list[str]) -> list[Part]:
    found: list[Part] = []
    running: list[str] = []
    items: list[str] = []
    numbered = False
    for line in lines:
        mark = BULLET.match(line)
        if mark and (items or not running or running[-1].endswith(":") or line[0] in "-•●"):
            if running:
                found.append(Part(" ".join(running)))
                running = []
            numbered = line[0].isdigit() if not items else numbered
            items.append(line[mark.end() :])
        elif items:
            items[-1] += f" {line}"
        else:
            running.append(line)
    if running:
        found.append(Part(" ".join(running)))
    if items:
        found.append(Part(items=tuple(items), numbered=numbered))
    return found
