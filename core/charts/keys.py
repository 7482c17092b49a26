"""Names beside or above the series they belong to."""

from collections.abc import Sequence
from typing import NamedTuple

from core.charts.hatch import filled
from core.charts.lettering import shorten, spread, width_of, wrap
from core.charts.palette import AXIS, Style
from core.charts.svg import line, marker, text

SIZE = 12
ROW = 18


class EndLabel(NamedTuple):
    """A name and a figure to stand at the end of a line that ends at height `y`."""

    y: float
    name: str
    figure: str
    colour: str


def end_room(labels: Sequence[EndLabel], most: float) -> float:
    """Width to keep free at the right for these labels, at most `most`."""
    lines = [part for label in labels for part in wrap(label.name, most - 16, SIZE)]
    figures = [width_of(label.figure, SIZE, bold=True) for label in labels]
    return min(most, max([width_of(part, SIZE) for part in lines] + figures, default=0) + 16)


def end_labels(
    labels: Sequence[EndLabel], *, x: float, room: float, top: float, bottom: float
) -> list[str]:
    """Labels at the right, kept apart; a thin leader shows where a label was moved from."""
    wrapped = [wrap(label.name, room - 16, SIZE) if label.name else [] for label in labels]
    pairs = list(zip(wrapped, labels, strict=True))
    tall = max((len(lines) + bool(label.figure)) * 14 for lines, label in pairs)
    heights = spread([label.y for label in labels], tall + 3, top + tall / 2, bottom - tall / 2)
    parts = []
    for label, lines, y in zip(labels, wrapped, heights, strict=True):
        if abs(y - label.y) > 6:
            parts.append(line(x + 1, label.y, x + 8, y, stroke=AXIS, width=0.75))
        rows = ([(label.figure, True)] if label.figure else []) + [(row, False) for row in lines]
        start = y - len(rows) * 14 / 2 + 11
        for number, (content, bold) in enumerate(rows):
            parts.append(
                text(x + 10, start + number * 14, content, size=SIZE, fill=label.colour, bold=bold)
            )
    return parts


def legend(
    names: Sequence[str], looks: Sequence[Style], *, width: float, y: float, fills: bool = False
) -> tuple[list[str], float]:
    """Names in rows with their mark, and the height they take; for where labels find no room."""
    parts: list[str] = []
    x, row = 0.0, 0
    for name, look in zip(names, looks, strict=True):
        label = shorten(name, width - 30, SIZE)
        wide = 28 + width_of(label, SIZE) + 14
        if x and x + wide - 14 > width:
            x, row = 0.0, row + 1
        base = y + row * ROW
        parts.append(_key(x, base, look, fills=fills))
        parts.append(text(x + 28, base, label, size=SIZE, fill=look.colour))
        x += wide
    return parts, (row + 1) * ROW


def _key(x: float, base: float, look: Style, *, fills: bool) -> str:
    if fills:
        return filled(x, base - 10, 22, 12, colour=look.colour, pattern=look.pattern)
    stroke = line(x, base - 4, x + 22, base - 4, stroke=look.colour, width=2.25, dash=look.dash)
    return stroke + marker(x + 11, base - 4, look.marker, colour=look.colour)
