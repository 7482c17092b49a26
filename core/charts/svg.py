"""Writing SVG: escaped text, short numbers, presentation attributes only (no style, no script)."""

import re
from html import escape

from core.charts.palette import AXIS, INK, PAPER, Style

UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Attribute = str | float | int | None


def num(value: float) -> str:
    """One decimal is a tenth of a pixel: enough, short, and the same on every machine."""
    text = f"{value:.1f}"
    text = text.removesuffix(".0")
    return "0" if text == "-0" else text


def clean(content: str) -> str:
    """Text that XML may hold, escaped."""
    return escape(UNPRINTABLE.sub("", content), quote=True)


def tag(name: str, *children: str, **attributes: Attribute) -> str:
    """An element; `stroke_width=2` becomes stroke-width="2" and None is left out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if not children:
        return f"<{name}{written}/>"
    return f"<{name}{written}>{''.join(children)}</{name}>"


def _value(value: Attribute) -> str:
    return clean(value) if isinstance(value, str) else num(float(value or 0))


def text(
    x: float,
    y: float,
    content: str,
    *,
    size: float = 12,
    anchor: str | None = None,
    fill: str = INK,
    bold: bool = False,
) -> str:
    """One line of text with its baseline at y. `anchor` is None (start), 'middle' or 'end'."""
    if not content:
        return ""
    return tag(
        "text",
        clean(content),
        x=x,
        y=y,
        font_size=size,
        fill=fill,
        text_anchor=anchor,
        font_weight="600" if bold else None,
    )


def line(
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    *,
    stroke: str = AXIS,
    width: float = 1,
    dash: str | None = None,
) -> str:
    return tag(
        "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=width, stroke_dasharray=dash
    )


def rect(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: str,
    stroke: str | None = None,
    opacity: float | None = None,
) -> str:
    return tag(
        "rect",
        x=x,
        y=y,
        width=max(width, 0),
        height=max(height, 0),
        fill=fill,
        stroke=stroke,
        fill_opacity=f"{opacity:g}" if opacity is not None else None,
    )


def path_of(points: list[tuple[float, float]], *, close: bool = False) -> str:
    """Path data through the points."""
    body = "L".join(f"{num(x)} {num(y)}" for x, y in points)
    return f"M{body}Z" if close else f"M{body}"


def polyline(points: list[tuple[float, float]], *, look: Style, width: float = 2.25) -> str:
    return tag(
        "path",
        d=path_of(points),
        fill="none",
        stroke=look.colour,
        stroke_width=width,
        stroke_linejoin="round",
        stroke_linecap="round" if look.dash is None else None,
        stroke_dasharray=look.dash,
    )


def area(
    points: list[tuple[float, float]], *, fill: str, opacity: float, edge: str | None = None
) -> str:
    return tag(
        "path",
        d=path_of(points, close=True),
        fill=fill,
        fill_opacity=f"{opacity:g}",
        stroke=edge,
        stroke_width=0.75 if edge else None,
    )


def marker(
    x: float, y: float, shape: str, *, colour: str, size: float = 4, hollow: bool = False
) -> str:
    """A mark of radius `size` whose shape tells the series apart without colour."""
    look = {
        "fill": PAPER if hollow else colour,
        "stroke": colour if hollow else PAPER,
        "stroke_width": 1.75 if hollow else 1,
    }
    if shape == "circle":
        return tag("circle", cx=x, cy=y, r=size, **look)
    if shape == "plus":
        data = f"M{num(x - size)} {num(y)}h{num(size * 2)}M{num(x)} {num(y - size)}v{num(size * 2)}"
        return tag("path", d=data, stroke=colour, stroke_width=2.5, fill="none")
    return tag("path", d=path_of(_corners(x, y, shape, size), close=True), **look)


def _corners(x: float, y: float, shape: str, size: float) -> list[tuple[float, float]]:
    wide = size * 1.2
    if shape == "square":
        s = size * 0.9
        return [(x - s, y - s), (x + s, y - s), (x + s, y + s), (x - s, y + s)]
    if shape == "triangle":
        return [(x, y - wide), (x + wide, y + wide * 0.8), (x - wide, y + wide * 0.8)]
    if shape == "down":
        return [(x, y + wide), (x + wide, y - wide * 0.8), (x - wide, y - wide * 0.8)]
    wide = size * 1.35
    return [(x, y - wide), (x + wide, y), (x, y + wide), (x - wide, y)]
