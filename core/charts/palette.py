"""Colours and marks. Every colour has at least 4.5:1 contrast on white, so it may also be text."""

from typing import NamedTuple

INK = "#1b2733"
MUTED = "#55626e"
AXIS = "#7d8a96"
GRID = "#dfe5ea"
PAPER = "#ffffff"
PALE = "#eef2f5"
NORM_FILL = "#e2f0e8"
NORM_EDGE = "#5f9577"
ALERT = "#b3261e"
QUIET = "#6b7883"

FONT = "Source Sans 3, Segoe UI, Helvetica Neue, Arial, DejaVu Sans, sans-serif"


class Style(NamedTuple):
    """How one series looks: colour, marker, dash and fill pattern all differ from the next."""

    colour: str
    marker: str
    dash: str | None
    pattern: str


STYLES = (
    Style("#0f4c75", "circle", None, "solid"),
    Style("#b5450b", "square", "7 3", "diagonal"),
    Style("#1b7a6e", "triangle", "2 3", "dots"),
    Style("#7b3f98", "diamond", "9 3 2 3", "horizontal"),
    Style("#8a6500", "down", "4 2", "backward"),
    Style("#4f5d69", "plus", "1 2", "vertical"),
    Style("#a3195b", "circle", "12 3", "cross"),
    Style("#3d6b1f", "square", "5 2 1 2", "grid"),
)

HEAT = ("#f2f6f9", "#d6e5ef", "#b3d0e2", "#86b4d0", "#5593b8", "#2e6f98", "#124a70")


def style(index: int) -> Style:
    """The style of series number `index`; more than eight series repeat from the start."""
    return STYLES[index % len(STYLES)]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2) of '#rrggbb'."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2.2) of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(fill: str) -> str:
    """Dark or white text, whichever reads best on `fill`."""
    return INK if contrast(INK, fill) >= contrast(PAPER, fill) else PAPER
