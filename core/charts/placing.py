"""Finding a free spot for a label beside a point."""

from collections.abc import Sequence
from typing import NamedTuple

from core.charts.lettering import shorten, width_of


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )


class Placed(NamedTuple):
    """A label with its baseline at (x, y), and a thin line to its point when it stands off."""

    content: str
    x: float
    y: float
    leader: tuple[float, float, float, float] | None


def place_labels(
    names: Sequence[str],
    spots: Sequence[tuple[float, float]],
    marks: Sequence[tuple[float, float]],
    area: Box,
    *,
    size: float,
) -> list[Placed]:
    """Labels that cover neither each other nor a mark; one that finds no place is left out.

    First come, first served: put the most important names first.
    """
    taken = [Box(x - 5, y - 5, x + 5, y + 5) for x, y in marks]
    placed = []
    for name, (x, y) in zip(names, spots, strict=True):
        content = shorten(name, (area.right - area.left) * 0.6, size, bold=True)
        wide = width_of(content, size, bold=True)
        for box, leader in _candidates(x, y, wide, size):
            if area.holds(box) and not any(box.touches(other) for other in taken):
                taken.append(box)
                placed.append(Placed(content, box.left + 1, box.bottom - 3, leader))
                break
    return placed


def _candidates(
    x: float, y: float, wide: float, size: float
) -> list[tuple[Box, tuple[float, float, float, float] | None]]:
    """Right, left, above, below; then further off with a leader."""
    tall = size + 3
    near = [
        (x + 7, y - tall / 2),
        (x - 9 - wide, y - tall / 2),
        (x - wide / 2, y - 8 - tall),
        (x - wide / 2, y + 8),
    ]
    found: list[tuple[Box, tuple[float, float, float, float] | None]] = [
        (Box(left, top, left + wide + 2, top + tall), None) for left, top in near
    ]
    for reach in (16, 28, 42):
        for side in (1, -1):
            for up in (-1, 1):
                left = x + 14 if side > 0 else x - 16 - wide
                top = y + up * reach - tall / 2
                box = Box(left, top, left + wide + 2, top + tall)
                end = (left if side > 0 else left + wide + 2, top + tall / 2)
                found.append((box, (x + side * 5, y + up * 4, *end)))
    return found
