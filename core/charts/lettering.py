"""How wide text is, wrapping it, and keeping labels apart.

Widths are those of DejaVu Sans, the widest of the usual fonts, so that a label that fits here
fits in every other font too.
"""

from collections.abc import Sequence

_ASCII = (
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34,
    64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 53,
    100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79,
    60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50,
    50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61,
    63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
)  # fmt: skip
_OTHER = 66
_BOLD = 1.13
ELLIPSIS = "…"


def width_of(content: str, size: float = 12, *, bold: bool = False) -> float:
    """Pixels that a line of text takes at most."""
    units = sum(_ASCII[ord(c) - 32] if 32 <= ord(c) < 127 else _OTHER for c in content)
    return units * size / 100 * (_BOLD if bold else 1)


def shorten(content: str, room: float, size: float = 12, *, bold: bool = False) -> str:
    """The text itself, or as much of it as fits with an ellipsis."""
    if width_of(content, size, bold=bold) <= room:
        return content
    kept = content
    while kept and width_of(kept.rstrip() + ELLIPSIS, size, bold=bold) > room:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS if kept else ""


def wrap(
    content: str, room: float, size: float = 12, *, lines: int = 2, bold: bool = False
) -> list[str]:
    """Break at spaces into at most `lines` lines; what is left over is shortened."""
    wrapped: list[str] = []
    rest = content.split()
    while rest and len(wrapped) < lines - 1:
        taken = 1
        while taken < len(rest) and width_of(" ".join(rest[: taken + 1]), size, bold=bold) <= room:
            taken += 1
        wrapped.append(shorten(" ".join(rest[:taken]), room, size, bold=bold))
        rest = rest[taken:]
    if rest:
        wrapped.append(shorten(" ".join(rest), room, size, bold=bold))
    return wrapped


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move positions apart until neighbours are `gap` away, as near to what was wanted as can be.

    Order is kept and all stay between `low` and `high`; where there is no room for the gap it
    is made smaller.
    """
    if not wanted:
        return []
    gap = min(gap, (high - low) / max(len(wanted) - 1, 1))
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    placed = [min(max(wanted[i], low), high) for i in order]
    for _ in range(60):
        for i in range(len(placed) - 1):
            lack = gap - (placed[i + 1] - placed[i])
            if lack > 0:
                placed[i] -= lack / 2
                placed[i + 1] += lack / 2
        placed = [min(max(p, low), high) for p in placed]
    placed[0] = min(placed[0], high - gap * (len(placed) - 1))
    for i in range(1, len(placed)):
        rest = len(placed) - 1 - i
        placed[i] = min(max(placed[i], placed[i - 1] + gap), high - gap * rest)
    result = [0.0] * len(wanted)
    for position, index in zip(placed, order, strict=True):
        result[index] = position
    return result
