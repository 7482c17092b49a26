"""Fill patterns drawn as plain lines, so they look the same in browser, PDF and print."""

from math import ceil

from core.charts.palette import AXIS, MUTED, PALE, PAPER
from core.charts.svg import num, rect, tag

Segment = tuple[float, float, float, float]


def _diagonals(
    x: float, y: float, w: float, h: float, gap: float, *, mirror: bool
) -> list[Segment]:
    """Lines at 45 degrees clipped to the rectangle; `mirror` leans them the other way."""
    segments = []
    for step in range(1, ceil((w + h) / gap)):
        reach = step * gap
        x1, y1 = min(reach, w), max(reach - w, 0.0)
        x2, y2 = max(reach - h, 0.0), min(reach, h)
        if mirror:
            x1, x2 = w - x1, w - x2
        segments.append((x + x1, y + y1, x + x2, y + y2))
    return segments


def _rows(x: float, y: float, w: float, h: float, gap: float) -> list[Segment]:
    return [(x, y + i * gap, x + w, y + i * gap) for i in range(1, ceil(h / gap))]


def _columns(x: float, y: float, w: float, h: float, gap: float) -> list[Segment]:
    return [(x + i * gap, y, x + i * gap, y + h) for i in range(1, ceil(w / gap))]


def _dots(x: float, y: float, w: float, h: float, gap: float) -> list[Segment]:
    return [
        (x + i * gap, y + j * gap, x + i * gap + 1.6, y + j * gap)
        for j in range(1, ceil(h / gap))
        for i in range(1, ceil((w - 1.6) / gap))
    ]


def _segments(pattern: str, x: float, y: float, w: float, h: float) -> list[Segment]:
    if pattern == "diagonal":
        return _diagonals(x, y, w, h, 7, mirror=False)
    if pattern == "backward":
        return _diagonals(x, y, w, h, 7, mirror=True)
    if pattern == "cross":
        return _diagonals(x, y, w, h, 9, mirror=False) + _diagonals(x, y, w, h, 9, mirror=True)
    if pattern == "horizontal":
        return _rows(x, y, w, h, 5)
    if pattern == "vertical":
        return _columns(x, y, w, h, 5)
    if pattern == "grid":
        return _rows(x, y, w, h, 7) + _columns(x, y, w, h, 7)
    return _dots(x, y, w, h, 6) if pattern == "dots" else []


def pattern_lines(
    pattern: str,
    x: float,
    y: float,
    w: float,
    h: float,
    *,
    stroke: str,
    width: float = 1,
    opacity: str | None = None,
) -> str:
    """The lines of a pattern over a rectangle; nothing for 'solid' or a sliver."""
    if w < 3 or h < 3:
        return ""
    data = "".join(
        f"M{num(x1)} {num(y1)}L{num(x2)} {num(y2)}"
        for x1, y1, x2, y2 in _segments(pattern, x, y, w, h)
    )
    if not data:
        return ""
    return tag(
        "path", d=data, stroke=stroke, stroke_width=width, stroke_opacity=opacity, fill="none"
    )


def filled(x: float, y: float, w: float, h: float, *, colour: str, pattern: str) -> str:
    """A bar in a series' colour with its pattern in white."""
    return rect(x, y, w, h, fill=colour) + pattern_lines(
        pattern, x, y, w, h, stroke=PAPER, opacity="0.7"
    )


def hidden_box(x: float, y: float, w: float, h: float) -> str:
    """The mark of a suppressed value: pale, hatched, outlined."""
    return rect(x, y, w, h, fill=PALE, stroke=AXIS) + pattern_lines(
        "diagonal", x, y, w, h, stroke=MUTED, width=0.75
    )
